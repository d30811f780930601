import { startSimulator } from "pulumi-anomify/simulator";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { startHost, type Values } from "../host/harness.ts";
import { type State, up } from "./driver.ts";
import { objects } from "./matrix.ts";
import { type Operation, operations } from "./operations.ts";

beforeAll(ensureBuilt);

const tried = operations.filter(({ kind, wanted }) => /^(Watcher|Exclusion)$/.test(kind) && wanted?.undelete !== true);

/** Kills the provider process as soon as request `at` took effect; then runs again, as docs/reliability.md says. */
async function play({ kind, before, wanted }: Operation, at: number | undefined) {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.stop());
  const config = { "anomify:endpoint": simulator.url, "anomify:token": simulator.organization("acme").token };
  const check = async (inputs: Values) => (await (await startHost({ config })).kind(kind).check(inputs)).inputs;
  const state: State = { current: undefined, old: undefined };
  if (before) await up((await startHost({ config })).kind(kind), state, await check(before));
  const inputs = wanted && (await check(wanted));
  const host = await startHost({ config });
  simulator.journal.clear();
  const kill = (body: unknown) => {
    host.child.kill("SIGKILL");
    return body;
  };
  if (at !== undefined) simulator.faults.add({ on: "*", skip: at, do: { kind: "mutate", change: kill } });
  const failed = await up(host.kind(kind), state, inputs);
  const requests = simulator.journal.entries().length;
  if (at === undefined) return { failed, requests, objects: objects(simulator) };
  const again = inputs && { ...inputs, adopt: true };
  expect(await up((await startHost({ config })).kind(kind), state, again)).toBeUndefined();
  return { failed, requests, objects: objects(simulator) };
}

it.each(tried)("$kind $name: killed at any request, a second run ends as an undisturbed one", async (operation) => {
  const smooth = await play(operation, undefined);
  expect(smooth.failed).toBeUndefined();
  for (let at = 0; at < smooth.requests; at += 1) {
    const ended = await play(operation, at);
    expect(ended.failed, `request ${at}`).toBeDefined();
    expect(ended.objects, `request ${at}`).toEqual(smooth.objects);
  }
});
