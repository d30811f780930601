import type { ClientEvent } from "pulumi-anomify/sdk";
import { expect, test } from "vitest";
import { type Answer, clientOf, errorOf, failure, reply, serve } from "./server.ts";

const channels = { channels: [{ id: "C1", name: "ops", private: false }] };
const watcher = {
  id: 501,
  type: "anomaly",
  name: "CPU",
  chips: ["cpu"],
  alert: true,
  alerts: [],
  expiration_seconds: 3600,
  summary_report_frequency: null,
  threshold: null,
  deleted: false,
};

/** Takes one method alone; the others are refused in this way. */
const onlyBy =
  (method: string, refuse: Answer, data: object): Answer =>
  (response, request, count) =>
    (request.method === method ? reply(data) : refuse)(response, request, count);

const notAllowed =
  (allow: string): Answer =>
  (response, request, count) => {
    response.setHeader("allow", allow);
    failure(405, "This path does not accept that method.")(response, request, count);
  };
const noSuchPage: Answer = (response) =>
  response.writeHead(404, { "content-type": "text/html" }).end("<h1>Not found</h1>");

function observed() {
  const events: ClientEvent[] = [];
  const onEvent = (event: ClientEvent) => {
    if (event.type === "adaptation") events.push(event);
  };
  return { events, onEvent };
}

test.each([
  ["405 with Allow", notAllowed("POST")],
  ["405 without Allow", failure(405, "Method not allowed.")],
  ["404 of the service", failure(404, "No such path.")],
  ["404 of a page", noSuchPage],
])("a list that is refused by %s is asked for by POST, and from then on", async (_, refuse) => {
  const server = await serve(onlyBy("POST", refuse, channels));
  const { events, onEvent } = observed();
  const client = clientOf(server, { onEvent });
  expect((await client.org.channels()).data).toEqual(channels);
  expect((await client.org.channels()).data).toEqual(channels);
  expect(server.received.map(({ method }) => method)).toEqual(["GET", "POST", "POST"]);
  expect(events).toMatchObject([
    { operation: "listChannels", method: "GET", override: { listChannels: { method: "POST" } } },
  ]);
});

test("the parameters of a read that is sent by POST are in its form", async () => {
  const server = await serve(onlyBy("POST", notAllowed("POST"), { watchers: [watcher] }));
  await clientOf(server).watchers.list({ include_deleted: true });
  expect(server.received.map(({ query, form }) => [query, form])).toEqual([
    [{ include_deleted: "true" }, {}],
    [{}, { include_deleted: "true" }],
  ]);
});

test.each([
  ["a write that may be sent again", "update", 2],
  ["a create, of which nothing was done", "create", 2],
] as const)("%s is sent by PUT after a 405", async (_, call, requests) => {
  const server = await serve(onlyBy("PUT", notAllowed("PUT, OPTIONS"), { watcher }));
  const client = clientOf(server);
  const params = { name: "CPU", chips: ["cpu"] };
  await (call === "create" ? client.watcher.create(params) : client.watcher.update({ watcher_id: 501, ...params }));
  expect(server.received).toHaveLength(requests);
});

test.each([
  ["the object is not there", failure(404, "No such watcher."), "NotFoundError"],
  ["only other methods are allowed", notAllowed("DELETE"), "ApiError"],
  ["an earlier attempt may have worked", failure(500, "Oops."), "ServerError"],
])("a write is not sent by another method where %s", async (_, refuse, name) => {
  const server = await serve(refuse);
  const error = await errorOf(clientOf(server, { retries: 0 }).watcher.delete({ watcher_id: 501 }));
  expect(error.name).toBe(name);
  expect(server.received).toHaveLength(1);
});

test("a create whose first attempt may have worked is not sent by another method", async () => {
  const server = await serve((response) => response.destroy(), notAllowed("PUT"));
  await errorOf(clientOf(server).watcher.create({ name: "CPU", chips: ["cpu"] }));
  expect(server.received).toHaveLength(1);
});

test("where the other method is refused too, the first refusal is the caller's", async () => {
  const server = await serve(failure(404, "No such path."), failure(405, "Not that one either."));
  const error = await errorOf(clientOf(server).org.channels());
  expect(error.message).toContain("No such path");
  expect(server.received.map(({ method }) => method)).toEqual(["GET", "POST"]);
});

test("a path that is another call by the other method is not asked by it", async () => {
  const server = await serve(failure(405, "Method not allowed."));
  await errorOf(clientOf(server).org.adminAlerts());
  expect(server.received).toHaveLength(1);
});

const refusing =
  (parameter: string, data: object, body: object): Answer =>
  (response, request, count) => {
    if (request.query[parameter] === undefined) return reply(data)(response, request, count);
    response.writeHead(400, { "content-type": "application/json" });
    response.end(JSON.stringify({ status: { code: 400 }, data: body }));
  };

test.each([
  [{ message: "Bad request.", errors: { include_deleted: "Unknown parameter." } }],
  [{ message: "Unknown parameter: include_deleted." }],
  [{ message: "include_deleted is not supported" }],
])("an optional parameter that the service does not know is left out: %j", async (body) => {
  const server = await serve(refusing("include_deleted", { watchers: [watcher] }, body));
  const { events, onEvent } = observed();
  const client = clientOf(server, { onEvent });
  await client.watchers.list({ include_deleted: true });
  await client.watchers.list({ include_deleted: true });
  expect(server.received.map(({ query }) => Object.keys(query))).toEqual([["include_deleted"], [], []]);
  expect(events).toMatchObject([{ override: { listWatchers: { params: { include_deleted: null } } } }]);
});

test("what decides the question is never left out", async () => {
  const server = await serve(failure(400, "Unknown parameter: chips.", { errors: { chips: "Unknown parameter." } }));
  expect((await errorOf(clientOf(server).watchers.chips({ chips: ["cpu"] }))).name).toBe("BadRequestError");
  expect(server.received).toHaveLength(1);
});

test("a refused value is no unknown parameter, and a write is never sent without one", async () => {
  const server = await serve(
    failure(400, "include_deleted must be true or false."),
    failure(400, "Unknown parameter: slack_channel."),
  );
  const client = clientOf(server);
  expect((await errorOf(client.watchers.list({ include_deleted: true }))).name).toBe("BadRequestError");
  const params = { watcher_id: 501, slack_channel: "ops" };
  expect((await errorOf(client.watcher.update(params))).name).toBe("BadRequestError");
  expect(server.received).toHaveLength(2);
});

test("a listing whose page size is refused is read until a page is empty", async () => {
  const server = await serve((response, request, count) => {
    if (request.query.limit !== undefined) return failure(400, "Unknown parameter: limit.")(response, request, count);
    const offset = Number(request.query.offset);
    const metrics = [1, 2, 3, 4, 5].slice(offset, offset + 2).map((id) => ({ id, name: `m${id}` }));
    reply({ metrics, metrics_count: 5 })(response, request, count);
  });
  const ids: number[] = [];
  for await (const { id } of clientOf(server).metrics.iterate()) ids.push(id);
  expect(ids).toEqual([1, 2, 3, 4, 5]);
});

test("what was adapted can be set for good", async () => {
  const server = await serve(onlyBy("POST", notAllowed("POST"), { watchers: [watcher] }));
  const wire = { listWatchers: { method: "POST", params: { include_deleted: null } } } as const;
  await clientOf(server, { wire }).watchers.list({ include_deleted: true });
  expect(server.received.map(({ method, form }) => [method, form])).toEqual([["POST", {}]]);
});

test.each([
  [{ updateWatcher: { method: "GET" } }, "updateWatcher.method cannot be GET: it writes."],
  [{ listWatchers: { method: "DELETE" } }, "listWatchers.method must be GET, POST or PUT."],
  [
    { updateWatcher: { params: { slack_channel: null } } },
    "that is for parameters of reads that say how much is given",
  ],
  [{ testExclusion: { params: { pattern: null } } }, "that is for parameters of reads that say how much is given"],
  [{ "*": { method: "POST" } }, "*.method cannot be set: each operation has a method of its own."],
])("an override that would change what is asked is refused: %j", async (wire, reason) => {
  const server = await serve(reply({}));
  expect(() => clientOf(server, { wire: wire as never })).toThrow(reason);
});
