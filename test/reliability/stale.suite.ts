import fc from "fast-check";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { beforeAll, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { type Kind, startHost, type Values } from "../host/harness.ts";
import { sample } from "../host/samples.ts";
import { Runs, type State, up } from "./driver.ts";

beforeAll(ensureBuilt);

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
  { weight: 2, arbitrary: fc.record({ do: fc.constant("cache" as const), maxAge: fc.constantFrom(0, 1, 60, 3600) }) },
);
type Action = typeof action extends fc.Arbitrary<infer Type> ? Type : never;

/** One object in Anomify, as a test marks it: a value of its own for each write. */
interface Live {
  readonly value: string;
  set(value: string): void;
  remove(): void;
}

/** A resource, the service behind it, and all that is true about it. */
class Model {
  readonly #runs: Runs;
  readonly #kind: string;
  #simulator!: Simulator;
  #ahead = 0;
  #count = 0;
  #maxAge = 0;
  readonly #state: State = { current: undefined, old: undefined };
  /** What the object was since our last write. */
  #history: string[] = [];

  constructor(runs: Runs, kind: string) {
    this.#runs = runs;
    this.#kind = kind;
  }

  async play(actions: readonly Action[]): Promise<void> {
    this.#simulator = await startSimulator({ clock: () => Date.now() / 1000 + this.#ahead });
    try {
      for (const one of actions) await this.#act(one);
      this.#cache(0);
      this.#ahead += 8000;
      await this.#settle();
    } finally {
      await this.#simulator.stop();
    }
  }

  async #act(one: Action): Promise<void> {
    if (one.do === "wait") this.#ahead += one.seconds;
    else if (one.do === "cache") this.#cache(one.maxAge);
    else if (one.do === "up") await this.#up(one.reply);
    else if (one.do === "refresh") await this.#refresh();
    else if (one.do === "remove") for (const live of this.#live()) live.remove();
    // Equality in every property is how a pending object is known, so nobody edits one here.
    else if (this.#state.current?.outs.pending === undefined && !this.#state.old) this.#edit();
  }

  #cache(maxAge: number): void {
    this.#maxAge = maxAge;
    for (const list of ["listWatchers", "listExclusions"]) this.#simulator.cache.set(maxAge, list);
  }

  #edit(): void {
    const value = this.#next();
    for (const live of this.#live()) live.set(value);
    this.#history.push(value);
  }

  #next(): string {
    this.#count += 1;
    return `value-${this.#count}`;
  }

  #begin(): Promise<Kind> {
    this.#count += 1;
    return this.#runs.next(this.#kind, {
      "anomify:endpoint": this.#simulator.url,
      "anomify:token": this.#simulator.organization("acme").token,
      "anomify:timeoutSeconds": "4",
      "anomify:retries": String(this.#count),
    });
  }

  #wanted(value: string): Values {
    return this.#kind === "Watcher" ? sample("Watcher", { chips: [value] }) : sample("Exclusion", { note: value });
  }

  async #up(reply: string): Promise<string | undefined> {
    const kind = await this.#begin();
    const value = this.#next();
    if (reply !== "kept") {
      const post = this.#kind === "Watcher" ? "createWatcher" : "addExclusion";
      this.#simulator.faults.add({ on: post, do: { kind: "drop", when: reply === "lost" ? "after" : "before" } });
    }
    const failed = await up(kind, this.#state, (await kind.check(this.#wanted(value))).inputs);
    this.#simulator.faults.clear();
    // A create that failed may have worked all the same.
    this.#history = failed === undefined ? [value] : [...this.#history, value];
    const certain = this.#state.current?.outs.pending === undefined && this.#state.old === undefined;
    if (certain) expect(this.#live().length, "objects").toBeLessThanOrEqual(1);
    if (failed === undefined) expect(this.#live().map((live) => live.value)).toEqual([value]);
    return failed;
  }

  async #refresh(): Promise<void> {
    const { current } = this.#state;
    if (current === undefined || this.#state.old) return;
    const before = this.#live().map(({ value }) => value);
    const read = await (await this.#begin()).refresh(current.id, current.outs);
    if (read.id === "") {
      expect(before, "a false gone").toEqual([]);
      this.#state.current = undefined;
      return;
    }
    this.#state.current = { id: read.id, outs: read.outs };
    if (read.outs.pending !== undefined) return;
    const value = markOf(read.outs);
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

  #live(): Live[] {
    const acme = this.#simulator.organization("acme");
    if (this.#kind === "Watcher") {
      const mine = acme.watchers().filter(({ name, deleted }) => name === sample("Watcher").name && !deleted);
      return mine.map(({ id, chips }) => ({
        value: String(chips[0]),
        set: (value) => this.#change(id, { chips: [value] }),
        remove: () => this.#change(id, { deleted: true }),
      }));
    }
    const mine = acme.exclusions().filter(({ pattern }) => pattern === sample("Exclusion").pattern);
    return mine.map(({ id, note }) => ({
      value: String(note),
      set: (value) => this.#change(id, { note: value }),
      remove: () =>
        acme.edit((state) => {
          state.exclusions = state.exclusions.filter((live) => live.id !== id);
        }),
    }));
  }

  #change(id: number, changes: object): void {
    this.#simulator.organization("acme").edit((state) => {
      const all = this.#kind === "Watcher" ? state.watchers : state.exclusions;
      Object.assign(all.find((live) => live.id === id) ?? {}, changes);
    });
  }
}

const markOf = ({ chips, note }: Values): string => (Array.isArray(chips) ? String(chips[0]) : String(note));

it.each(["Watcher", "Exclusion"])(
  "%s: whatever age its lists have, no false drift, no false gone, nothing twice",
  async (kind) => {
    const runs = new Runs(await startHost());
    const actions = fc.array(action, { minLength: 3, maxLength: 10 });
    const property = fc.asyncProperty(actions, (list) => new Model(runs, kind).play(list));
    await fc.assert(property, {
      seed: 20261,
      numRuns: 30,
      interruptAfterTimeLimit: 240_000,
      markInterruptAsFailure: false,
    });
  },
);
