import { readInventory } from "../../provider/inventory.ts";
import type { StateResource } from "../../provider/stack/read-state.ts";
import { type ConnectionOptions, openConnection } from "../connection/connection.ts";
import { type JudgedInventory, judgeInventory } from "../export/judge.ts";
import type { StackOptions } from "../stack/options.ts";
import type { Pulumi } from "../stack/pulumi.ts";
import { stateOf } from "../stack/state.ts";
import type { Standing } from "../terminal/interrupt.ts";
import type { Output } from "../terminal/output.ts";
import { withProgress } from "../terminal/progress.ts";
import { resourcesOf } from "./engine.ts";
import type { Project } from "./project.ts";
import type { Wanted } from "./select.ts";

export interface AdoptOptions extends ConnectionOptions, StackOptions, Wanted {
  /** Folder of the project. */
  readonly cwd: string;
  /** Path of the new part of the program. */
  readonly out?: string;
  /** Whether the import line is appended. */
  readonly edit: boolean;
  readonly import?: true;
  readonly verify?: true;
  readonly protect: boolean;
  readonly yes?: true;
  readonly dryRun?: true;
}

/** One run of the command. */
export interface Run {
  readonly options: AdoptOptions;
  readonly project: Project;
  readonly pulumi: Pulumi | undefined;
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly standing: Standing;
}

/** What is live, and what the stack manages. */
export interface Survey {
  readonly inventory: JudgedInventory;
  readonly state: readonly StateResource[];
}

/** Reads the organization and the state. */
export async function survey({ options, project, signal }: Run): Promise<Survey> {
  const state = resourcesOf(await stateOf(options, signal, project.directory));
  const { organization } = await openConnection(options, signal);
  const inventory = await withProgress("Reading the organization", async ({ step }) => {
    const read = await readInventory(organization);
    step(`Checking ${read.objects.length} objects`);
    return await judgeInventory(read, organization);
  });
  return { inventory, state };
}
