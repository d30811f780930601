import * as pulumi from "@pulumi/pulumi";
import * as anomify from "pulumi-anomify";
import { startSimulator } from "pulumi-anomify/simulator";
import { createStack } from "pulumi-anomify/testing";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";

beforeAll(ensureBuilt);

const ANA = ["ana@acme.example"];

/** Inputs that a program makes secret, each with the value that no message may show. */
const CASES: ReadonlyArray<readonly [title: string, hidden: readonly string[], make: () => unknown]> = [
  [
    "name and chips of a watcher that matches nothing",
    ["Zeta merger war room", "turbine-of-customer-zeta"],
    () =>
      new anomify.Watcher("w", {
        name: pulumi.secret("Zeta merger war room"),
        chips: pulumi.secret(["turbine-of-customer-zeta"]),
        emailUsers: ANA,
      }),
  ],
  [
    "a person who is unknown",
    ["nobody-zeta@acme.example"],
    () =>
      new anomify.Watcher("w", { name: "x", chips: ["cpu"], emailUsers: pulumi.secret(["Nobody-Zeta@acme.example"]) }),
  ],
  [
    "a channel that is unknown, of a threshold watcher",
    ["zeta-secret-room"],
    () =>
      new anomify.ThresholdWatcher("t", {
        name: "x",
        chips: ["cpu"],
        emailUsers: ANA,
        slackChannel: pulumi.secret("#zeta-secret-room"),
        threshold: { condition: "greater_than", value: 1 },
      }),
  ],
  [
    "type and pattern of an exclusion",
    ["zeta_type", "prod.zeta9.cpu"],
    () => new anomify.Exclusion("e", { type: pulumi.secret("zeta_type"), pattern: pulumi.secret("prod.zeta9.cpu") }),
  ],
  [
    "the channel of an admin alert",
    ["zeta-secret-room"],
    () =>
      new anomify.AdminAlert("a", { alert: "all-metrics-stopped", slackChannel: pulumi.secret("zeta-secret-room") }),
  ],
  ["a time zone", ["Zeta/Zone"], () => new anomify.OrgSettings("o", { timezone: pulumi.secret("Zeta/Zone") })],
  [
    "a phone number that is malformed",
    ["0+441632960999"],
    () => new anomify.User("u", { email: "chidi@acme.example", phoneNumber: pulumi.secret("0+441632960999") }),
  ],
  [
    "the address of a person who is not there",
    ["nobody-zeta@acme.example"],
    () => new anomify.User("u", { email: pulumi.secret("nobody-zeta@acme.example") }),
  ],
];

async function acmeStack() {
  const simulator = await startSimulator({ tenants: ["acme"] });
  const stack = await createStack({
    directory: `${import.meta.dirname}/../../examples/quickstart`,
    config: { "anomify:endpoint": simulator.url },
    secrets: { "anomify:token": simulator.organization("acme").token },
  });
  onTestFinished(async () => {
    await stack.close();
    await simulator.stop();
  });
  return stack;
}

test.each(CASES)("what the program made secret is in no message: %s", async (_, hidden, make) => {
  const stack = await acmeStack();
  const program = async () => {
    make();
    return {};
  };
  for (const result of [await stack.preview({ program }), await stack.up({ program })]) {
    const shown = [...result.diagnostics.map(({ message }) => message), result.stdout, result.stderr].join("\n");
    // Something is said in each of these cases; else there would be nothing to hide.
    expect(shown).toMatch(/\[secret\]|phoneNumber: must be/);
    for (const value of hidden) expect(shown.toLowerCase()).not.toContain(value.toLowerCase());
  }
  // A state holds a secret encrypted.
  for (const value of hidden) expect(JSON.stringify(stack.exportState())).not.toContain(value);
});

test("the same with additionalSecretOutputs, and what is not secret is still quoted", async () => {
  const stack = await acmeStack();
  const args = { name: "Visible name", chips: ["zeta-chip"], emailUsers: ANA };
  const { diagnostics } = await stack.preview({
    program: async () => {
      new anomify.Watcher("w", args, { additionalSecretOutputs: ["chips"] });
      return {};
    },
  });
  const shown = diagnostics.map(({ message }) => message).join("\n");
  expect(shown).toContain('"Visible name"');
  expect(shown).not.toContain("zeta-chip");
});
