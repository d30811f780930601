import { describe, expect, it } from "vitest";
import { caller, simulate, withToken } from "./harness.ts";

const exclusion = { type: "skip_analysis", pattern: "x" };

describe("faults hit", () => {
  it("once, by operation", async () => {
    const simulator = await simulate();
    const api = withToken(simulator);
    simulator.faults.add({ on: "getOrg", do: { kind: "status", status: 503 } });
    expect((await api.get("/org/users")).http).toBe(200);
    expect(await api.get("/org/info")).toMatchObject({ http: 503, status: { code: 503 } });
    expect((await api.get("/org/info")).http).toBe(200);
  });

  it("by pattern, after some requests, a number of times", async () => {
    const simulator = await simulate();
    const api = withToken(simulator);
    simulator.faults.add({ on: /^GET \/org\//g, skip: 1, times: 2, do: { kind: "status", status: 500 } });
    const seen = [];
    for (const path of ["/org/info", "/org/users", "/ping", "/org/channels", "/org/info"])
      seen.push((await api.get(path)).http);
    expect(seen).toEqual([200, 500, 200, 500, 200]);
  });

  it("everything until cleared", async () => {
    const simulator = await simulate();
    const api = caller(simulator, {});
    simulator.faults.add({ on: "*", times: Number.POSITIVE_INFINITY, do: { kind: "status", status: 500 } });
    expect([(await api.get("/ping")).http, (await api.get("/nowhere")).http]).toEqual([500, 500]);
    simulator.faults.clear();
    expect((await api.get("/ping")).http).toBe(200);
  });

  it("one after the other", async () => {
    const simulator = await simulate();
    const api = caller(simulator, {});
    simulator.faults.add({ on: "ping", do: { kind: "status", status: 500 } });
    simulator.faults.add({ on: "ping", do: { kind: "status", status: 502 } });
    expect([(await api.get("/ping")).http, (await api.get("/ping")).http, (await api.get("/ping")).http]).toEqual([
      500, 502, 200,
    ]);
  });
});

it("faults by chance hit the same requests for the same seed", async () => {
  const play = async (seed: number) => {
    const simulator = await simulate();
    const api = caller(simulator, {});
    simulator.faults.add({ on: "ping", times: 1000, chance: 0.3, seed, do: { kind: "status", status: 500 } });
    const seen: number[] = [];
    for (let count = 0; count < 40; count += 1) seen.push((await api.get("/ping")).http);
    return seen;
  };
  const one = await play(7);
  expect(new Set(one)).toEqual(new Set([200, 500]));
  expect(await play(7)).toEqual(one);
  expect(await play(8)).not.toEqual(one);
});

it("a limit refuses what is beyond it, or only counts it", async () => {
  const simulator = await simulate();
  const api = caller(simulator, {});
  // Nothing is earned before the end of this test.
  simulator.rate.limit({ perSecond: 1e-6, burst: 2, retryAfter: 9 });
  await api.get("/ping");
  await api.get("/ping");
  const refused = await api.get("/ping");
  expect([refused.http, refused.headers.get("retry-after")]).toEqual([429, "9"]);
  expect(simulator.rate.report()).toEqual({ requests: 3, refused: 1, overdraft: expect.closeTo(1, 3) });
  simulator.rate.limit({ perSecond: 1e-6, burst: 1, refuses: false });
  for (let count = 0; count < 4; count += 1) expect((await api.get("/ping")).http).toBe(200);
  expect(simulator.rate.report()).toEqual({ requests: 4, refused: 0, overdraft: expect.closeTo(3, 3) });
});

it.each(["before", "after"] as const)("silence %s it took effect leaves the connection open", async (when) => {
  const simulator = await simulate();
  const acme = simulator.organization("acme");
  const count = acme.exclusions().length;
  simulator.faults.add({ on: "addExclusion", do: { kind: "silence", when } });
  const request = withToken(simulator).post("/exclusion/add", exclusion);
  await expect.poll(() => simulator.journal.writes().length).toBe(1);
  expect(acme.exclusions()).toHaveLength(when === "after" ? count + 1 : count);
  expect(simulator.journal.writes()).toMatchObject([{ status: null }]);
  // Whoever waits is reported by the end of the service.
  await Promise.all([expect(request).rejects.toThrow(), simulator.stop()]);
});

it("refuses operations that do not exist", async () => {
  const simulator = await simulate();
  const add = () => simulator.faults.add({ on: "createWatchers", do: { kind: "status", status: 500 } });
  expect(add).toThrow('There is no operation "createWatchers".');
  expect(() => simulator.cache.set(5, "createWatcher")).toThrow('"createWatcher" is no operation that is cached.');
});

describe("a fault can be", () => {
  it("a rate limit", async () => {
    const simulator = await simulate();
    simulator.faults.add({ on: "ping", do: { kind: "rate-limit", retryAfter: 7 } });
    simulator.faults.add({ on: "ping", do: { kind: "rate-limit" } });
    const first = await caller(simulator, {}).get("/ping");
    expect([first.http, first.status.code, first.data, first.headers.get("retry-after")]).toEqual([
      429,
      429,
      { message: "Please slow down." },
      "7",
    ]);
    expect((await caller(simulator, {}).get("/ping")).headers.has("retry-after")).toBe(false);
  });

  it("a refusal with reasons, without effect", async () => {
    const simulator = await simulate();
    simulator.faults.add({
      on: "addExclusion",
      do: { kind: "status", status: 400, message: "No.", errors: { pattern: "Bad." } },
    });
    const { http, data } = await withToken(simulator).post("/exclusion/add", exclusion);
    expect([http, data]).toEqual([400, { message: "No.", errors: { pattern: "Bad." } }]);
    expect(simulator.organization("acme").exclusions()).toHaveLength(2);
  });

  it("a failure inside HTTP 200", async () => {
    const simulator = await simulate();
    simulator.faults.add({ on: "addExclusion", do: { kind: "envelope", code: 500, message: "Oops." } });
    const reply = await withToken(simulator).post("/exclusion/add", exclusion);
    expect([reply.http, reply.status.code, reply.data]).toEqual([200, 500, { message: "Oops." }]);
    expect(simulator.organization("acme").exclusions()).toHaveLength(2);
  });

  it("an error although it worked", async () => {
    const simulator = await simulate();
    simulator.faults.add({ on: "addExclusion", do: { kind: "status-after", status: 504 } });
    expect((await withToken(simulator).post("/exclusion/add", exclusion)).http).toBe(504);
    expect(simulator.organization("acme").exclusions()).toHaveLength(3);
  });

  it.each([
    ["before", 2],
    ["after", 3],
  ] as const)("a lost connection %s the effect", async (when, count) => {
    const simulator = await simulate();
    simulator.faults.add({ on: "addExclusion", do: { kind: "drop", when } });
    await expect(withToken(simulator).post("/exclusion/add", exclusion)).rejects.toThrow("fetch failed");
    expect(simulator.organization("acme").exclusions()).toHaveLength(count);
    expect(simulator.journal.entries()).toMatchObject([{ operation: "addExclusion", status: null }]);
  });

  it("half a reply", async () => {
    const simulator = await simulate();
    simulator.faults.add({ on: "addExclusion", do: { kind: "truncate" } });
    const headers = { "x-auth-token": simulator.organization("acme").token };
    const response = await fetch(`${simulator.url}/exclusion/add`, {
      method: "POST",
      headers,
      body: new URLSearchParams(exclusion),
    });
    expect(response.status).toBe(200);
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(200);
    await expect(response.text()).rejects.toThrow();
    expect(simulator.organization("acme").exclusions()).toHaveLength(3);
  });

  it("a page of some proxy", async () => {
    const simulator = await simulate();
    simulator.faults.add({ on: "ping", do: { kind: "html" } });
    simulator.faults.add({ on: "ping", do: { kind: "html", status: 200 } });
    const response = await fetch(`${simulator.url}/ping`);
    expect([response.status, response.headers.get("content-type")]).toEqual([502, "text/html"]);
    expect(await response.text()).toContain("<html>");
    expect((await fetch(`${simulator.url}/ping`)).status).toBe(200);
  });

  it("a delay", async () => {
    const simulator = await simulate();
    simulator.faults.add({ on: "ping", do: { kind: "delay", ms: 60 } });
    const started = performance.now();
    expect((await caller(simulator, {}).get("/ping")).http).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(50);
  });

  it("another reply", async () => {
    const simulator = await simulate();
    simulator.faults.add({
      on: "getOrg",
      do: { kind: "mutate", change: (body) => ({ ...body, data: { org: null } }) },
    });
    simulator.faults.add({
      on: "getOrg",
      do: {
        kind: "mutate",
        change: (body) => {
          body.data.org.name = "Other";
        },
      },
    });
    const api = withToken(simulator);
    expect((await api.get("/org/info")).data.org).toBeNull();
    expect((await api.get("/org/info")).data.org.name).toBe("Other");
  });
});
