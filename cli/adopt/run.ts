import { readInventory } from "../../provider/inventory.ts";
import { type ConnectionOptions, openConnection } from "../connection/connection.ts";
import { type JudgedInventory, judgeInventory } from "../export/judge.ts";
import { type ManagedResource, managedResources, readStateFile } from "../stack/managed-resources.ts";
import type { Pulumi } from "../stack/pulumi.ts";
import type { Output } from "../terminal/output.ts";
import { withProgress } from "../terminal/progress.ts";
import type { Wanted } from "./choose.ts";
import { stateOf } from "./engine.ts";
import type { Project } from "./project.ts";

export interface AdoptOptions extends ConnectionOptions, Wanted {
  /** Folder of the project. */
  readonly cwd: string;
  readonly stack?: string;
  /** File with the state, or `-`. */
  readonly state?: string;
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
}

/** What is live, and what the stack manages. */
export interface Survey {
  readonly inventory: JudgedInventory;
  readonly state: readonly ManagedResource[];
}

/** Reads the organization and the state. */
export async function survey({ options, pulumi, signal }: Run): Promise<Survey> {
  const state =
    options.state === undefined && pulumi !== undefined
      ? await stateOf(pulumi, options.stack)
      : managedResources(await readStateFile(options.state ?? "-"), options.state ?? "-");
  const { organization } = await openConnection(options, signal);
  const inventory = await withProgress("Reading the organization", async ({ step }) => {
    const read = await readInventory(organization);
    step(`Checking ${read.objects.length} objects`);
    return await judgeInventory(read, organization);
  });
  return { inventory, state };
}
