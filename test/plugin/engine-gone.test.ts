import { Server, ServerCredentials } from "@grpc/grpc-js";
import { type SimulatedOrganization, type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { describe, expect, it, onTestFinished } from "vitest";
import { catalog } from "../../provider/catalog.ts";
import { engineService } from "../../provider/hosts/plugin/proto.ts";
import type { Kind, Values } from "../host/harness.ts";
import { type Slot, slots } from "../reliability/slots.ts";
import { startPluginProcess } from "./harness.ts";

// An engine that is killed says nothing to its plugins. Whatever call it has under way, the plugin ends, and the next run makes
// what was wanted, once.

/** An engine that does nothing but be there. */
async function startEngine(): Promise<{ address: string; kill(): void }> {
  const server = new Server();
  server.addService(engineService.EngineService, {});
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { address: `127.0.0.1:${port}`, kill: () => server.forceShutdown() };
}

/** Holds the next request that matches, until it is released: then it takes effect, and nobody is there for the reply. */
function hold(simulator: Simulator, on: RegExp) {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<null>();
  const until = () => {
    reached.resolve();
    return released.promise;
  };
  simulator.faults.add({ on, do: { kind: "hold", until } });
  return { reached: reached.promise, release: () => released.resolve(null) };
}

const WRITES = /^(POST|PUT|PATCH|DELETE) /;
const ANY = /./;

interface World {
  readonly slot: Slot;
  readonly acme: SimulatedOrganization;
  /** Makes a call whose engine is killed in the middle of the request, and starts the next run. */
  killedIn(request: RegExp, call: (kind: Kind) => Promise<unknown>): Promise<Kind>;
  run(): Promise<Kind>;
}

async function startWorld(kind: string): Promise<World> {
  const slot = slots.find((one) => one.kind === kind) as Slot;
  const simulator = await startSimulator();
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  const config = { "anomify:endpoint": simulator.url, "anomify:token": acme.token };
  const run = async (engine?: string) =>
    (await startPluginProcess({ config, ...(engine === undefined ? {} : { engine }) })).kind(kind);
  return {
    slot,
    acme,
    run: () => run(),
    async killedIn(request, call) {
      const engine = await startEngine();
      const plugin = await startPluginProcess({ config, engine: engine.address });
      const held = hold(simulator, request);
      const lost = call(plugin.kind(kind)).then(
        () => "answered",
        () => "lost",
      );
      expect(await Promise.race([held.reached, lost])).toBeUndefined();
      engine.kill();
      expect(await plugin.ended).toBe(1);
      expect(await lost).toBe("lost");
      held.release();
      simulator.faults.clear();
      return await run();
    },
  };
}

const wantedIn = async (kind: Kind, slot: Slot, mark: number): Promise<Values> => {
  const { inputs, failures } = await kind.check(slot.inputs(mark));
  expect(failures).toEqual([]);
  return inputs;
};

describe.each(catalog.map(({ kind }) => kind))("the engine of a plugin is killed: %s", (name) => {
  it("at a create, an update and a delete", async () => {
    const { slot, acme, killedIn, run } = await startWorld(name);
    const inputs = await wantedIn(await run(), slot, 1);
    const second = await killedIn(WRITES, (kind) => kind.create(inputs));
    const { id, outs } = await second.make(slot.inputs(1));
    expect(slot.live(acme)).toEqual([1]);

    const wanted = await wantedIn(second, slot, 2);
    let recorded = outs;
    // What cannot change in place is made anew: another create, and a delete.
    if ((await second.diff(id, outs, wanted)).replaces.length === 0) {
      const third = await killedIn(WRITES, (kind) => kind.update(id, outs, wanted));
      recorded = await third.update(id, outs, wanted);
      expect(slot.live(acme)).toEqual([2]);
    }

    // What is released is left alone by a delete.
    if (slot.isReleased) return;
    const fourth = await killedIn(WRITES, (kind) => kind.delete(id, recorded));
    await fourth.delete(id, recorded);
    expect(slot.live(acme)).toEqual([]);
  });
});

it("the engine of a plugin is killed at a check and a read, which change nothing", async () => {
  const { slot, acme, killedIn, run } = await startWorld("Watcher");
  const first = await run();
  const { id, outs, inputs } = await first.make(slot.inputs(1));
  await killedIn(ANY, (kind) => kind.check(slot.inputs(2), inputs));
  const later = await killedIn(ANY, (kind) => kind.refresh(id, outs));
  expect((await later.diff(id, outs, inputs)).changes).toBe(false);
  expect(slot.live(acme)).toEqual([1]);
});
