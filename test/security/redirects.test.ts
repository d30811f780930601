import type { AnomifyClient } from "pulumi-anomify/sdk";
import { describe, expect, test } from "vitest";
import { clientOf, errorOf, page, reply, serve } from "../sdk/server.ts";

const SESSION = "0123456789abcdef0123456789abcdef";
const TOKEN = "organization-token";

const calls: ReadonlyArray<[string, (client: AnomifyClient) => Promise<unknown>]> = [
  ["GET", (client) => client.watchers.list()],
  ["POST", (client) => client.watcher.create({ name: "CPU", chips: ["cpu"], alert: false })],
  [
    "POST of a password",
    (client) => client.login.login({ email: "ana@example.com", password: "correct horse battery" }),
  ],
];

describe.each(calls)("a redirect of a %s", (_, call) => {
  test.each([300, 301, 302, 303, 305, 307, 308])("with status %i is an error, wherever it leads", async (status) => {
    const other = await serve(reply({ watchers: [] }));
    const { port } = new URL(other.url);
    const targets = [
      // Another origin, by its port and by its host.
      `${other.url}/watchers/list`,
      `http://localhost:${port}/watchers/list`,
      // Without a scheme, and one that is no server at all.
      `//127.0.0.1:${port}/watchers/list`,
      "data:application/json,{}",
      // The same origin: not followed either, since a proxy may send every path to its login page.
      "/elsewhere",
      "?again",
    ];
    // One server for all: each target is met with a token, then with a session.
    const server = await serve((response, request, count) => {
      const location = targets[Math.floor((count - 1) / 2)] ?? "";
      page(status, "moved", { location, refresh: `0; url=${location}` })(response, request, count);
    });
    for (const location of targets) {
      for (const credential of [{ token: TOKEN }, { sessionId: SESSION }]) {
        const before = server.received.length;
        const error = await errorOf(call(clientOf(server, credential)));
        expect(error, location).toMatchObject({ name: "ApiError", httpStatus: status });
        expect(error.message).toContain("redirects are not followed, check the endpoint");
        expect(server.received, location).toHaveLength(before + 1);
      }
    }
    expect(other.received).toEqual([]);
  });
});

test("a proxy that answers for the service gets the one request, and its page is not taken for a reply", async () => {
  const server = await serve(page(200, `<meta http-equiv="refresh" content="0; url=https://example.com">`));
  const error = await errorOf(clientOf(server).watchers.list());
  expect(error.message).toContain("not JSON");
  expect(server.received).toHaveLength(1);
});

test("credentials go to the host of the endpoint alone, not to what stands behind an @", async () => {
  const server = await serve(reply({ watchers: [] }));
  const { host } = new URL(server.url);
  expect(() => clientOf({ ...server, url: `https://api.anomify.ai@${host}` })).toThrow("must not contain a user name");
  expect(() => clientOf({ ...server, url: `https://api.anomify.ai:443@${host}` })).toThrow(
    "must not contain a user name",
  );
  expect(server.received).toEqual([]);
});
