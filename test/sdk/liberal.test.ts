import { type ClientEvent, ResponseShapeError } from "pulumi-anomify/sdk";
import { expect, test } from "vitest";
import { flagOf, numberOf, textOf } from "../../sdk/liberal/values.ts";
import { clientOf, errorOf, json, reply, serve } from "./server.ts";

test.each([
  [true, true],
  [1, true],
  ["1", true],
  ["TRUE", true],
  ["yes", true],
  [0, false],
  ["0", false],
  ["false", false],
  ["No", false],
  // Two readings, or none.
  [2, 2],
  ["on", "on"],
  ["", ""],
  [null, null],
])("the flag %j is %j", (sent, read) => {
  expect(flagOf(sent)).toBe(read);
});

test.each([
  ["wait_seconds", "300", 300],
  ["value", "-0.5", -0.5],
  ["created_timestamp", 1_768_230_060, 1_768_230_060],
  ["created_timestamp", "1768230060", 1_768_230_060],
  ["created_timestamp", 1_768_230_060_500, 1_768_230_060],
  ["created_timestamp", "2026-01-12T15:01:00Z", 1_768_230_060],
  ["created_timestamp", "2026-01-12T16:01:00.250+01:00", 1_768_230_060],
  // Without a zone, in words, not decimal: two readings, or none.
  ["created_timestamp", "2026-01-12T15:01:00", "2026-01-12T15:01:00"],
  ["wait_seconds", "2026-01-12T15:01:00Z", "2026-01-12T15:01:00Z"],
  ["wait_seconds", "5 minutes", "5 minutes"],
  ["wait_seconds", "1,500", "1,500"],
  ["wait_seconds", "0x10", "0x10"],
  ["wait_seconds", "", ""],
])("the number %s of %j is %j", (key, sent, read) => {
  expect(numberOf(sent, key)).toBe(read);
});

test("a number is a text only where it stands for an object", () => {
  expect(textOf(101, "ref")).toBe("101");
  expect(textOf(101, "id")).toBe("101");
  expect(textOf(101, "name")).toBe(101);
});

const channel = { id: "C1", name: "ops-alerts", private: false };
const channels = async (body: unknown) => (await clientOf(await serve(json(200, body))).org.channels()).data.channels;

test.each([
  ["as the contract says", { status: { code: 200 }, data: { channels: [channel] } }],
  ["code as a text", { status: { code: "200" }, data: { channels: [channel] } }],
  ["result in place of data", { status: { code: 200 }, result: { channels: [channel] } }],
  ["no status", { data: { channels: [channel] } }],
  ["no envelope", { channels: [channel] }],
  ["the list as data", { status: { code: 200 }, data: [channel] }],
  ["the list alone", [channel]],
  ["under another key", { data: { items: [channel], total: 1 } }],
  ["under result inside data", { data: { result: [channel] } }],
  ["a map by number", { data: { channels: { 0: channel } } }],
  ["a map by id", { data: { channels: { C1: channel } } }],
])("a list is read: %s", async (_, body) => {
  expect(await channels(body)).toEqual([channel]);
});

test.each([
  ["nothing", { status: { code: 200 }, data: {} }],
  ["an empty list that may be an empty object of PHP", { status: { code: 200 }, data: [] }],
  ["two lists", { data: { mine: [channel], others: [channel] } }],
  ["something else", { data: { items: [{ size: 1 }] } }],
])("a list is not guessed: %s", async (_, body) => {
  await expect(channels(body)).rejects.toBeInstanceOf(ResponseShapeError);
});

test("what is absent is none, unless it may have another name", async () => {
  const watcher = {
    id: "501",
    type: "anomaly",
    name: "CPU",
    chips: "cpu,prod",
    alert: "yes",
    expiration_seconds: "3600",
    deleted: 0,
    created_timestamp: 1,
    created_string: "",
    updated_timestamp: 1,
  };
  const recipients = [{ method: "email", ref: 101 }];
  const neighbour = { ...watcher, id: 502, alerts: recipients, summary_report_frequency: null, threshold: null };
  const server = await serve(
    reply({ watchers: [watcher, neighbour] }),
    reply({ watchers: [{ ...watcher, recipients }] }),
    reply({ watchers: [{ ...watcher, alerts: recipients }] }),
  );
  const client = clientOf(server);
  expect((await client.watchers.list()).data.watchers.slice(0, 1)).toEqual([
    {
      ...watcher,
      id: 501,
      chips: ["cpu", "prod"],
      alert: true,
      alerts: [],
      expiration_seconds: 3600,
      summary_report_frequency: null,
      threshold: null,
      deleted: false,
    },
  ]);
  const error = await errorOf(client.watchers.list());
  expect(error).toMatchObject({ name: "ResponseShapeError", at: "data.watchers[0].alerts" });
  const [named] = (await client.watchers.list()).data.watchers;
  expect(named?.alerts).toEqual([{ method: "email", ref: "101" }]);
});

test.each([
  [{ message: "Not on Sundays." }],
  [{ error: "Not on Sundays." }],
  [{ error: { message: "Not on Sundays." } }],
  [{ errors: ["Not on Sundays."] }],
  [{ errors: [{ message: "Not on Sundays." }] }],
  [{ status: { code: "400" }, result: { message: "Not on Sundays." } }],
])("the reason of a failure reaches the caller: %j", async (body) => {
  const error = await errorOf(clientOf(await serve(json(400, body))).org.channels());
  expect(error.message).toBe("Anomify refused to list channels (400: Not on Sundays). GET /org/channels");
});

test("a write that is answered by nothing has worked, where nothing needs to be said", async () => {
  const server = await serve((response) => response.writeHead(204).end());
  expect((await clientOf(server).exclusion.delete({ exclusion_id: 1 })).status).toEqual({ code: 204 });
});

test("what no object of a list has is not said, and may be there as none for all that is known", async () => {
  const exclusion = { id: 31, type: "no_learning", pattern: "a" };
  const server = await serve(
    reply({ exclusions: [exclusion] }),
    reply({ exclusions: [exclusion, { ...exclusion, id: 32, note: "Why." }] }),
  );
  const client = clientOf(server);
  expect((await client.exclusion.list()).data.exclusions).toEqual([exclusion]);
  expect((await client.exclusion.list()).data.exclusions.map(({ note }) => note)).toEqual([null, "Why."]);
});

test("each form that the contract does not have is shown to the observer, once", async () => {
  const exclusions = [31, 32].map((id) => ({ id: String(id), type: "no_learning", pattern: "a", note: "" }));
  const server = await serve(
    json(200, { result: { items: exclusions } }),
    reply({ exclusions: { 31: { ...exclusions[0], id: 31, note: null } } }),
  );
  const events: ClientEvent[] = [];
  const client = clientOf(server, { onEvent: (event) => events.push(event) });
  for (let count = 0; count < 3; count += 1) await client.exclusion.list();
  const readings = events.filter(({ type }) => type === "reading");
  expect(readings.map(({ operation, field, form }) => `${operation} ${field} ${form}`)).toEqual([
    "listExclusions status absent",
    "listExclusions data absent",
    "listExclusions data.exclusions absent",
    "listExclusions data.exclusions object",
  ]);
});

test("the forms of fields are shown by their place in the list", async () => {
  const user = { id: "101", name: "", email: "ana@example.com", phone_number: "", admin: "yes" };
  const server = await serve(reply({ users: [user, { ...user, id: 102, phone_number: null, admin: true }] }));
  const readings: string[] = [];
  const onEvent = ({ type, field, form }: ClientEvent) => {
    if (type === "reading") readings.push(`${field} ${form}`);
  };
  await clientOf(server, { onEvent }).org.users();
  expect(readings).toEqual(["data.users[].id text", "data.users[].phone_number empty text", "data.users[].admin text"]);
});
