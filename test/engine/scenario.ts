import { createRequire } from "node:module";
import { createStack, type OperationOptions, type Result, type Stack, type StackOptions } from "pulumi-anomify/testing";
import { onTestFinished } from "vitest";
import { FakeCloud } from "../helpers/fake-cloud.ts";

export const scenarios = `${import.meta.dirname}/fixtures/scenarios`;

const programs = createRequire(import.meta.url)(`${scenarios}/programs.js`) as Record<string, () => Promise<unknown>>;

export interface Scenario {
  cloud: FakeCloud;
  stack: Stack;
}

/** A fake cloud and a stack of the scenario project, both gone when the test is over. Programs run as child processes. */
export async function scenario(options: Partial<StackOptions> = {}, open = createStack): Promise<Scenario> {
  const cloud = await FakeCloud.start();
  const config = { "fake:endpoint": cloud.endpoint, ...options.config };
  const stack = await open({ directory: scenarios, ...options, config });
  onTestFinished(async () => {
    await stack.close();
    await cloud.close();
  });
  return { cloud, stack };
}

/** The same with programs that run in this process, which saves one or two seconds for each operation. */
export async function quickScenario(options: Partial<StackOptions> = {}, open = createStack): Promise<Scenario> {
  const { cloud, stack } = await scenario(options, open);
  const program = async () => programs[cloud.program]?.();
  const inProcess = (given?: OperationOptions): OperationOptions => ({ program, ...given });
  const quick: Pick<Stack, "preview" | "up" | "refresh" | "destroy"> = {
    preview: (given) => stack.preview(inProcess(given)),
    up: (given) => stack.up(inProcess(given)),
    // Which do not run it; the CLI is spared a language host.
    refresh: (given) => stack.refresh(inProcess(given)),
    destroy: (given) => stack.destroy(inProcess(given)),
  };
  return { cloud, stack: { ...bound(stack), ...quick } };
}

/** The methods of a stack, free of their object: its private fields can be reached only through it. */
function bound(stack: Stack): Omit<Stack, "preview" | "up" | "refresh" | "destroy"> {
  return {
    import: (file) => stack.import(file),
    exportState: (options) => stack.exportState(options),
    outputs: () => stack.outputs(),
    close: () => stack.close(),
  };
}

/** The steps of a result in short: `create first`, `update second failed`; unchanged resources and the stack are left out. */
export function steps({ steps: all }: Result): string[] {
  const shown = all.filter(({ op, type }) => op !== "same" && type !== "pulumi:pulumi:Stack");
  return shown.map(({ op, name, status, resultOp }) =>
    [op, name, resultOp ?? "", status === "failed" ? status : ""].filter(Boolean).join(" "),
  );
}

export const errors = ({ diagnostics }: Result): string[] =>
  diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);

/** Fails with everything the engine said when an operation did not succeed. */
export function succeeded(result: Result): Result {
  if (!result.ok)
    throw new Error(`${result.kind} failed:\n${errors(result).join("\n")}\n${result.stderr}${result.providerOutput}`);
  return result;
}

/** The resources of the state by name, without the engine's own. */
export function stateOf(stack: Stack) {
  const resources = stack.exportState({ showSecrets: true }).deployment.resources ?? [];
  return new Map(
    resources
      .filter(({ type }) => type.startsWith("pulumi-nodejs:"))
      .map((state) => [state.urn.split("::")[3] ?? "", state]),
  );
}
