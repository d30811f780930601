import { type ClientEvent, type ClientOptions, RateLimitError } from "pulumi-anomify/sdk";
import { describe, expect, test } from "vitest";
import { newCallState } from "../../sdk/call-state.ts";
import { ConnectionFailed, networkCode, wasNeverSent } from "../../sdk/connection-failure.ts";
import type { CallClass } from "../../sdk/endpoint.ts";
import { backOff, decideRetry, retryAfterMs } from "../../sdk/retry.ts";
import {
  type Answer,
  clientOf,
  closedServer,
  cut,
  cutHalfway,
  errorOf,
  failure,
  json,
  reply,
  serve,
  silence,
} from "./server.ts";

const watcher = {
  id: 1,
  type: "anomaly",
  name: "a",
  chips: ["a"],
  alert: false,
  alerts: [],
  expiration_seconds: 3600,
  summary_report_frequency: null,
  threshold: null,
  deleted: false,
  created_timestamp: 1,
  created_string: "",
  updated_timestamp: 1,
};
const good = reply({ watcher, watchers: [watcher], message: "ok" });

type Client = ReturnType<typeof clientOf>;
const calls = {
  safe: (client: Client) => client.watchers.list(),
  idempotent: (client: Client) => client.watcher.update({ watcher_id: 1, name: "a" }),
  "non-idempotent": (client: Client) => client.watcher.create({ chips: ["a"], name: "a" }),
};

/** How often a call of a class is sent when the first answer is `first` and the next one good. */
async function attempts(call: CallClass, first: Answer): Promise<number> {
  const server = await serve(first, good);
  await calls[call](clientOf(server)).catch(() => undefined);
  return server.received.length;
}

describe("what is tried again", () => {
  test.each<[name: string, Answer, safe: number, idempotent: number, nonIdempotent: number]>([
    ["400", failure(400), 1, 1, 1],
    ["401", failure(401), 1, 1, 1],
    // The path of a list may take another method.
    ["404", failure(404), 2, 1, 1],
    ["408", failure(408), 1, 1, 1],
    ["429", failure(429), 2, 2, 2],
    ["429 in status.code", json(200, { status: { code: 429 }, data: {} }), 2, 2, 2],
    ["500", failure(500), 2, 2, 1],
    ["501", failure(501), 1, 1, 1],
    ["502", failure(502), 2, 2, 1],
    ["503", failure(503), 2, 2, 1],
    ["503 in status.code", json(200, { status: { code: 503 }, data: {} }), 2, 2, 1],
    ["504", failure(504), 2, 2, 1],
    ["a cut connection", cut, 2, 2, 1],
    ["a connection cut halfway", cutHalfway, 2, 2, 1],
    ["a reply of another shape", reply({}), 1, 1, 1],
  ])("%s", async (_, first, safe, idempotent, nonIdempotent) => {
    expect(await attempts("safe", first)).toBe(safe);
    expect(await attempts("idempotent", first)).toBe(idempotent);
    expect(await attempts("non-idempotent", first)).toBe(nonIdempotent);
  });

  // Counted where they are sent: a busy machine may not get a request to its server before the client gives up.
  test.each<[CallClass, number]>([
    ["safe", 2],
    ["idempotent", 2],
    ["non-idempotent", 1],
  ])("silence (%s)", async (call, times) => {
    const events: ClientEvent[] = [];
    const onEvent = (event: ClientEvent) => events.push(event);
    const server = await serve(silence);
    const error = await errorOf(calls[call](clientOf(server, { timeout: 100, retries: 1, onEvent })));
    expect(error).toMatchObject({ name: "TimeoutError" });
    expect(events.filter(({ type }) => type === "request")).toHaveLength(times);
  });

  test.each(["safe", "idempotent", "non-idempotent"] as const)("a refused connection (%s)", async (call) => {
    const events: ClientEvent[] = [];
    const client = clientOf(await closedServer(), { retries: 2, onEvent: (event) => events.push(event) });
    const error = await errorOf(calls[call](client));
    expect(events.filter(({ type }) => type === "request")).toHaveLength(3);
    expect(error).toMatchObject({ name: "NetworkError", outcome: "not-sent" });
  });
});

test("a retry sends the same request again", async () => {
  const server = await serve(failure(503), cut, good);
  await clientOf(server).watcher.update({ watcher_id: 1, name: "Zürich & co", slack_channel: null });
  const [first, ...others] = server.received;
  expect(others).toHaveLength(2);
  for (const { method, path, headers, body } of others) {
    expect({ method, path, headers, body }).toEqual({ ...first, query: undefined, form: undefined });
  }
});

test("the number of retries is bounded, and reported", async () => {
  const server = await serve(failure(503, "busy"));
  const error = await errorOf(clientOf(server, { retries: 2 }).watchers.list());
  expect(server.received).toHaveLength(3);
  expect(error.message).toBe("Anomify failed to list watchers (503: busy) after 3 attempts. GET /watchers/list");
});

test("no retries are no retries", async () => {
  const server = await serve(failure(503));
  await errorOf(clientOf(server, { retries: 0 }).watchers.list());
  expect(server.received).toHaveLength(1);
});

/** So long a back-off that a call succeeds only when the wait is the server's. */
const never: ClientOptions = { retryDelay: 2_000_000_000, maxRetryDelay: 2_000_000_000 };

test.each([
  ["seconds", "0"],
  ["a date", "Mon, 12 Jan 2026 15:01:00 GMT"],
])("Retry-After in %s replaces the back-off", async (_, value) => {
  const headers = { "retry-after": value };
  for (const status of [429, 503]) {
    const server = await serve(failure(status, "busy", { headers }), good);
    await clientOf(server, never).watchers.list();
    expect(server.received).toHaveLength(2);
  }
});

test.each([
  ["seconds", "3600"],
  ["a date", new Date(Date.now() + 3_600_000).toUTCString()],
])("a Retry-After behind the deadline, in %s, fails at once", async (_, value) => {
  const server = await serve(failure(429, "slow down", { headers: { "retry-after": value } }), good);
  const error = await errorOf(clientOf(server, { deadline: 60_000 }).watchers.list());
  expect(error).toBeInstanceOf(RateLimitError);
  expect(error).toMatchObject({ retryAfter: expect.closeTo(3600, -1) });
  expect(error.message).toMatch(
    /^Anomify refused to list watchers \(429: slow down; it asks to wait 3\d{3}(\.\d)? s, and only \d+(\.\d)? s are left until the deadline\)\. GET \/watchers\/list$/,
  );
  expect(server.received).toHaveLength(1);
});

test("other wait headers do not make a call wait", async () => {
  const headers = { "ratelimit-reset": "3600", "x-ratelimit-reset": "3600" };
  const server = await serve(failure(429, "slow down", { headers }), good);
  await clientOf(server).watchers.list();
  expect(server.received).toHaveLength(2);
});

test("an observer sees attempts, replies and retries", async () => {
  const events: ClientEvent[] = [];
  const server = await serve(failure(503), cut, good);
  await clientOf(server, { onEvent: (event) => events.push(event) }).watcher.update({
    watcher_id: 7,
    name: "secret name",
  });
  const common = { operation: "updateWatcher", method: "POST", path: "/watcher/{watcher_id}/update" };
  expect(events).toEqual([
    { type: "request", attempt: 1, ...common },
    { type: "reply", attempt: 1, status: 503, ...common },
    { type: "retry", attempt: 1, reason: "503", ...common },
    { type: "request", attempt: 2, ...common },
    { type: "retry", attempt: 2, reason: expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET)$/), ...common },
    { type: "request", attempt: 3, ...common },
    { type: "reply", attempt: 3, status: 200, ...common },
  ]);
});

test("an observer that throws changes nothing", async () => {
  const server = await serve(good);
  const onEvent = () => {
    throw new Error("observer");
  };
  expect((await clientOf(server, { onEvent }).watchers.list()).data.watchers).toHaveLength(1);
});

test("the back-off doubles up to its cap", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 60].map((count) => backOff({ retryDelay: 300, maxRetryDelay: 10_000 }, count))).toEqual([
    300, 600, 1200, 2400, 4800, 9600, 10_000, 10_000,
  ]);
});

test("Retry-After is read as RFC 9110 writes it", () => {
  const now = Date.parse("2026-01-12T15:00:00Z");
  expect(retryAfterMs("120", now)).toBe(120_000);
  expect(retryAfterMs("Mon, 12 Jan 2026 15:02:00 GMT", now)).toBe(120_000);
  expect(retryAfterMs("Mon, 12 Jan 2026 14:00:00 GMT", now)).toBe(0);
  for (const other of [null, "", "soon", "1.5", "-1", "2026-01-12T15:02:00Z"]) {
    expect(retryAfterMs(other, now)).toBeUndefined();
  }
});

test("a failed connection is known by the code in its causes", () => {
  const refused = Object.assign(new AggregateError([new Error("v6"), new Error("v4")]), { code: "ECONNREFUSED" });
  expect(networkCode(new TypeError("fetch failed", { cause: refused }))).toBe("ECONNREFUSED");
  const each = new AggregateError([Object.assign(new Error("v6"), { code: "EHOSTUNREACH" })]);
  expect(networkCode(new TypeError("fetch failed", { cause: each }))).toBe("EHOSTUNREACH");
  expect(networkCode(new DOMException("aborted", "AbortError"))).toBeUndefined();
  expect(networkCode("no error")).toBeUndefined();
});

/** Whether a connection that failed with a code is tried again. */
function retries(call: CallClass, code: string | undefined): boolean {
  const error = new ConnectionFailed("The connection failed.", { cause: Object.assign(new Error("broken"), { code }) });
  const { signal } = new AbortController();
  const endsAt = Number.POSITIVE_INFINITY;
  return decideRetry({ call, state: newCallState(), signal, endsAt, error, timedOut: false }).retry;
}

test.each([
  ["ENOTFOUND", true, true],
  ["EAI_AGAIN", true, true],
  ["UND_ERR_CONNECT_TIMEOUT", true, true],
  ["ECONNRESET", false, false],
  ["UND_ERR_SOCKET", false, false],
  ["CERT_HAS_EXPIRED", true, false],
  ["SELF_SIGNED_CERT_IN_CHAIN", true, false],
  ["ERR_TLS_CERT_ALTNAME_INVALID", true, false],
  [undefined, false, false],
])("%s: never sent %s, sent once again %s", (code, neverSent, again) => {
  expect(wasNeverSent(code)).toBe(neverSent);
  expect(retries("non-idempotent", code)).toBe(again);
});

test("a certificate that is not trusted is not tried again", () => {
  expect(retries("safe", "CERT_HAS_EXPIRED")).toBe(false);
  expect(retries("safe", "ECONNRESET")).toBe(true);
});
