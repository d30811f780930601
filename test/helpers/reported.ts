import { createRequire } from "node:module";
import {
  type SimulatedOrganization,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from "pulumi-anomify/simulator";
import { createStack, type Result, type Stack, type StackOptions } from "pulumi-anomify/testing";
import { onTestFinished } from "vitest";
import { scenarios } from "../engine/scenario.ts";

const load = createRequire(import.meta.url);
/** The package and the SDK as the programs of a scenario have them. */
export const anomify = load("pulumi-anomify") as typeof import("pulumi-anomify");
export const pulumi = load("@pulumi/pulumi") as typeof import("@pulumi/pulumi");

/** One organization with a stack of it, by either engine. */
export interface ReportedWorld {
  readonly simulator: Simulator;
  readonly acme: SimulatedOrganization;
  readonly stack: Stack;
  /** Another stack of the same simulator. */
  readonly open: (more?: Partial<StackOptions>) => Promise<Stack>;
}

export async function reportedWorld(
  create: (options: StackOptions) => Promise<Stack> = createStack,
  options: SimulatorOptions = { tenants: ["acme"] },
  settings: Readonly<Record<string, string>> = {},
): Promise<ReportedWorld> {
  const simulator = await startSimulator(options);
  const acme = simulator.organization("acme");
  const stacks: Stack[] = [];
  onTestFinished(async () => {
    for (const stack of stacks) await stack.close();
    await simulator.stop();
  });
  const open = async (more: Partial<StackOptions> = {}) => {
    const stack = await create({
      directory: scenarios,
      config: { "anomify:endpoint": simulator.url, ...settings },
      secrets: { "anomify:token": acme.token },
      passphrase: "test",
      ...more,
    });
    stacks.push(stack);
    return stack;
  };
  return { simulator, acme, stack: await open(), open };
}

/** What a result says at a severity. */
export const said = ({ diagnostics }: Result, severity: "error" | "warning"): string =>
  diagnostics
    .filter((diagnostic) => diagnostic.severity === severity)
    .map(({ message }) => message)
    .join("\n");
