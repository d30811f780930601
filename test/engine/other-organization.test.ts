import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { createStack, type Stack } from "pulumi-anomify/testing";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { kinds, sample } from "../host/samples.ts";
import { errors, scenarios, stateOf, succeeded } from "./scenario.ts";

beforeAll(ensureBuilt);

/** A change of each kind that is made in place, and one of an exclusion, which replaces it. */
const CHANGES: Readonly<Record<string, object>> = {
  Watcher: { alert: false },
  ThresholdWatcher: { expiration: "2d" },
  Exclusion: { note: "Another reason" },
  AdminAlert: { waitSeconds: 900 },
  OrgSettings: { timezone: "Asia/Tokyo" },
  User: { name: "Benjamin" },
};
const BOTH_NAMES =
  /belongs to the organization "Acme(?: Shop)?" \(id \d+\), but the credential belongs to "Globex Energy" \(id \d+\)/;
/** Names of people and channels are looked up before Pulumi shows the state to the provider. */
const NOT_THERE = /is not .*The credential belongs to the organization Globex Energy \(\d+\)\./;

type Program = () => Promise<void>;
type Classes = Record<string, new (name: string, args: object) => unknown>;

function program(names: readonly string[], changes: Readonly<Record<string, object>> = {}): Program {
  const load = createRequire(import.meta.url);
  return async () => {
    const classes = load("pulumi-anomify") as Classes;
    for (const kind of names) {
      const { [kind]: Resource } = classes;
      if (Resource) new Resource(kind, { ...sample(kind), ...changes[kind] });
    }
  };
}

interface World {
  readonly simulator: Simulator;
  readonly open: (organization: "acme" | "globex") => Promise<Stack>;
}

/** One stack whose state is made with the token of Acme, to be opened with that of either organization. */
async function world(): Promise<World> {
  const simulator = await startSimulator({ tenants: ["acme", "globex"] });
  const folder = mkdtempSync(join(tmpdir(), "anomify-organizations-"));
  const stacks: Stack[] = [];
  onTestFinished(async () => {
    for (const stack of stacks) await stack.close();
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const open = async (organization: "acme" | "globex") => {
    const stack = await createStack({
      directory: scenarios,
      stateFile: join(folder, "state.json"),
      passphrase: "test",
      config: { "anomify:endpoint": simulator.url },
      secrets: { "anomify:token": simulator.organization(organization).token },
    });
    stacks.push(stack);
    return stack;
  };
  return { simulator, open };
}

describe("a state of one organization and the credential of another", () => {
  test.each(kinds)("%s: preview, up, delete and refresh fail, name both, and change nothing", async (kind) => {
    const { simulator, open } = await world();
    const first = await open("acme");
    succeeded(await first.up({ program: program([kind]) }));
    await first.close();

    const second = await open("globex");
    const state = () => JSON.stringify([...stateOf(second)]);
    const before = state();
    const changed = program([kind], CHANGES);
    simulator.journal.clear();
    const namesPeople = kind !== "OrgSettings" && kind !== "Exclusion";
    for (const [what, result, expected] of [
      ["preview", await second.preview({ program: changed }), namesPeople ? NOT_THERE : BOTH_NAMES],
      ["up", await second.up({ program: changed }), namesPeople ? NOT_THERE : BOTH_NAMES],
      ["up without the resource", await second.up({ program: program([]) }), BOTH_NAMES],
      ["destroy", await second.destroy(), BOTH_NAMES],
      ["refresh", await second.refresh(), BOTH_NAMES],
    ] as const) {
      expect(result.ok, what).toBe(false);
      expect(errors(result).join("\n"), what).toMatch(expected);
      expect(state(), what).toBe(before);
    }
    expect(simulator.journal.writes()).toEqual([]);
  });

  test("a resource that is new in the program is not made in the other organization either", async () => {
    const { simulator, open } = await world();
    const first = await open("acme");
    succeeded(await first.up({ program: program(["Exclusion", "AdminAlert"]) }));
    await first.close();

    const second = await open("globex");
    simulator.journal.clear();
    const result = await second.up({ program: program(["Exclusion", "AdminAlert", "Watcher"], CHANGES) });
    expect(errors(result).join("\n")).toMatch(BOTH_NAMES);
    expect(simulator.journal.writes()).toEqual([]);
  });

  test("the comparison is one request a run, and none where nothing changes", async () => {
    const { simulator, open } = await world();
    const stack = await open("acme");
    succeeded(await stack.up({ program: program(kinds) }));
    const asked = () => simulator.journal.entries().filter(({ path }) => path === "/org/info").length;
    const { OrgSettings: _asksItself, ...others } = CHANGES;
    simulator.journal.clear();
    succeeded(await stack.up({ program: program(kinds, others) }));
    expect(asked()).toBe(1);
    simulator.journal.clear();
    succeeded(await stack.preview({ program: program(kinds, others), expectNoChanges: true }));
    expect(asked()).toBe(0);
  });
});
