import { NotFoundError, ResponseShapeError } from "pulumi-anomify/sdk";
import { expect, test } from "vitest";
import { clientOf, errorOf, failure, json, page, reply, serve } from "./server.ts";

const channel = { id: "C1", name: "ops-alerts", private: false };
const user = {
  id: 101,
  org_id: 1,
  name: "",
  email: "ana@example.com",
  phone_number: null,
  slack_member_id: null,
  demo: false,
  admin: true,
};

test("a reply is data and status, as sent", async () => {
  const status = { created_timestamp: 1_768_230_060, oldest_cached_component_age: 3576, api_host: "api-1", later: [1] };
  const server = await serve(reply({ channels: [channel] }, status));
  expect(await clientOf(server).org.channels()).toEqual({
    data: { channels: [channel] },
    status: { code: 200, ...status },
  });
});

test("JSON is recognized by its content", async () => {
  const server = await serve(page(200, JSON.stringify({ status: { code: 200 }, data: { channels: [] } })));
  expect((await clientOf(server).org.channels()).data.channels).toEqual([]);
});

test("a failure in status.code counts although HTTP says 200", async () => {
  const server = await serve(json(200, { status: { code: 404 }, data: { message: "No such watcher." } }));
  const error = await errorOf(clientOf(server).watcher.delete({ watcher_id: 9 }));
  expect(error).toBeInstanceOf(NotFoundError);
  expect(error).toMatchObject({ httpStatus: 200, code: 404, outcome: "refused" });
  expect(error.message).toBe("Anomify refused to delete watcher (404: No such watcher). POST /watcher/9/delete");
});

test("a failure in the HTTP status counts although status.code says 200", async () => {
  const server = await serve(json(403, { status: { code: 200 }, data: { message: "Admins only" } }));
  expect(await errorOf(clientOf(server).org.channels())).toMatchObject({
    name: "PermissionError",
    httpStatus: 403,
    code: 200,
  });
});

test.each([0, 1001, 302])("a strange status.code (%i) is no success", async (code) => {
  const server = await serve(json(200, { status: { code }, data: { channels: [] } }));
  expect(await errorOf(clientOf(server).org.channels())).toMatchObject({
    name: "ApiError",
    httpStatus: 200,
    code,
  });
});

test("unknown words and keys are taken as they are", async () => {
  const target = { method: "carrier_pigeon", ref: "7", coop: "north" };
  const alert = { id: 3, name: "Quota", wait_seconds: 300, enabled: true, alerts: [target] };
  const server = await serve(reply({ admin_alerts: [alert] }));
  expect((await clientOf(server).org.adminAlerts()).data.admin_alerts).toEqual([alert]);
});

test("an optional item that is not what the contract says is left out", async () => {
  const server = await serve(reply({ users: [{ ...user, notifications: "none", org: null }] }));
  const { data } = await clientOf(server).org.users();
  expect(data.users[0]).toEqual({ ...user, notifications: undefined, org: undefined });
});

test("a needed item that is missing is reported with its place and how sure the contract is of it", async () => {
  const { name: _, ...rest } = channel;
  const server = await serve(reply({ channels: [channel, rest] }));
  const error = await errorOf(clientOf(server).org.channels());
  expect(error).toBeInstanceOf(ResponseShapeError);
  expect(error).toMatchObject({
    at: "data.channels[1].name",
    evidence: "assumed",
    outcome: "refused",
    operation: "listChannels",
    method: "GET",
    path: "/org/channels",
  });
  expect(error.message).toBe(
    "The reply to list channels (listChannels) cannot be used: data.channels[1].name is missing. " +
      "That item is assumed: the contract of this client may differ from the API. Run `anomify doctor --suggest` to compare the " +
      "service with what this release assumes; the client option wire (in Pulumi: anomify:wire) can map the name. GET /org/channels",
  );
});

test("a needed item of the wrong type is decided without its value", async () => {
  const server = await serve(reply({ users: [{ ...user, email: 4242 }] }));
  const error = await errorOf(clientOf(server).org.users());
  expect(error).toMatchObject({ at: "data.users[0].email", evidence: "documented" });
  expect(error.message).toContain("data.users[0].email: expected string, received number");
  expect(error.message).not.toContain("4242");
});

test("the mark of an item is that of the place where it is missing", async () => {
  const server = await serve(reply({}), reply({ user: {} }), reply({ ping: 1 }));
  const client = clientOf(server);
  expect(await errorOf(client.user.info({ user_id: 1 }))).toMatchObject({ at: "data.user", evidence: "assumed" });
  expect(await errorOf(client.user.info({ user_id: 1 }))).toMatchObject({ at: "data.user.id", evidence: "documented" });
  expect(await errorOf(client.ping.ping())).toMatchObject({ at: "data.ping", evidence: "inferred" });
});

test("a write whose reply cannot be read may have taken effect", async () => {
  const server = await serve(reply({}));
  expect(await errorOf(clientOf(server).watcher.undelete({ watcher_id: 1 }))).toMatchObject({
    name: "ResponseShapeError",
    outcome: "unknown",
  });
});

test("a reply without a status has that of HTTP", async () => {
  const server = await serve(json(200, { data: { channels: [channel] } }));
  expect(await clientOf(server).org.channels()).toEqual({ data: { channels: [channel] }, status: { code: 200 } });
});

test("a page in place of a reply is known by its type and its first words", async () => {
  const html = "<!doctype html><style>b{}</style><title>Sign in</title>\n<p>Please <b>sign in</b> to the gateway</p>";
  const server = await serve(page(200, html));
  const error = await errorOf(clientOf(server).org.channels());
  expect(error).toMatchObject({ name: "ResponseShapeError", at: "" });
  expect(error.message).toContain(
    'expected a JSON object, got not JSON but text/html: "Sign in Please sign in to the gateway", with HTTP status 200',
  );
});

test("an empty body is reported", async () => {
  const server = await serve((response) => response.writeHead(204).end());
  const error = await errorOf(clientOf(server).org.channels());
  expect(error.message).toContain("expected a JSON object, got an empty body, with HTTP status 204");
});

test("a page with a failure status is known by its type and its first words", async () => {
  const server = await serve(page(502, "<h1>502 Bad Gateway</h1><hr>nginx"));
  const error = await errorOf(clientOf(server, { retries: 0 }).org.channels());
  expect(error).toMatchObject({ name: "ServerError", httpStatus: 502, code: 502 });
  expect(error.message).toBe(
    'Anomify failed to list channels (502: not JSON but text/html: "502 Bad Gateway nginx"). GET /org/channels',
  );
});

test("a 404 page does not pass for a missing object", async () => {
  const server = await serve(page(404, "<h1>Not Found</h1>"));
  const error = await errorOf(clientOf(server).watcher.delete({ watcher_id: 1 }));
  expect(error).toMatchObject({ name: "ApiError", httpStatus: 404 });
  expect(error).not.toBeInstanceOf(NotFoundError);
});

test("a failed picture is reported in the API's words", async () => {
  const server = await serve(failure(404, "No such anomaly"));
  const error = await errorOf(clientOf(server).image.anomaly({ anomaly_id: 1 }));
  expect(error.message).toBe("Anomify refused to get anomaly image (404: No such anomaly). GET /image/anomaly");
});

test("a picture that is none is reported", async () => {
  const server = await serve(page(200, "<p>Sign in</p>"));
  const error = await errorOf(clientOf(server).image.anomaly({ anomaly_id: 1 }));
  expect(error.message).toContain('expected an image, got not JSON but text/html: "Sign in"');
});

test("a script comes as text", async () => {
  const script = "send('é');";
  const server = await serve((response) =>
    response.writeHead(200, { "content-type": "application/javascript" }).end(script),
  );
  expect(await clientOf(server).js.eventSender()).toEqual({ data: script, status: { code: 200 } });
});

test("the vendor's contract comes with or without an envelope", async () => {
  const document = { openapi: "3.0.0", paths: {} };
  const server = await serve(json(200, document), reply(document), json(200, { status: { code: 403 }, data: {} }));
  const client = clientOf(server);
  expect(await client.doc.openapi()).toEqual({ data: document, status: { code: 200 } });
  expect(await client.doc.openapi()).toEqual({ data: document, status: { code: 200 } });
  expect(await errorOf(client.doc.openapi())).toMatchObject({ name: "PermissionError" });
});
