import { inspect } from "node:util";
import * as sdk from "pulumi-anomify/sdk";
import { expect, test } from "vitest";
import { clientOf, closedServer, cut, errorOf, failure, json, reply, serve } from "./server.ts";

test.each([
  [400, sdk.BadRequestError],
  [401, sdk.AuthenticationError],
  [403, sdk.PermissionError],
  [404, sdk.NotFoundError],
  [409, sdk.ApiError],
  [429, sdk.RateLimitError],
  [500, sdk.ServerError],
  [503, sdk.ServerError],
])("status %i has its class", async (status, Class) => {
  const server = await serve(failure(status, "because"));
  const error = await errorOf(clientOf(server, { retries: 0 }).org.info());
  expect(error.constructor).toBe(Class);
  expect(error).toBeInstanceOf(sdk.ApiError);
  expect(error).toBeInstanceOf(sdk.AnomifyError);
  expect(error).toMatchObject({
    httpStatus: status,
    code: status,
    operation: "getOrg",
    method: "GET",
    path: "/org/info",
    outcome: "refused",
  });
  const verb = status >= 500 ? "failed" : "refused";
  expect(error.message).toBe(`Anomify ${verb} to get org (${status}: because). GET /org/info`);
});

test("what each refused parameter lacks is reported, once", async () => {
  const errors = { expiration_time: "expiration_time is below the minimum", chips: ["too many", "too long"] };
  const server = await serve(failure(400, "expiration_time is below the minimum.", { errors }));
  const error = await errorOf(clientOf(server).watcher.update({ watcher_id: 101, expiration_time: 1 }));
  expect(error.message).toBe(
    'Anomify refused to update watcher (400: expiration_time is below the minimum; chips: ["too many","too long"]). ' +
      "POST /watcher/101/update",
  );
  expect(error).toMatchObject({
    path: "/watcher/{watcher_id}/update",
    errors: { expiration_time: "expiration_time is below the minimum", chips: '["too many","too long"]' },
  });
});

test.each([
  ["nothing", { status: { code: 400 } }],
  ["no message", { status: { code: 400 }, data: {} }],
  ["a message that is none", { status: { code: 400 }, data: { message: 7, errors: [] } }],
  ["a list", []],
])("a failure that says %s is still reported", async (_, body) => {
  const server = await serve(json(400, body));
  const error = await errorOf(clientOf(server).org.info());
  expect(error.message).toMatch(/^Anomify refused to get org \(400.*\)\. GET \/org\/info$/);
});

test("messages are one line of bounded length", async () => {
  const server = await serve(failure(400, `first\nsecond\t\u0007${"x".repeat(5000)}`));
  const error = await errorOf(clientOf(server).org.info());
  expect(error.message).toMatch(/^Anomify refused to get org \(400: first second x+…\)\. GET \/org\/info$/);
  expect(error.message.length).toBeLessThan(400);
});

test("a refused connection is reported, and nothing was sent", async () => {
  const nobody = await closedServer();
  const error = await errorOf(clientOf(nobody, { retries: 0 }).watcher.create({ chips: ["a"], name: "b" }));
  expect(error).toMatchObject({ name: "NetworkError", code: "ECONNREFUSED", outcome: "not-sent" });
  expect(error.message).toBe("Could not connect to Anomify to create watcher (ECONNREFUSED). POST /watcher/create");
});

test("a cut connection is reported, and a write may have taken effect", async () => {
  const server = await serve(cut);
  const client = clientOf(server, { retries: 0 });
  const write = await errorOf(client.watcher.create({ chips: ["a"], name: "b" }));
  expect(write).toMatchObject({ name: "NetworkError", outcome: "unknown" });
  expect(write.message).toMatch(
    /^The connection to Anomify broke when asked to create watcher \(\w+\)\. It may have taken effect\. POST \/watcher\/create$/,
  );
  expect(await errorOf(client.watchers.list())).toMatchObject({ name: "NetworkError", outcome: "refused" });
});

test("an attempt before that may have taken effect is not forgotten", async () => {
  const server = await serve(cut, failure(400, "name is taken"));
  const error = await errorOf(clientOf(server).watcher.update({ watcher_id: 1, name: "a" }));
  expect(error).toMatchObject({ name: "BadRequestError", outcome: "unknown" });
  expect(error.message).toBe(
    "Anomify refused to update watcher (400: name is taken) after 2 attempts. It may have taken effect. POST /watcher/1/update",
  );
});

test("the cause keeps its name, message and code, not the request", async () => {
  const server = await serve(cut);
  const error = await errorOf(clientOf(server, { retries: 0 }).watchers.list());
  expect(error.cause).toBeInstanceOf(Error);
  expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toMatch(
    /Request|Headers|organization-token/,
  );
});

test("an error prints its name and can become JSON", async () => {
  const server = await serve(failure(404, "No such watcher"));
  const error = await errorOf(clientOf(server).watcher.delete({ watcher_id: 5 }));
  expect(String(error)).toBe(`NotFoundError: ${error.message}`);
  expect(inspect(error)).toMatch(/^NotFoundError: Anomify refused/);
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: "NotFoundError",
    message: error.message,
    operation: "deleteWatcher",
    method: "POST",
    path: "/watcher/{watcher_id}/delete",
    outcome: "refused",
    httpStatus: 404,
    code: 404,
  });
});

test("what a custom fetch throws becomes a network error", async () => {
  const client = clientOf(
    { url: "http://127.0.0.1", received: [] },
    { retries: 0, fetch: () => Promise.reject(new Error("proxy says no to organization-token")) },
  );
  const error = await errorOf(client.watchers.list());
  expect(error).toMatchObject({ name: "NetworkError" });
  expect(error.message).toContain("proxy says no to [redacted]");
});

test("a success is no error", async () => {
  const server = await serve(reply({ ping: "pong" }));
  await expect(clientOf(server).ping.ping()).resolves.toMatchObject({ data: { ping: "pong" } });
});
