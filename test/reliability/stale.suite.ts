import fc from "fast-check";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { beforeAll, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { type Kind, startHost } from "../host/harness.ts";
import { kinds } from "../host/samples.ts";
import { Runs, type State, up } from "./driver.ts";
import { type Slot, slots } from "./slots.ts";

beforeAll(ensureBuilt);

const lists = ["listWatchers", "listExclusions", "listAdminAlerts", "getOrg", "listUsers"] as const;
const listOf: Readonly<Record<string, (typeof lists)[number]>> = {
  Watcher: "listWatchers",
  ThresholdWatcher: "listWatchers",
  Exclusion: "listExclusions",
  AdminAlert: "listAdminAlerts",
  OrgSettings: "getOrg",
  User: "listUsers",
};
const writeOf: Readonly<Record<string, string>> = {
  Watcher: "createWatcher",
  ThresholdWatcher: "createThresholdWatcher",
  Exclusion: "addExclusion",
  AdminAlert: "updateAdminAlerts",
  OrgSettings: "updateOrg",
  User: "updateUser",
};

const seconds = fc.oneof(fc.double({ min: 0, max: 2.5, noNaN: true }), fc.integer({ min: 3, max: 8000 }));
const action = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("up" as const), reply: fc.constantFrom("kept", "kept", "lost", "never") }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("refresh" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("edit" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("remove" as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const), seconds }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("cache" as const),
      // Each list has an age of its own.
      ages: fc.record(Object.fromEntries(lists.map((list) => [list, fc.constantFrom(0, 1, 60, 3600)]))),
    }),
  },
);
type Action = typeof action extends fc.Arbitrary<infer Type> ? Type : never;

/** A resource, the service behind it, and all that is true about it. */
class Model {
  readonly #runs: Runs;
  readonly #slot: Slot;
  #simulator!: Simulator;
  #ahead = 0;
  #count = 0;
  #maxAge = 0;
  readonly #state: State = { current: undefined, old: undefined };
  /** What the object was since our last write. */
  #history: number[] = [];

  constructor(runs: Runs, kind: string) {
    this.#runs = runs;
    this.#slot = slots.find((one) => one.kind === kind) as Slot;
  }

  async play(actions: readonly Action[]): Promise<void> {
    this.#simulator = await startSimulator({ clock: () => Date.now() / 1000 + this.#ahead });
    try {
      for (const one of actions) await this.#act(one);
      this.#cache({});
      this.#ahead += 8000;
      await this.#settle();
    } finally {
      await this.#simulator.stop();
    }
  }

  async #act(one: Action): Promise<void> {
    if (one.do === "wait") this.#ahead += one.seconds;
    else if (one.do === "cache") this.#cache(one.ages);
    else if (one.do === "up") await this.#up(one.reply);
    else if (one.do === "refresh") await this.#refresh();
    else if (one.do === "remove") this.#slot.remove?.(this.#acme);
    // Equality in every property is how a pending object is known, so nobody edits one here.
    else if (this.#state.current?.outs.pending === undefined && !this.#state.old) this.#edit();
  }

  #cache(ages: Readonly<Record<string, number>>): void {
    this.#maxAge = ages[listOf[this.#slot.kind] as string] ?? 0;
    for (const list of lists) this.#simulator.cache.set(ages[list] ?? 0, list);
  }

  get #acme() {
    return this.#simulator.organization("acme");
  }

  #live(): number[] {
    return this.#slot.live(this.#acme);
  }

  #edit(): void {
    const value = this.#next();
    this.#slot.edit(this.#acme, value);
    this.#history.push(value);
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }

  #begin(): Promise<Kind> {
    this.#count += 1;
    return this.#runs.next(this.#slot.kind, {
      "anomify:endpoint": this.#simulator.url,
      "anomify:token": this.#simulator.organization("acme").token,
      "anomify:timeoutSeconds": "4",
      "anomify:retries": String(this.#count),
    });
  }

  async #up(reply: string): Promise<string | undefined> {
    const kind = await this.#begin();
    const value = this.#next();
    if (reply !== "kept") {
      this.#simulator.faults.add({
        on: String(writeOf[this.#slot.kind]),
        do: { kind: "drop", when: reply === "lost" ? "after" : "before" },
      });
    }
    const failed = await up(kind, this.#state, (await kind.check(this.#slot.inputs(value))).inputs);
    this.#simulator.faults.clear();
    // A create that failed may have worked all the same.
    this.#history = failed === undefined ? [value] : [...this.#history, value];
    const certain = this.#state.current?.outs.pending === undefined && this.#state.old === undefined;
    if (certain) expect(this.#live().length, "objects").toBeLessThanOrEqual(1);
    if (failed === undefined) expect(this.#live()).toEqual([value]);
    return failed;
  }

  async #refresh(): Promise<void> {
    const { current } = this.#state;
    if (current === undefined || this.#state.old) return;
    const before = this.#live();
    const read = await (await this.#begin()).refresh(current.id, current.outs);
    if (read.id === "") {
      expect(before, "a false gone").toEqual([]);
      this.#state.current = undefined;
      return;
    }
    this.#state.current = { id: read.id, outs: read.outs };
    if (read.outs.pending !== undefined) return;
    const value = this.#slot.markOf(read.outs);
    if (current.outs.pending === undefined) expect(this.#history, "a false drift").toContain(value);
    if (this.#maxAge === 0) expect([value], "drift that was not seen").toEqual(before);
  }

  /** With a live service, a refresh and an up bring everything in order. */
  async #settle(): Promise<void> {
    const { current, old } = this.#state;
    if (current === undefined && old === undefined) return;
    await this.#refresh();
    expect(await this.#up("kept")).toBeUndefined();
    await this.#refresh();
    expect(this.#state.current?.id).toMatch(/^\d+$/);
  }
}

const SEED = 20261;
const RUNS = Number(process.env.STALE_RUNS ?? 25);

async function holdsFor(kind: string): Promise<number> {
  const runs = new Runs(await startHost());
  let cases = 0;
  const property = fc.asyncProperty(fc.array(action, { minLength: 3, maxLength: 10 }), async (list) => {
    cases += 1;
    await new Model(runs, kind).play(list);
  });
  try {
    await fc.assert(property, {
      seed: SEED,
      numRuns: RUNS,
      interruptAfterTimeLimit: 240_000,
      markInterruptAsFailure: false,
    });
  } catch (error) {
    throw new Error(`${kind}: ${String(error)}`, { cause: error });
  }
  return cases;
}

it("whatever age each list has, no kind shows a false drift or a false gone, and nothing is made twice", async () => {
  // At the same time: most of it is waiting for a list that shows it.
  const cases = (await Promise.all(kinds.map(holdsFor))).reduce((sum, count) => sum + count);
  process.stdout.write(`stale: seed ${SEED}, cases: ${cases} of ${kinds.length} kinds\n`);
  expect(cases).toBeGreaterThan(kinds.length * 5);
});
