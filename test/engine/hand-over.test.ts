import { createRequire } from "node:module";
import { type SimulatedOrganization, type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { createStack, type Stack } from "pulumi-anomify/testing";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { kinds, sample } from "../host/samples.ts";
import { scenarios, succeeded } from "./scenario.ts";

beforeAll(ensureBuilt);

const load = createRequire(import.meta.url);
const pulumi = load("@pulumi/pulumi") as typeof import("@pulumi/pulumi");
type Classes = Record<string, new (name: string, args: object, opts?: object) => unknown>;
const classes = () => load("pulumi-anomify") as Classes & Pick<typeof import("pulumi-anomify"), "Provider">;

/** What undoes most when it is deleted. */
const WORST: Readonly<Record<string, object>> = {
  AdminAlert: { onDelete: "restore" },
  OrgSettings: { onDelete: "restore" },
  User: { onDelete: "remove" },
};

interface Scene {
  readonly kind: string;
  readonly simulator: Simulator;
  readonly token: string;
}

const make = (kind: string, name: string, more: object = {}, opts?: object) => {
  const { [kind]: Resource } = classes();
  if (Resource) new Resource(name, { ...sample(kind), ...WORST[kind], ...more }, opts);
};

/** Ways in which an object passes from one resource to another in one run. */
const passes: Readonly<Record<string, (scene: Scene) => void>> = {
  "another logical name": ({ kind }) => make(kind, "renamed"),
  "a move into a component": ({ kind }) => {
    make(kind, "first", {}, { parent: new pulumi.ComponentResource("acme:Team", "team") });
  },
  "another provider of the same organization": ({ kind, simulator, token }) => {
    const { Provider } = classes();
    make(kind, "first", {}, { provider: new Provider("eu", { endpoint: simulator.url, token: pulumi.secret(token) }) });
  },
};

const CHANGED: Readonly<Record<string, object>> = {
  AdminAlert: { waitSeconds: 1200 },
  OrgSettings: { timezone: "Asia/Tokyo" },
  User: { name: "Benjamin" },
};

/** The organization without what tells one time from another. */
function view(organization: SimulatedOrganization): unknown {
  const watchers = organization.watchers().filter(({ deleted }) => !deleted);
  return {
    settings: organization.settings(),
    users: organization.users(),
    adminAlerts: organization.adminAlerts(),
    watchers: watchers.map(({ id: _id, created_timestamp: _created, updated_timestamp: _updated, ...rest }) => rest),
    exclusions: organization.exclusions().map(({ type, pattern, note }) => ({ type, pattern, note })),
  };
}

/** Text without times and ids, which differ between two runs of the same. */
const plain = (value: unknown) =>
  JSON.stringify(value, (key, inner) => (/timestamp|created_string|updated_string/.test(key) ? undefined : inner));

/** A simulator whose next run is a minute later, as it is for a person. */
async function simulated() {
  let now = 1_790_000_000;
  const simulator = await startSimulator({ clock: () => now });
  return {
    simulator,
    later: () => {
      now += 60;
    },
  };
}

async function stackWith(simulator: Simulator): Promise<Stack> {
  const stack = await createStack({
    directory: scenarios,
    config: { "anomify:endpoint": simulator.url },
    secrets: { "anomify:token": simulator.organization("acme").token },
  });
  onTestFinished(async () => {
    await stack.close();
    await simulator.stop();
  });
  return stack;
}

describe("an object that passes to another resource in one run stays as declared", () => {
  describe.each(kinds)("%s", (kind) => {
    test.each(Object.keys(passes))("%s", async (way) => {
      const { simulator, later } = await simulated();
      const acme = simulator.organization("acme");
      const stack = await stackWith(simulator);
      succeeded(await stack.up({ program: async () => make(kind, "first") }));
      later();
      const declared = plain(view(acme));
      const program = async () => passes[way]?.({ kind, simulator, token: acme.token });
      succeeded(await stack.up({ program }));
      expect(plain(view(acme))).toBe(declared);
      succeeded(await stack.preview({ program, expectNoChanges: true }));
      succeeded(await stack.refresh({ expectNoChanges: true }));
    });
  });

  test.each(Object.keys(CHANGED))("%s, replaced because of replaceOnChanges", async (kind) => {
    const { simulator, later } = await simulated();
    const acme = simulator.organization("acme");
    const stack = await stackWith(simulator);
    succeeded(await stack.up({ program: async () => make(kind, "first") }));
    later();
    const keys = Object.keys(CHANGED[kind] ?? {});
    const program = async () => make(kind, "first", CHANGED[kind], { replaceOnChanges: keys });
    succeeded(await stack.up({ program }));
    expect(acme.users().map(({ email }) => email)).toContain("ben@acme.example");
    succeeded(await stack.refresh({ expectNoChanges: true }));
  });
});

test("another address of the same person is a change in place, and removes nobody", async () => {
  const simulator = await startSimulator();
  const acme = simulator.organization("acme");
  const stack = await stackWith(simulator);
  succeeded(await stack.up({ program: async () => make("User", "ben") }));
  const [ben] = acme.users().filter(({ email }) => email === "ben@acme.example");
  acme.edit((state) => {
    for (const user of state.users) if (user.id === ben?.id) user.email = "benjamin@acme.example";
  });
  const program = async () => make("User", "ben", { email: "benjamin@acme.example" });
  const result = succeeded(await stack.up({ program }));
  expect(result.changes).toEqual({ same: 1, update: 1 });
  expect(acme.users().some(({ id }) => id === ben?.id)).toBe(true);
  succeeded(await stack.preview({ program, expectNoChanges: true }));
});

test("a resource that is really gone still restores and removes", async () => {
  const simulator = await startSimulator();
  const acme = simulator.organization("acme");
  const before = plain(acme.settings());
  const stack = await stackWith(simulator);
  succeeded(await stack.up({ program: async () => Object.keys(WORST).map((kind) => make(kind, kind)) }));
  succeeded(await stack.up({ program: async () => {} }));
  expect(plain(acme.settings())).toBe(before);
  expect(acme.users().map(({ email }) => email)).not.toContain("ben@acme.example");
});
