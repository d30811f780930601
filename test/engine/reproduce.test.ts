import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startSimulator } from "pulumi-anomify/simulator";
import { createStack, type Result } from "pulumi-anomify/testing";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { realModules, runProgram } from "../helpers/exported.ts";
import { configOf, directory, reproduce } from "../helpers/reproduce.ts";

beforeAll(ensureBuilt);

const files = ["index.ts", "component.ts"].map((path) => ({
  path,
  text: readFileSync(join(directory, path), "utf8"),
  mode: 0o644,
}));
const program = async () => runProgram(files, realModules());

/** The example in globex, with another mapping than its own. */
async function inGlobex(mapping: unknown) {
  const simulator = await startSimulator({ tenants: ["globex"] });
  const globex = simulator.organization("globex");
  const stack = await createStack({
    directory,
    stack: "globex",
    secrets: { "anomify:token": globex.token },
    env: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
    config: { "anomify:endpoint": simulator.url, "anomify-acme-shop:mapping": JSON.stringify(mapping) },
  });
  onTestFinished(async () => {
    await stack.close();
    await simulator.stop();
  });
  return { stack, globex, simulator };
}

const said = ({ diagnostics, stderr }: Result) => [...diagnostics.map(({ message }) => message), stderr].join("\n");

describe("the example, with the embedded engine", () => {
  test("takes acme over and makes globex like it", async () => {
    await reproduce(
      (stack, options) => createStack({ ...options, config: { ...configOf(stack), ...options.config } }),
      program,
    );
  });

  test("leaves out people, channels and webhooks that globex does not have", async () => {
    const { stack, globex } = await inGlobex({
      people: { ana: "greta@globex.example", ben: null },
      channels: { opsAlerts: null },
      webhooks: { checkoutLatency: null },
    });
    const up = await stack.up({ program });
    expect(up.ok, said(up)).toBe(true);
    const made = globex.watchers().filter(({ name, id }) => name === "Checkout latency" && id !== 8101);
    const reported = made.map(({ alerts }) => alerts.map(({ method, ref }) => `${method} ${ref}`).sort());
    expect(reported).toEqual([["email 7301", "sms 7301"]]);
    const again = await stack.preview({ program, expectNoChanges: true });
    expect(again.ok, said(again)).toBe(true);
  });

  test.each([
    ["a person whom globex lacks", { people: { ana: null } }, "ben@acme.example is not in this Anomify organization"],
    ["a chip that is left out", { chips: { web1: null } }, "chips"],
    ["a limit that is left out", { thresholds: { queueTooLong: null } }, "threshold"],
    ["a table that there is not", { channel: {} }, "There is no channel that could be called otherwise"],
  ])("reports in the preview of %s", async (_what, mistake, message) => {
    const people = { ana: "greta@globex.example", ben: null };
    const missing = { channels: { opsAlerts: null }, webhooks: { checkoutLatency: null } };
    const { stack, simulator } = await inGlobex({ people, ...missing, ...mistake });
    // As a child process: a program that fails while it runs in this one leaves calls behind.
    const preview = await stack.preview();
    expect(preview.ok).toBe(false);
    expect(said(preview)).toContain(message);
    expect(simulator.journal.writes()).toEqual([]);
  });
});
