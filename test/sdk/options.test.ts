import { readFileSync } from "node:fs";
import { type ClientOptions, createClient, InvalidOptionsError, version } from "pulumi-anomify/sdk";
import { expect, test } from "vitest";
import { reply, serve } from "./server.ts";

test("the version is that of the package", () => {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  expect(version).toBe(JSON.parse(text).version);
});

test.each([
  "https://api.anomify.ai",
  "https://api.anomify.ai/",
  "https://gateway.example.com/anomify/v1/",
  "http://localhost:8080",
  "http://127.0.0.1:1",
  "http://127.1.2.3:8080",
  "http://[::1]:8080",
  "http://127.1:8080",
  "http://0x7f000001:8080",
])("%s is an endpoint", (endpoint) => {
  expect(() => createClient({ endpoint })).not.toThrow();
});

test.each([
  ["api.anomify.ai", /absolute URL/],
  ["ftp://api.anomify.ai", /https/],
  ["http://api.anomify.ai", /allowInsecureEndpoint/],
  ["http://localhost.example.com", /allowInsecureEndpoint/],
  ["http://127.example.com", /allowInsecureEndpoint/],
  ["http://127.0.0.1.nip.io", /allowInsecureEndpoint/],
  ["http://api.localhost", /allowInsecureEndpoint/],
  ["http://0.0.0.0:8080", /allowInsecureEndpoint/],
  ["http://[::ffff:7f00:1]:8080", /allowInsecureEndpoint/],
  ["http://localhost@anomify.example", /user name or password/],
  ["http://ana:secret@127.0.0.1", /user name or password/],
  ["https://ana:secret@api.anomify.ai", /user name or password/],
  ["https://api.anomify.ai/?token=secret", /query/],
  ["https://api.anomify.ai/#secret", /fragment/],
])("%s is no endpoint", (endpoint, reason) => {
  const attempt = () => createClient({ endpoint });
  expect(attempt).toThrow(InvalidOptionsError);
  expect(attempt).toThrow(reason);
  expect(attempt).not.toThrow(/secret/);
});

test("an insecure endpoint can be permitted", () => {
  expect(() => createClient({ endpoint: "http://anomify.internal", allowInsecureEndpoint: true })).not.toThrow();
});

test.each(["", "/", "//"])("the path of an endpoint is kept, with %j at its end", async (end) => {
  const server = await serve(reply({ ping: "pong" }));
  await createClient({ endpoint: `${server.url}/anomify/v1${end}` }).ping.ping();
  expect(server.received[0]?.path).toBe("/anomify/v1/ping");
});

const bad: ReadonlyArray<[ClientOptions, RegExp]> = [
  [{ timeout: 0 }, /timeout/],
  [{ timeout: 1.5 }, /timeout/],
  [{ deadline: Number.POSITIVE_INFINITY }, /deadline/],
  [{ deadline: 2 ** 31 }, /deadline/],
  [{ retries: -1 }, /retries/],
  [{ retryDelay: Number.NaN }, /retryDelay/],
  [{ maxRetryDelay: -1 }, /maxRetryDelay/],
  [{ concurrency: 0 }, /concurrency/],
  [{ requestsPerSecond: 0 }, /requestsPerSecond/],
  [{ requestsPerSecond: 0.5 }, /requestsPerSecond/],
  [{ maxReplyBytes: 0 }, /maxReplyBytes/],
  [{ token: "" }, /token/],
  [{ token: "with space" }, /token/],
  [{ token: "line\nbreak" }, /token/],
  [{ sessionId: "é" }, /sessionId/],
  [{ userAgent: "a\r\nx-evil: 1" }, /userAgent/],
];

test.each(bad)("%j is refused", (options, reason) => {
  expect(() => createClient(options)).toThrow(reason);
});

test("the deadline of a call is checked before anything is sent", async () => {
  const server = await serve(reply({ ping: "pong" }));
  const call = createClient({ endpoint: server.url }).ping.ping({ deadline: 0 });
  await expect(call).rejects.toThrow(/deadline must be a whole number from 1/);
  expect(server.received).toEqual([]);
});

test("another fetch may send the requests", async () => {
  const seen: string[] = [];
  const client = createClient({
    token: "organization-token",
    fetch: async (input) => {
      const request = input as Request;
      seen.push(`${request.method} ${request.url} ${request.redirect} ${request.credentials}`);
      return Response.json({ status: { code: 200 }, data: { ping: "pong" } });
    },
  });
  expect((await client.ping.ping()).data.ping).toBe("pong");
  expect(seen).toEqual(["GET https://api.anomify.ai/ping manual omit"]);
});
