import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { allCommands } from "../../cli/commands/index.ts";
import { pulumiCli } from "../../scripts/pulumi-cli.mjs";

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, { readonly steps: ReadonlyArray<{ readonly run?: string }> }>>;
}

const file = fileURLToPath(new URL("../../examples/github-actions/anomify.yml", import.meta.url));
const workflow = parse(readFileSync(file, "utf8")) as Workflow;

/** Command lines of one program: verb, then the rest, without what the shell does with it. */
function commandLines(program: string): string[][] {
  const lines = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run?.split("\n") ?? []));
  return lines
    .map((line) => line.trim().replace(/^npx /, ""))
    .filter((line) => line.startsWith(`${program} `))
    .map((line) =>
      line
        .replace(/ [|>].*$/, "")
        .split(/\s+/)
        .slice(1),
    )
    .map((words) => words.map((word) => word.replaceAll('"', "")));
}

test("the workflow previews, applies and looks for drift, each by its event", () => {
  expect(Object.keys(workflow.on)).toEqual(["pull_request", "push", "schedule"]);
  expect(Object.keys(workflow.jobs)).toEqual(["preview", "apply", "drift"]);
  expect(commandLines("pulumi").map(([verb]) => verb)).toEqual(["preview", "up"]);
  expect(commandLines("anomify").map(([verb]) => verb)).toEqual(["snapshot", "drift"]);
});

test("its anomify commands take the flags that they are given", () => {
  for (const [verb, ...words] of commandLines("anomify")) {
    const command = allCommands().find((one) => one.name() === verb) as Command;
    command.exitOverride().configureOutput({ writeErr: () => undefined });
    command.action(() => undefined);
    command.parse(words, { from: "user" });
    expect(command.args, verb).toEqual([]);
    expect(() => command.parse(["--no-such-flag"], { from: "user" })).toThrow();
  }
});

const cli = pulumiCli();
test.skipIf(cli.path === null)("its pulumi commands take the flags that they are given", () => {
  for (const [verb = "", ...words] of commandLines("pulumi")) {
    const help = spawnSync(cli.path ?? "", [verb, "--help"], { encoding: "utf8" }).stdout;
    for (const flag of words.filter((word) => word.startsWith("--")))
      expect(help, verb).toMatch(new RegExp(`${flag}\\b`));
  }
});
if (cli.path === null) process.stderr.write(`Not tested: the flags of pulumi; ${cli.reason}\n`);
