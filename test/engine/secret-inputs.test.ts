import * as pulumi from "@pulumi/pulumi";
import * as anomify from "pulumi-anomify";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { createStack } from "pulumi-anomify/testing";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import type { Values } from "../host/harness.ts";
import { secret } from "../plugin/harness.ts";
import { startPluginWorld } from "../plugin/world.ts";

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
  return Object.assign(stack, { simulator });
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

/** Inputs in order that a program makes secret, by kind, as plain values. */
const IN_ORDER: Readonly<Record<string, { readonly inputs: Values; readonly secrets: readonly string[] }>> = {
  Watcher: {
    inputs: {
      name: "Zeta merger war room",
      chips: ["cpu", "turbine-of-customer-zeta"],
      emailUsers: ["ana@acme.example"],
    },
    secrets: ["name", "chips", "emailUsers"],
  },
  ThresholdWatcher: {
    inputs: {
      name: "Zeta queue",
      chips: ["turbine-of-customer-zeta"],
      slackChannel: "ops-alerts",
      threshold: { condition: "greater_than", value: 987654321 },
    },
    secrets: ["name", "chips", "slackChannel", "threshold"],
  },
  Exclusion: {
    inputs: { type: "skip_analysis", pattern: "prod.zeta9.cpu", note: "because of project zeta" },
    secrets: ["pattern", "note"],
  },
  AdminAlert: {
    inputs: { alert: "all-metrics-stopped", slackChannel: "db-on-call", onDelete: "restore" },
    secrets: ["slackChannel"],
  },
  OrgSettings: {
    // Its name stands in each state, as the organization that the objects are of.
    inputs: { timezone: "Europe/Berlin", onDelete: "restore" },
    secrets: ["timezone"],
  },
  User: {
    inputs: { email: "ben@acme.example", name: "Ben of Zeta", phoneNumber: "+441632960999", onDelete: "remove" },
    secrets: ["email", "name", "phoneNumber"],
  },
};

const textsIn = (value: unknown): string[] =>
  typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [String(value)];

const hiddenOf = (kind: string): string[] =>
  (IN_ORDER[kind]?.secrets ?? [])
    .flatMap((key) => textsIn(IN_ORDER[kind]?.inputs[key]))
    .filter((text) => text.length > 3 && text !== "greater_than");

const madeSecret = <Mark>(kind: string, mark: (value: unknown) => Mark): Values =>
  Object.fromEntries(
    Object.entries(IN_ORDER[kind]?.inputs ?? {}).map(([key, value]) => [
      key,
      IN_ORDER[kind]?.secrets.includes(key) ? mark(value) : value,
    ]),
  );

/** A service that repeats what it was given in each refusal. */
function refuseEverything(simulator: Simulator, kind: string): void {
  const message = `No, for ${hiddenOf(kind).join(" and ")}.`;
  simulator.faults.add({ on: /./, times: Infinity, do: { kind: "status", status: 400, message } });
}

function expectHidden(kind: string, shown: string): void {
  // Something is said; else there would be nothing to hide.
  expect(shown).toContain("[secret]");
  for (const value of hiddenOf(kind)) expect(shown.toLowerCase()).not.toContain(value.toLowerCase());
}

describe.each(Object.keys(IN_ORDER))(
  "a refresh and a destroy have no program, and show nothing that it made secret: %s",
  (kind) => {
    test("dynamic host", async () => {
      const stack = await acmeStack();
      const { simulator } = stack;
      const program = async () => {
        Reflect.construct(Reflect.get(anomify, kind), ["it", madeSecret(kind, pulumi.secret)]);
        return {};
      };
      const up = await stack.up({ program });
      expect(up.ok, up.stderr).toBe(true);
      refuseEverything(simulator, kind);
      for (const run of [() => stack.refresh(), () => stack.destroy()]) {
        const { ok, diagnostics, stdout, stderr } = await run();
        expect(ok).toBe(false);
        expectHidden(kind, [...diagnostics.map(({ message }) => message), stdout, stderr].join("\n"));
      }
      simulator.faults.clear();
      expect((await stack.refresh()).ok).toBe(true);
      // The state keeps the mark, for the next run.
      refuseEverything(simulator, kind);
      const { diagnostics } = await stack.destroy();
      expectHidden(kind, diagnostics.map(({ message }) => message).join("\n"));
      for (const value of hiddenOf(kind)) expect(JSON.stringify(stack.exportState())).not.toContain(value);
    });

    test("native host", async () => {
      const { simulator, plugin, nextRun } = await startPluginWorld({ shares: false });
      const resource = plugin.resource(kind);
      const { inputs, failures } = await resource.check(madeSecret(kind, secret));
      expect(failures).toEqual([]);
      const { id, outs } = await resource.create(inputs);
      refuseEverything(simulator, kind);
      const later = (await nextRun()).resource(kind);
      for (const call of [() => later.read(id, outs, inputs), () => later.delete(id, outs)]) {
        const error: unknown = await call().then(
          () => undefined,
          (reason: unknown) => reason,
        );
        expectHidden(kind, String(error));
      }
    });
  },
);
