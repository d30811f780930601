import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startSimulator } from "pulumi-anomify/simulator";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { startFake } from "./fake.ts";
import { CallError, startHost } from "./harness.ts";
import { sample } from "./samples.ts";
import { startWorld } from "./world.ts";

beforeAll(ensureBuilt);

/** The error of a call that must fail. */
async function failureOf(call: Promise<unknown>): Promise<CallError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof CallError) return error;
  throw new Error(`the call should have failed, and gave ${String(error)}`);
}

it("trap 1: calls that arrive while the first one configures see the config", async () => {
  const { kind, acme, simulator } = await startWorld();
  const watcher = kind("Watcher");
  const names = ["First", "Second", "Third"];
  await Promise.all(names.map((name) => watcher.create(sample("Watcher", { name }))));
  expect(acme.watchers().map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  expect(simulator.journal.entries().filter(({ status }) => status !== 200)).toEqual([]);
});

it("trap 2: after a bad config every call fails with the same message and sends nothing", async () => {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.stop());
  const host = await startHost({ config: { "anomify:endpoint": simulator.url } });
  const watcher = host.kind("Watcher");
  const calls = [watcher.create(sample("Watcher")), watcher.create(sample("Watcher")), watcher.get("501")];
  for (const call of calls) expect((await failureOf(call)).message).toContain("The Anomify token is missing");
  // A preview shows it among the other mistakes, without a stack on the provider's stderr.
  const { failures } = await watcher.check(sample("Watcher", { chips: [] }));
  expect(failures.map(({ reason }) => reason)).toEqual([
    expect.stringContaining("needs at least one chip"),
    expect.stringContaining("The Anomify token is missing"),
  ]);
  expect(simulator.journal.entries()).toEqual([]);
});

it("trap 3: an error with an id of its own saves no object", async () => {
  const { fake } = await startFake();
  const failures = [
    await failureOf(fake.create({ action: "throw with id" })),
    await failureOf(fake.update("7", {}, { action: "throw with id" })),
  ];
  expect(failures.map(({ message, saved }) => ({ message, saved }))).toEqual([
    { message: "Fake: refused", saved: undefined },
    { message: "Fake: refused", saved: undefined },
  ]);
});

it("trap 3: a refused request saves no object either", async () => {
  const { simulator, kind } = await startWorld();
  simulator.faults.add({ on: "createWatcher", do: { kind: "status", status: 400, message: "No." } });
  const failure = await failureOf(kind("Watcher").create(sample("Watcher")));
  expect(failure.saved).toBeUndefined();
  expect(failure.message).toMatch(/^Watcher "CPU idle": .*POST \/watcher\/create/s);
});

it("trap 6: a numeric id arrives as text", async () => {
  const { fake } = await startFake();
  expect((await fake.create({ action: "ok" })).id).toBe("42");
});

it("trap 10: mistakes of the user leave stderr empty", async () => {
  const { kind, host } = await startWorld();
  const { failures } = await kind("Watcher").check({ name: "", chips: [], emailUsers: ["nobody@acme.example"] });
  expect(failures.length).toBeGreaterThan(2);
  await failureOf(kind("User").create(sample("User", { email: "nobody@acme.example" })));
  expect(host.stderr()).toBe("");
});

it("trap 10: no failure shows a stack or an integer code", async () => {
  const { fake, host } = await startFake();
  const failures = await Promise.all([
    failureOf(fake.refresh("7", { action: "throw with id", value: 1 })),
    failureOf(fake.delete("7", { action: "throw with id" })),
    failureOf(fake.create({ action: "throw text" })),
  ]);
  expect(failures.map(({ message }) => message)).toEqual([
    "Fake 7: refused",
    "Fake: refused",
    expect.stringContaining("only text"),
  ]);
  expect(host.stderr()).not.toMatch(/^\s+at /m);
});

it.each(["timer", "rejection"])("trap 11: an error thrown beside the call (%s) fails it", async (action) => {
  const { fake } = await startFake();
  expect((await failureOf(fake.create({ action }))).message).toMatch(/stopped by an unexpected error/);
  // And the process goes on.
  expect((await fake.create({ action: "ok" })).outs.value).toBe("made");
});

it("trap 11: a promise that never settles fails the call at its deadline", async () => {
  const { fake } = await startFake({ config: { "anomify:timeoutSeconds": "1" } });
  const recorded = { action: "never", text: null, value: 1 };
  const calls = [
    fake.create(recorded),
    fake.update("7", recorded, recorded),
    fake.refresh("7", recorded),
    fake.delete("7", recorded),
    fake.diff("7", { ...recorded, action: "ok" }, recorded),
  ];
  for (const call of calls) expect((await failureOf(call)).message).toMatch(/took longer than 1 seconds/);
});

it("trap 12: SIGTERM ends the request in flight and then the process", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const host = await startHost({ config: { "anomify:endpoint": endpoint, "anomify:token": "0".repeat(32) } });
  const failing = failureOf(host.kind("Watcher").create(sample("Watcher")));
  const [request] = await once(server, "request");
  const closed = once(request.socket, "close");
  host.child.kill("SIGTERM");
  await closed;
  expect((await failing).message).toMatch(/interrupted by SIGTERM/);
  expect(await host.ended).toBe(143);
});

it("trap 12: a signal while nothing is in flight ends the process as it would without us", async () => {
  const { fake, host } = await startFake();
  await fake.create({ action: "ok" });
  host.child.kill("SIGTERM");
  expect(await host.ended).toBe("SIGTERM");
});
