import fc from "fast-check";
import { type SimulatedOrganization, type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { expect } from "vitest";
import { CallError, type Kind, type Values } from "../host/harness.ts";
import { type Runs, type State, up } from "./driver.ts";
import { faults } from "./faults.ts";
import { others, type Slot, slots } from "./slots.ts";

const slot = fc.nat(slots.length - 1);
const mark = fc.integer({ min: 1, max: 6 });
const fault = fc.record({ name: fc.constantFrom(...Object.keys(faults), "outage"), skip: fc.nat(5) });
const declared = fc.option(mark, { nil: undefined, freq: 4 });

/** What happens next. `up` changes the program first. */
export const action = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("up" as const),
      changes: fc.array(fc.record({ slot, mark: declared }), { maxLength: 3 }),
      fault: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fault }),
      isForgotten: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("edit" as const), slot, mark }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("remove" as const), slot }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("refresh" as const) }) },
);
export type Action = typeof action extends fc.Arbitrary<infer Type> ? Type : never;
type Up = Extract<Action, { do: "up" }>;

/** What is known of one slot. */
interface Known {
  readonly state: State;
  /** Inputs as the state has them. */
  inputs: Values;
  mark: number | undefined;
  /** The live object may differ from the state: somebody changed it, or a request failed. */
  isDrifted: boolean;
  isRemoved: boolean;
  /** The state was lost after a create: until the next `up` the program must stay as it is. */
  isForgotten: boolean;
}

/** A program, its state, the service behind it, and what must hold. */
export class Model {
  readonly #runs: Runs;
  #simulator!: Simulator;
  #acme!: SimulatedOrganization;
  #ahead = 0;
  #kinds = new Map<string, Promise<Kind>>();
  #settings: Values = {};
  readonly #known: Known[] = slots.map(() => ({
    state: { current: undefined, old: undefined },
    inputs: {},
    mark: undefined,
    isDrifted: false,
    isRemoved: false,
    isForgotten: false,
  }));

  constructor(runs: Runs) {
    this.#runs = runs;
  }

  async play(actions: readonly Action[]): Promise<void> {
    const start = Date.now();
    const clock = () => start / 1000 + ((Date.now() - start) / 1000) * 50 + this.#ahead;
    this.#simulator = await startSimulator({ clock });
    this.#acme = this.#simulator.organization("acme");
    const untouched = others(this.#acme);
    try {
      for (const one of actions) {
        this.#ahead += 10;
        await this.#act(one);
        expect(others(this.#acme), "objects of others").toEqual(untouched);
      }
      await this.#settle();
      expect(others(this.#acme), "objects of others").toEqual(untouched);
    } finally {
      await this.#simulator.stop();
    }
  }

  async #act(one: Action): Promise<void> {
    if (one.do === "up") return await this.#up(one);
    if (one.do === "refresh") return await this.#refresh();
    const [known, at] = [this.#known[one.slot] as Known, slots[one.slot] as Slot];
    // Equality in every property is how an object that nobody is sure of is found: nobody edits one here.
    const { current, old } = known.state;
    if (!current || old || current.outs.pending !== undefined || known.isForgotten) return;
    if (one.do === "edit") at.edit(this.#acme, one.mark);
    else if (at.remove) at.remove(this.#acme);
    else return;
    known.isDrifted = true;
    known.isRemoved ||= one.do === "remove";
  }

  /** Ends whatever is open: then everything is as declared, and nothing is left to do. */
  async #settle(): Promise<void> {
    const plain: Up = { do: "up", changes: [], fault: undefined, isForgotten: false };
    this.#ahead += 10;
    // What was forgotten is taken up by an up; a refresh knows nothing of it.
    await this.#up(plain, true);
    await this.#refresh();
    await this.#up(plain);
    this.#simulator.journal.clear();
    this.#ahead += 10;
    await this.#up(plain);
    expect(this.#simulator.journal.writes(), "needless writes").toEqual([]);
    for (const [index, { mark, state }] of this.#known.entries()) {
      const one = slots[index] as Slot;
      if (mark !== undefined || !one.isReleased)
        expect(one.live(this.#acme), one.name).toEqual(mark === undefined ? [] : [mark]);
      expect(state.old).toBeUndefined();
      expect(JSON.stringify(state)).not.toContain(this.#acme.token);
    }
  }

  /** Another run: nothing is known of the organization. */
  #begin(settings: Values = {}): void {
    this.#kinds = new Map();
    this.#settings = {
      "anomify:endpoint": this.#simulator.url,
      "anomify:token": this.#acme.token,
      "anomify:retries": "1",
      ...this.#runs.unique(),
      ...settings,
    };
  }

  #kind({ kind }: Slot): Promise<Kind> {
    const known = this.#kinds.get(kind) ?? this.#runs.next(kind, this.#settings);
    this.#kinds.set(kind, known);
    return known;
  }

  async #up({ changes, fault: trouble, isForgotten }: Up, mayBeRemoved = false): Promise<void> {
    for (const change of changes) {
      const known = this.#known[change.slot] as Known;
      if (!known.isForgotten) known.mark = change.mark;
    }
    this.#begin(trouble?.name === "outage" ? { "anomify:retries": "0", "anomify:timeoutSeconds": "1" } : {});
    if (trouble) this.#cause(trouble);
    this.#simulator.journal.clear();
    let changed = 0;
    for (const [index, one] of slots.entries()) {
      changed += await this.#upSlot(one, this.#known[index] as Known, {
        isCalm: trouble === undefined,
        isForgotten,
        mayBeRemoved,
      });
    }
    this.#simulator.faults.clear();
    if (trouble) return;
    const writes = this.#simulator.journal.writes().map(({ operation }) => operation);
    expect(writes.length, `writes: ${writes.join(", ")}`).toBeLessThanOrEqual(changed * 2);
  }

  #cause({ name, skip }: NonNullable<Up["fault"]>): void {
    const action = faults[name];
    if (action) this.#simulator.faults.add({ on: "*", skip, do: action });
    else
      this.#simulator.faults.add({
        on: "*",
        skip,
        times: Number.POSITIVE_INFINITY,
        do: { kind: "drop", when: "before" },
      });
  }

  /** 1 when the state of the slot changed. */
  async #upSlot(
    one: Slot,
    known: Known,
    { isCalm, isForgotten, mayBeRemoved }: { isCalm: boolean; isForgotten: boolean; mayBeRemoved: boolean },
  ): Promise<0 | 1> {
    const { state } = known;
    if (known.mark === undefined && !state.current && !state.old) return 0;
    const before = structuredClone(state);
    const failed = await this.#step(one, known);
    const isSame = JSON.stringify(before) === JSON.stringify(state);
    if (failed !== undefined) {
      // An update finds that somebody deleted the object: the user is shown to refresh.
      if (isCalm && !(known.isRemoved && /no longer exists/.test(failed))) throw new Error(`${one.name}: ${failed}`);
      known.isDrifted = true;
      // A deletion that failed may have taken effect.
      known.isRemoved ||= known.mark === undefined;
      return 1;
    }
    if (!isSame) Object.assign(known, { isDrifted: false, isRemoved: false });
    known.isForgotten = false;
    const isCreate = before.current === undefined && state.current !== undefined && !one.isReleased;
    if (isForgotten && isCreate) {
      Object.assign(state, before);
      known.isForgotten = true;
    } else if (!known.isDrifted && !mayBeRemoved) {
      const wanted = known.mark === undefined ? [] : [known.mark];
      if (known.mark !== undefined || !one.isReleased) expect(one.live(this.#acme), one.name).toEqual(wanted);
    }
    return isSame ? 0 : 1;
  }

  async #step(one: Slot, known: Known): Promise<string | undefined> {
    const { state, mark } = known;
    const kind = await this.#kind(one);
    if (mark === undefined) return await up(kind, state, undefined);
    try {
      const program = { ...one.inputs(mark), __urn: `urn:pulumi:dev::test::Any::${one.name}` };
      const checked = await kind.check(program, state.current ? known.inputs : {});
      if (checked.failures.length > 0) return JSON.stringify(checked.failures);
      const failed = await up(kind, state, checked.inputs);
      known.inputs = checked.inputs;
      return failed;
    } catch (error) {
      if (error instanceof CallError) return error.message;
      throw error;
    }
  }

  async #refresh(): Promise<void> {
    this.#begin();
    for (const [index, one] of slots.entries()) {
      const known = this.#known[index] as Known;
      const { current, old } = known.state;
      if (!current || old) continue;
      const read = await (await this.#kind(one)).refresh(current.id, current.outs);
      expect(read.outs.pending, "a list says").toBeUndefined();
      known.state.current = read.id === "" ? undefined : { id: read.id, outs: read.outs };
      Object.assign(known, { isDrifted: false, isRemoved: false });
      expect(read.id === "" ? [] : [one.markOf(read.outs)], `${one.name}, refreshed`).toEqual(one.live(this.#acme));
    }
  }
}
