import { createClient, InvalidOptionsError } from "pulumi-anomify/sdk";
import { expect, test } from "vitest";
import { clientOf, errorOf, failure, page, reply, serve } from "./server.ts";

const none = { watchers: [] };

test("a token travels as X-Auth-Token", async () => {
  const server = await serve(reply(none));
  await clientOf(server, { token: "organization-token" }).watchers.list();
  expect(server.received[0]?.headers).toMatchObject({ "x-auth-token": "organization-token" });
  expect(server.received[0]?.headers).not.toHaveProperty("x-session-id");
});

test("a session travels as X-Session-Id", async () => {
  const server = await serve(reply(none));
  await clientOf(server, { sessionId: "session-of-ana" }).watchers.list();
  expect(server.received[0]?.headers).toMatchObject({ "x-session-id": "session-of-ana" });
  expect(server.received[0]?.headers).not.toHaveProperty("x-auth-token");
});

test("credentials are in no URL and no body", async () => {
  const server = await serve(failure(400));
  await errorOf(clientOf(server).watchers.chips({ chips: ["a"] }));
  await errorOf(clientOf(server).watcher.update({ watcher_id: 1, name: "a" }));
  for (const { path, query, body } of server.received) {
    expect(JSON.stringify([path, query, body])).not.toContain("organization-token");
  }
});

test("a call that needs no credential gets none", async () => {
  const server = await serve(reply({ ping: "pong" }));
  await clientOf(server).ping.ping();
  await createClient({ endpoint: server.url }).ping.ping();
  for (const { headers } of server.received) {
    expect(headers).not.toHaveProperty("x-auth-token");
    expect(headers).not.toHaveProperty("x-session-id");
  }
});

test("cookies are neither kept nor sent", async () => {
  const server = await serve((response, request, count) => {
    response.setHeader("set-cookie", ["session_id=abc; Path=/", "other=1"]);
    reply({ ping: "pong" })(response, request, count);
  });
  const client = clientOf(server);
  await client.ping.ping();
  await client.ping.ping();
  expect(server.received.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined]);
});

test("a session that comes with a reply is neither adopted nor shown", async () => {
  const server = await serve(reply(none, { session_id: "0123456789abcdef0123456789abcdef", language: "en-gb" }));
  const client = clientOf(server);
  const { status } = await client.watchers.list();
  await client.watchers.list();
  expect(status).toEqual({ code: 200, language: "en-gb" });
  expect(server.received[1]?.headers).not.toHaveProperty("x-session-id");
});

test("the session of a login is given to the caller", async () => {
  const session = { id: "0123456789abcdef0123456789abcdef" };
  const server = await serve(reply({ session, two_factor_required: true }));
  const client = createClient({ endpoint: server.url });
  const { data } = await client.login.login({ email: "ana@example.com", password: "correct horse" });
  expect(data.session.id).toBe(session.id);
  expect(server.received[0]?.form).toEqual({ email: "ana@example.com", password: "correct horse" });
});

test("a call without the credential it needs is not sent", async () => {
  const server = await serve(reply(none));
  const error = await errorOf(createClient({ endpoint: server.url }).watchers.list());
  expect(error).toBeInstanceOf(InvalidOptionsError);
  expect(error).toMatchObject({ outcome: "not-sent", operation: "listWatchers", path: "/watchers/list" });
  expect(error.message).toMatch(/token or sessionId/);
  expect(server.received).toEqual([]);
});

test("a call of a person is not sent with the token of the organization", async () => {
  const server = await serve(reply(none));
  const error = await errorOf(clientOf(server, { token: "organization-token" }).user.ping());
  expect(error).toBeInstanceOf(InvalidOptionsError);
  expect(error.message).toMatch(/session of a person/);
  expect(server.received).toEqual([]);
});

test("token and session are not given together", () => {
  expect(() => createClient({ token: "a", sessionId: "b" })).toThrow(/either token or sessionId/);
});

test.each([301, 302, 303, 307, 308])("a redirect (%i) is not followed", async (status) => {
  const other = await serve(reply(none));
  const server = await serve(
    page(status, "moved", { location: `${other.url}/watchers/list?token=organization-token` }),
  );
  const error = await errorOf(clientOf(server).watchers.list());
  expect(error).toMatchObject({ name: "ApiError", httpStatus: status, outcome: "refused" });
  expect(error.message).toContain(`a redirect to ${other.url} (${status})`);
  expect(error.message).not.toContain("organization-token");
  expect(other.received).toEqual([]);
  expect(server.received).toHaveLength(1);
});

test("after a redirect a write may have taken effect", async () => {
  const server = await serve(page(302, "moved"));
  expect(await errorOf(clientOf(server).watcher.delete({ watcher_id: 1 }))).toMatchObject({ outcome: "unknown" });
});

test("the request names its client and asks for JSON", async () => {
  const server = await serve(reply({ ping: "pong" }));
  await clientOf(server).ping.ping();
  await clientOf(server, { userAgent: "my-tool/1.0 (ops)" }).ping.ping();
  expect(server.received[0]?.headers).toMatchObject({ accept: "application/json" });
  expect(server.received[0]?.headers["user-agent"]).toMatch(/^pulumi-anomify\/\d+\.\d+\.\d+$/);
  expect(server.received[1]?.headers["user-agent"]).toBe("my-tool/1.0 (ops)");
});
