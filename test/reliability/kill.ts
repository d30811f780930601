import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { expect } from "vitest";
import { type Host, type Kind, startHost, type Values } from "../host/harness.ts";
import { type Runs, type State, up } from "./driver.ts";
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

/** Drives an operation whose provider process is killed at a request, then `pulumi up` with a new one. */
export async function playKilled(
  runs: Runs,
  operation: Operation,
  kill?: { readonly at: number; readonly moment: Moment },
): Promise<Ending> {
  const simulator = await startSimulator({ clock: hurried() });
  try {
    const begin = (retries: number) =>
      runs.next(operation.kind, { ...configOf(simulator), "anomify:retries": String(retries) });
    const state = await prepare(await begin(6), operation);
    const host = await startHost({ config: configOf(simulator) });
    simulator.journal.clear();
    if (kill) killAt(simulator, host, kill);
    const kind = host.kind(operation.kind);
    const failed = await upByEngine(kind, state, operation);
    simulator.faults.clear();
    const requests = names(simulator);
    if (kill === undefined) expect(failed).toBeUndefined();
    else expect(failed).toBeDefined();
    const next = kill && (await upAgain(simulator, state, operation, String(requests.at(-1))));
    const settling = await begin(7);
    const wanted = operation.wanted && (await settling.check(operation.wanted)).inputs;
    await expectSettled(settling, state, wanted);
    return { next, requests, objects: objects(simulator) };
  } finally {
    await simulator.stop();
  }
}

async function upAgain(simulator: Simulator, state: State, operation: Operation, request: string): Promise<Next> {
  const host = await startHost({ config: configOf(simulator) });
  simulator.journal.clear();
  expect(await upByEngine(host.kind(operation.kind), state, operation)).toBeUndefined();
  host.child.kill("SIGKILL");
  return names(simulator).includes(request) ? "sent again" : "found";
}

/** As the engine: a check that tells what the state has, another as if it were new, then the step. */
export async function upByEngine(
  kind: Kind,
  state: State,
  { wanted }: Pick<Operation, "wanted">,
): Promise<string | undefined> {
  if (wanted === undefined) return await up(kind, state, undefined);
  const inputs = { ...wanted, __urn: URN };
  try {
    const olds: Values | undefined = state.current?.outs;
    if (olds) await kind.check(inputs, olds);
    const checked = await kind.check(inputs);
    expect(checked.failures).toEqual([]);
    return await up(kind, state, checked.inputs);
  } catch (error) {
    // A process that is gone answers no check.
    if (error instanceof Error && error.name === "CallError") return error.message;
    throw error;
  }
}

function killAt({ faults }: Simulator, { child, ended }: Host, { at, moment }: { at: number; moment: Moment }): void {
  const kill = () => child.kill("SIGKILL");
  if (moment === "after") {
    const change = (body: unknown) => {
      kill();
      return body;
    };
    faults.add({ on: "*", skip: at, do: { kind: "mutate", change } });
    return;
  }
  const until = async () => {
    kill();
    await ended;
    return { kind: "drop", when: "before" } as const;
  };
  faults.add({ on: "*", skip: at, do: { kind: "hold", until } });
}

const names = ({ journal }: Simulator): string[] => journal.entries().map(({ operation }) => String(operation));
