import { type FaultAction, type JournalEntry, type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { expect } from "vitest";
import type { Kind, Values } from "../host/harness.ts";
import { type RunSource, type State, up } from "./driver.ts";
import type { Operation } from "./operations.ts";

/** How an operation ended that something went wrong with; the next one always ends well. */
export type Outcome = "done" | "again" | "pending";

/** What goes wrong: with one request of an operation, and afterwards perhaps with all. */
export interface Trouble {
  readonly action: FaultAction;
  /** Which request of the operation, from 0. */
  readonly at: number;
  /** Nothing gets through any more until the operation is over. */
  readonly outage: boolean;
}

interface Ending {
  readonly outcome: Outcome;
  /** What the operation sent, without what the runs after it sent. */
  readonly requests: JournalEntry[];
  /** Everything in the organization, ids and times left out: equal after equal operations. */
  readonly objects: string[];
}

/** Drives an operation to its end, through the trouble if there is any, and proves that the state agrees with the service. */
export async function play(runs: RunSource, operation: Operation, trouble?: Trouble): Promise<Ending> {
  const simulator = await startSimulator({ clock: hurried() });
  try {
    const begin = (settings: Values) =>
      runs.next(operation.kind, { ...configOf(simulator), ...runs.unique(), ...settings });
    const state = await prepare(await begin({ "anomify:retries": "5" }), operation);
    const wanted = operation.wanted && (await checked(await begin({ "anomify:retries": "6" }), operation.wanted));
    const kind = await begin({
      "anomify:retries": trouble?.outage ? "0" : "1",
      "anomify:timeoutSeconds": trouble?.outage ? "8" : "60",
    });
    simulator.journal.clear();
    if (trouble) cause(simulator, trouble);
    const failed = await up(kind, state, wanted);
    simulator.faults.clear();
    const outcome = failed === undefined ? "done" : state.current?.outs.pending === undefined ? "again" : "pending";
    const requests = simulator.journal.entries();
    if (failed !== undefined)
      expect(await up(await begin({ "anomify:retries": "2" }), state, wanted), `after ${failed}`).toBeUndefined();
    await expectSettled(await begin({ "anomify:retries": "3" }), state, wanted);
    return { outcome, requests, objects: objects(simulator) };
  } finally {
    await simulator.stop();
  }
}

/** A clock that hurries: what a list proves is known after milliseconds in place of seconds. */
export function hurried(): () => number {
  const start = Date.now();
  return () => start / 1000 + ((Date.now() - start) / 1000) * 50;
}

export function configOf(simulator: Simulator): Values {
  return { "anomify:endpoint": simulator.url, "anomify:token": simulator.organization("acme").token };
}

async function checked(kind: Kind, inputs: Values): Promise<Values> {
  const { inputs: normal, failures } = await kind.check(inputs);
  expect(failures).toEqual([]);
  return normal;
}

export async function prepare(kind: Kind, { before }: Operation): Promise<State> {
  const state: State = { current: undefined, old: undefined };
  if (before) expect(await up(kind, state, await checked(kind, before))).toBeUndefined();
  return state;
}

function cause({ faults }: Simulator, { action, at, outage }: Trouble): void {
  faults.add({ on: "*", skip: at, do: action });
  if (outage)
    faults.add({ on: "*", skip: at + 1, times: Number.POSITIVE_INFINITY, do: { kind: "drop", when: "before" } });
}

/** Nothing is pending or waits for its deletion, a refresh finds everything as recorded, and nothing is left to do. */
export async function expectSettled(kind: Kind, state: State, wanted: Values | undefined): Promise<void> {
  expect(state.old).toBeUndefined();
  if (wanted === undefined) {
    expect(state.current).toBeUndefined();
    return;
  }
  const { id, outs } = state.current as NonNullable<State["current"]>;
  expect(outs).not.toHaveProperty("pending");
  expect((await kind.diff(id, outs, wanted)).changes).toBe(false);
  const read = await kind.refresh(id, outs);
  expect(read.id).toMatch(/^\d+$/);
  expect(read.outs).toEqual(outs);
  expect((await kind.diff(read.id, read.outs, wanted)).changes).toBe(false);
}

/** Everything in the organization, ids and times left out. */
export function objects(simulator: Simulator): string[] {
  const acme = simulator.organization("acme");
  const nameless = (value: object) =>
    JSON.stringify(value, (key, inner) => (/^(id|.*_timestamp|.*_string)$/.test(key) ? undefined : inner));
  return [...acme.watchers(), ...acme.exclusions(), ...acme.users(), ...acme.adminAlerts(), acme.settings()]
    .map(nameless)
    .sort();
}
