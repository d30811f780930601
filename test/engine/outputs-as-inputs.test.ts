import { createRequire } from "node:module";
import { startSimulator } from "pulumi-anomify/simulator";
import { createStack } from "pulumi-anomify/testing";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { scenarios, succeeded } from "./scenario.ts";

type Anomify = typeof import("pulumi-anomify");

beforeAll(ensureBuilt);

test("an output feeds the input of the same property, set or not", async () => {
  const simulator = await startSimulator();
  const acme = simulator.organization("acme");
  const stack = await createStack({
    directory: scenarios,
    config: { "anomify:endpoint": simulator.url },
    secrets: { "anomify:token": acme.token },
  });
  onTestFinished(async () => {
    await stack.close();
    await simulator.stop();
  });
  const anomify = createRequire(import.meta.url)("pulumi-anomify") as Anomify;
  const unset: unknown[] = [];
  const program = async () => {
    const first = new anomify.Watcher("first", {
      name: "First",
      chips: ["cpu"],
      emailUsers: ["ana@acme.example"],
      expiration: "90m",
      summaryReport: { frequency: "weekly-monday", emailUsers: ["ana@acme.example"] },
    });
    first.slackChannel.apply((channel) => unset.push(channel));
    new anomify.Watcher("second", {
      name: "Second",
      chips: first.chips,
      alert: first.alert,
      emailUsers: first.emailUsers,
      slackChannel: first.slackChannel,
      msTeamsWebhook: first.msTeamsWebhook,
      expiration: first.expiration,
      summaryReport: first.summaryReport,
    });
  };
  succeeded(await stack.up({ program }));
  // As of other providers: what is not set reads as undefined.
  expect(unset).toEqual([undefined]);
  const made = (name: string) => acme.watchers().find((watcher) => watcher.name === name);
  expect(made("Second")).toMatchObject({ chips: ["cpu"], expiration_seconds: 5400 });
  expect(made("Second")?.alerts).toEqual(made("First")?.alerts);
  expect(made("Second")?.summary_report_frequency).toBe("weekly-monday");
  expect(succeeded(await stack.up({ program })).changes).toEqual({ same: 3 });
});
