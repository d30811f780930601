import { createStack, type Stack, type StackOptions } from "pulumi-anomify/testing";
import { pulumiCli } from "../../scripts/pulumi-cli.mjs";
import { createCliStack } from "./cli-stack.ts";

export interface Engine {
  name: "embedded" | "pulumi";
  createStack(options: StackOptions): Promise<Stack>;
}

const embedded: Engine = { name: "embedded", createStack };
const pulumi: Engine = { name: "pulumi", createStack: createCliStack };

/**
 * The engines that a scenario can run with. The real CLI takes part when one is installed, and always with PULUMI_E2E=1, which
 * fails instead of skipping when there is none.
 */
export function engines(): Engine[] {
  if (process.env.PULUMI_E2E === "1") return [embedded, pulumi];
  const cli = pulumiCli();
  return cli.path !== null && cli.isInstalled ? [embedded, pulumi] : [embedded];
}
