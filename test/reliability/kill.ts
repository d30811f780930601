import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { expect } from "vitest";
import { type Host, type Kind, startHost, type Values } from "../host/harness.ts";
import { type RunSource, Runs, type State, up } from "./driver.ts";
import { configOf, expectSettled, hurried, objects, prepare } from "./matrix.ts";
import type { Operation } from "./operations.ts";

/** When the provider process is killed: before the request takes effect, or after that and before the reply. */
export type Moment = "before" | "after";

/** What the next `pulumi up` does about the request: sends it again, or finds that it took effect. */
export type Next = "sent again" | "found";

interface Ending {
  readonly next: Next | undefined;
  /** Names of the requests of the undisturbed operation. */
  readonly requests: readonly string[];
  readonly objects: readonly string[];
}

const URN = "urn:pulumi:dev::test::pulumi-nodejs:dynamic/anomify:Any::it";

/** A provider process with the runs that it stands for. */
interface Victim {
  readonly process: Pick<Host, "child" | "ended">;
  readonly runs: RunSource;
}

async function startDynamic(): Promise<Victim> {
  const host = await startHost();
  return { process: host, runs: new Runs(host) };
}

/** A provider process that may be killed, and the next one when it was. */
export class Victims {
  readonly #start: () => Promise<Victim>;
  #victim: Promise<Victim> | undefined;

  /** @param start of the host in question; left out: of Pulumi's dynamic provider host */
  constructor(start: () => Promise<Victim> = startDynamic) {
    this.#start = start;
  }

  async runs(): Promise<RunSource> {
    this.#victim ??= this.#start();
    return (await this.#victim).runs;
  }

  async kill(): Promise<void> {
    const victim = await this.#victim;
    this.#victim = undefined;
    victim?.process.child.kill("SIGKILL");
    await victim?.process.ended;
  }
}

/** Drives an operation whose provider process is killed at a request, then `pulumi up` with a new one. */
export async function playKilled(
  victims: Victims,
  operation: Operation,
  kill?: { readonly at: number; readonly moment: Moment },
): Promise<Ending> {
  const simulator = await startSimulator({ clock: hurried() });
  try {
    const begin = async (retries: number) => {
      const runs = await victims.runs();
      const settings = { ...configOf(simulator), ...runs.unique(), "anomify:retries": String(retries) };
      return await runs.next(operation.kind, settings);
    };
    const state = await prepare(await begin(1), operation);
    const kind = await begin(2);
    const wanted = await checkByEngine(kind, state, operation);
    simulator.journal.clear();
    if (kill) killAt(simulator, victims, kill);
    const failed = await up(kind, state, wanted);
    simulator.faults.clear();
    const requests = names(simulator);
    if (kill === undefined) expect(failed).toBeUndefined();
    else expect(failed).toBeDefined();
    const next = kill && (await upAgain(simulator, await begin(3), state, operation, String(requests.at(-1))));
    await expectSettled(await begin(4), state, wanted);
    return { next, requests, objects: objects(simulator) };
  } finally {
    await simulator.stop();
  }
}

async function upAgain(
  simulator: Simulator,
  kind: Kind,
  state: State,
  operation: Operation,
  request: string,
): Promise<Next> {
  const wanted = await checkByEngine(kind, state, operation);
  simulator.journal.clear();
  expect(await up(kind, state, wanted)).toBeUndefined();
  return names(simulator).includes(request) ? "sent again" : "found";
}

/** As the engine does: a check that says what the state has, and one as if the resource were new. */
async function checkByEngine(kind: Kind, state: State, { wanted }: Operation): Promise<Values | undefined> {
  if (wanted === undefined) return undefined;
  const inputs = { ...wanted, __urn: URN };
  if (state.current) await kind.check(inputs, recordedInputs(state.current, wanted));
  const checked = await kind.check(inputs);
  expect(checked.failures).toEqual([]);
  return checked.inputs;
}

function recordedInputs({ outs }: NonNullable<State["current"]>, wanted: Values): Values {
  return Object.fromEntries(Object.entries(outs).filter(([key]) => key in wanted || key === "effect"));
}

function killAt({ faults }: Simulator, victims: Victims, { at, moment }: { at: number; moment: Moment }): void {
  if (moment === "after") {
    const change = (body: unknown) => {
      void victims.kill();
      return body;
    };
    faults.add({ on: "*", skip: at, do: { kind: "mutate", change } });
    return;
  }
  const until = async () => {
    await victims.kill();
    return { kind: "drop", when: "before" } as const;
  };
  faults.add({ on: "*", skip: at, do: { kind: "hold", until } });
}

const names = ({ journal }: Simulator): string[] => journal.entries().map(({ operation }) => String(operation));
