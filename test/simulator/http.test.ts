import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { Clock, caller, simulate, withSession, withToken } from "./harness.ts";

describe("the envelope", () => {
  it("has all documented status fields", async () => {
    const clock = new Clock();
    clock.now += 0.9;
    const simulator = await simulate({ clock: clock.read });
    const { status } = await withToken(simulator).get("/org/info");
    expect(status).toEqual({
      created_timestamp: 1_768_230_060,
      created_string: "Mon 12 Jan 2026 @ 15:01 (UTC)",
      duration: expect.any(Number),
      language: "en-gb",
      timezone: { timezone_type: 3, timezone: "UTC" },
      code: 200,
      oldest_cached_component_age: 0,
      session_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      org_onboarding_status_id: 300,
      api_host: new URL(simulator.url).host,
      user_onboarding_flags: expect.objectContaining({ alert_created: false }),
    });
  });

  it("is kept for unknown paths and wrong methods", async () => {
    const api = withToken(await simulate());
    expect(await api.get("/no/such/path")).toMatchObject({
      http: 404,
      status: { code: 404 },
      data: { message: "No such path." },
    });
    expect(await api.get("/watcher/create")).toMatchObject({ http: 405, status: { code: 405 } });
    expect(await api.post("/watchers/list")).toMatchObject({ http: 405, status: { code: 405 } });
    expect((await api.get("/watcher/%E0%A4%A/update")).http).toBe(404);
  });
});

describe("requests", () => {
  it("count only as form when they say so", async () => {
    const simulator = await simulate();
    const response = await fetch(`${simulator.url}/exclusion/add`, {
      method: "POST",
      headers: { "x-auth-token": simulator.organization("acme").token, "content-type": "application/json" },
      body: JSON.stringify({ type: "skip_analysis", pattern: "x" }),
    });
    expect(response.status).toBe(400);
  });

  it("keep text as it is", async () => {
    const name = "a+b & c=d % ü 漢 \"quoted\" 'x' <y>\n;";
    const { data } = await withToken(await simulate()).post("/watcher/create", { chips: "cpu", name });
    expect(data.watcher.name).toBe(name);
  });

  it("may hold parameters nobody knows", async () => {
    expect((await withToken(await simulate()).get("/watchers/list", { color: "red" })).http).toBe(200);
  });
});

describe("the journal", () => {
  it("notes every request, without secrets", async () => {
    const clock = new Clock();
    const simulator = await simulate({ clock: clock.read });
    await withToken(simulator).post("/watcher/501/update?x=1", { name: "A B" });
    const session = simulator.organization("acme").session();
    await caller(simulator, { "X-Session-Id": session, cookie: `session_id=${session}` }).get("/org/info", {
      session_id: session,
    });
    await caller(simulator, {}).get("/nowhere");
    const entries = simulator.journal.entries();
    expect(entries).toMatchObject([
      {
        method: "POST",
        path: "/watcher/501/update",
        operation: "updateWatcher",
        query: { x: "1" },
        form: { name: "A B" },
        headers: { "x-auth-token": "[token]" },
        status: 200,
        tenant: "acme",
        at: clock.now,
      },
      {
        operation: "getOrg",
        query: { session_id: "[session]" },
        headers: { "x-session-id": "[session]", cookie: "session_id=[session]" },
        tenant: "acme",
      },
      { path: "/nowhere", operation: null, status: 404, tenant: null },
    ]);
    expect(JSON.stringify(entries)).not.toContain(session);
    expect(JSON.stringify(entries)).not.toContain(simulator.organization("acme").token);
    expect(simulator.journal.writes()).toEqual([entries[0]]);
    simulator.journal.clear();
    expect(simulator.journal.entries()).toEqual([]);
  });
});

describe("cached reads", () => {
  const ids = async (api: ReturnType<typeof withToken>) => {
    const { data, status } = await api.get("/watchers/list");
    return [data.watchers.length, status.oldest_cached_component_age];
  };

  it("are as old as asked, whatever was written meanwhile", async () => {
    const clock = new Clock();
    const simulator = await simulate({ clock: clock.read });
    const api = withToken(simulator);
    simulator.cache.set(100);
    expect(await ids(api)).toEqual([3, 0]);
    await api.post("/watcher/501/delete");
    clock.now += 100;
    expect(await ids(api)).toEqual([3, 100]);
    clock.now += 0.5;
    expect(await ids(api)).toEqual([2, 0]);
    await api.post("/watcher/501/undelete");
    simulator.cache.off();
    expect(await ids(api)).toEqual([3, 0]);
  });

  it("are kept apart by operation, parameters, organization and person", async () => {
    const simulator = await simulate({ tenants: ["acme", "globex"] });
    simulator.cache.set(1000);
    const api = withToken(simulator);
    await ids(api);
    await api.post("/watcher/501/delete");
    expect(await ids(api)).toEqual([3, 0]);
    expect((await api.get("/watchers/list", { include_deleted: "true" })).data.watchers[1].deleted).toBe(true);
    expect((await withToken(simulator, "globex").get("/watchers/list")).data.watchers[0].id).toBe(8101);
    expect((await withSession(simulator).get("/user/info")).data.user.id).toBe(101);
    expect((await withSession(simulator, "ben@acme.example").get("/user/info")).data.user.id).toBe(102);
  });

  it("may concern one operation", async () => {
    const simulator = await simulate();
    const api = withToken(simulator);
    simulator.cache.set(1000, "listExclusions");
    await api.get("/exclusion/list");
    await ids(api);
    await api.post("/watcher/501/delete");
    await api.post("/exclusion/delete", { exclusion_id: "31" });
    expect((await api.get("/exclusion/list")).data.exclusions).toHaveLength(2);
    expect(await ids(api)).toEqual([2, 0]);
  });
});

it("stops although somebody is connected", async () => {
  const simulator = await simulate();
  const socket = connect(Number(new URL(simulator.url).port), "127.0.0.1");
  await new Promise((connected) => socket.once("connect", connected));
  const closed = new Promise((done) => socket.once("close", done));
  simulator.faults.add({ on: "ping", do: { kind: "delay", ms: 60_000 } });
  const waiting = expect(fetch(`${simulator.url}/ping`)).rejects.toThrow();
  await expect.poll(() => simulator.journal.entries().length).toBe(1);
  await simulator.stop();
  await simulator.stop();
  await waiting;
  await closed;
});

it("answers late when asked to", async () => {
  const simulator = await simulate({ latency: 50 });
  const started = performance.now();
  await caller(simulator, {}).get("/ping");
  expect(performance.now() - started).toBeGreaterThanOrEqual(45);
});
