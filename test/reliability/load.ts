import pLimit from "p-limit";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished } from "vitest";
import { type Host, type Kind, startHost, type Values } from "../host/harness.ts";
import { type State, up } from "./driver.ts";

/** As many steps as the engine takes at once on a small machine. */
export const PARALLEL = 8;
const TENANT = "empty";

/** Many exclusions, declared by one program. */
export interface Crowd {
  readonly simulator: Simulator;
  readonly wanted: readonly Values[];
  readonly states: State[];
  /** A new provider process. */
  start(): Promise<Host>;
  /** The kind in one. */
  next(): Promise<Kind>;
  /** Moves the clock of the service on. */
  pass(seconds: number): void;
}

export async function crowd(size: number, settings: Values = {}): Promise<Crowd> {
  let ahead = 0;
  const simulator = await startSimulator({ tenants: [TENANT], clock: () => Date.now() / 1000 + ahead });
  onTestFinished(() => simulator.stop());
  const config = {
    "anomify:endpoint": simulator.url,
    "anomify:token": simulator.organization(TENANT).token,
    "anomify:timeoutSeconds": "8",
  };
  const start = () => startHost({ config: { ...config, ...settings } });
  const next = async () => (await start()).kind("Exclusion");
  const { inputs, failures } = await (await next()).check({ type: "skip_analysis", pattern: "app.0" });
  expect(failures).toEqual([]);
  simulator.journal.clear();
  return {
    simulator,
    wanted: Array.from({ length: size }, (_, index) => ({ ...inputs, pattern: `app.${index}` })),
    states: Array.from({ length: size }, () => ({ current: undefined, old: undefined })),
    start,
    next,
    pass: (seconds) => {
      ahead += seconds;
    },
  };
}

/** What one `pulumi up` came to. */
export interface Round {
  readonly failed: readonly string[];
  /** The most steps that ended while another one, begun before them, was under way. */
  readonly overtaken: number;
}

/** Runs `pulumi up` once, with the kind of one provider process. */
export async function round({ wanted, states }: Crowd, kind: Kind): Promise<Round> {
  const limit = pLimit(PARALLEL);
  const failed: string[] = [];
  const under = new Map<number, number>();
  let overtaken = 0;
  await Promise.all(
    wanted.map((inputs, index) =>
      limit(async () => {
        under.set(index, 0);
        const reason = await up(kind, states[index] as State, inputs);
        overtaken = Math.max(overtaken, under.get(index) as number);
        under.delete(index);
        for (const [other, count] of under) if (other < index) under.set(other, count + 1);
        if (reason !== undefined) failed.push(reason);
      }),
    ),
  );
  return { failed, overtaken };
}

/** Runs it again until nothing fails, as a person would: in a new process, a minute later. Shows how often. */
export async function finish(crowd: Crowd, rounds: number): Promise<number> {
  for (let count = 1; count <= rounds; count += 1) {
    crowd.pass(60);
    const { failed } = await round(crowd, await crowd.next());
    if (failed.length === 0) return count;
    if (count === rounds) expect(failed).toEqual([]);
  }
  return rounds;
}

/** Declared = live: each exclusion once, by the id that the state has, and nothing is left to do. */
export async function expectLive(crowd: Crowd): Promise<void> {
  const live = crowd.simulator.organization(TENANT).exclusions();
  const patterns = (list: ReadonlyArray<{ pattern?: unknown }>) => list.map(({ pattern }) => String(pattern)).sort();
  expect(patterns(live)).toEqual(patterns(crowd.wanted));
  const ids = new Map(live.map(({ id, pattern }) => [pattern, id]));
  for (const { current } of crowd.states) {
    const { exclusionId, pattern, pending } = current?.outs ?? {};
    expect([exclusionId, pending]).toEqual([ids.get(String(pattern)), undefined]);
  }
}
