import { createRequire } from "node:module";
import {
  type SimulatedOrganization,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from "pulumi-anomify/simulator";
import { createStack, type Result, type Stack, type StackOptions } from "pulumi-anomify/testing";
import { expect, onTestFinished } from "vitest";
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

/**
 * People and chips are changed in the dashboard on purpose, and the program leaves an element of each list alone by its place: the
 * other elements stay the program's, and no set loses any.
 */
export async function holdsIgnoredElements({ acme, stack }: ReportedWorld): Promise<void> {
  const [ana, ben, chidi] = ["ana@acme.example", "ben@acme.example", "chidi@acme.example"] as const;
  const program = (name: string, chip: string, person: string) => async () => {
    new anomify.Watcher(
      "w",
      {
        name,
        chips: ["db1", chip],
        emailUsers: [chidi, person],
        summaryReport: { frequency: "daily-10:00", emailUsers: [chidi, person] },
      },
      { ignoreChanges: ["chips[0]", "emailUsers[0]", "summaryReport.emailUsers[0]"] },
    );
    new anomify.AdminAlert(
      "a",
      { alert: "all-metrics-stopped", emailUsers: [chidi, person] },
      { ignoreChanges: ["emailUsers[0]"] },
    );
  };
  const live = (name: string) => {
    const watcher = acme.watchers().find((each) => each.name === name && !each.deleted);
    const to = (alerts: ReadonlyArray<{ method: string; ref: string }>, method: string) =>
      alerts.filter((alert) => alert.method === method).map(({ ref }) => ref);
    return {
      chips: [...(watcher?.chips ?? [])].sort(),
      email: to(watcher?.alerts ?? [], "email").sort(),
      summary: to(watcher?.alerts ?? [], "summary_email").sort(),
      admin: to(acme.adminAlerts()[0]?.alerts ?? [], "email").sort(),
    };
  };
  const succeeded = (result: Result) => {
    if (!result.ok) throw new Error(`${result.kind} failed: ${result.stderr}\n${result.stdout}`);
  };
  succeeded(await stack.up({ program: program("W", "cpu", ana) }));
  const made = { chips: ["cpu", "db1"], email: ["101", "103"], summary: ["101", "103"], admin: ["101", "103"] };
  expect(live("W")).toEqual(made);
  succeeded(await stack.up({ program: program("W2", "cpu", ana) }));
  expect(live("W2")).toEqual(made);
  // The elements beside the ignored ones.
  succeeded(await stack.up({ program: program("W2", "mem", ben) }));
  expect(live("W2")).toEqual({
    chips: ["db1", "mem"],
    email: ["102", "103"],
    summary: ["102", "103"],
    admin: ["102", "103"],
  });
  // The ignored ones, in the dashboard.
  acme.edit(({ watchers }) => {
    const watcher = watchers.find(({ name }) => name === "W2");
    if (watcher === undefined) throw new Error("the watcher is not there");
    watcher.chips = ["db2", "mem"];
    for (const alert of watcher.alerts) if (alert.ref === "103") alert.ref = "101";
  });
  succeeded(await stack.refresh());
  succeeded(await stack.preview({ program: program("W2", "mem", ben), expectNoChanges: true }));
  succeeded(await stack.up({ program: program("W3", "mem", ben) }));
  expect(live("W3")).toEqual({
    chips: ["db2", "mem"],
    email: ["101", "102"],
    summary: ["101", "102"],
    admin: ["102", "103"],
  });
}

/** What a result says at a severity. */
export const said = ({ diagnostics }: Result, severity: "error" | "warning"): string =>
  diagnostics
    .filter((diagnostic) => diagnostic.severity === severity)
    .map(({ message }) => message)
    .join("\n");
