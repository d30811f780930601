import fc from "fast-check";
import { checkWireOverrides, createClient, InvalidOptionsError, type WireOverrides } from "pulumi-anomify/sdk";
import { expect, test } from "vitest";
import { clientOf, errorOf, failure, json, page, reply, serve } from "./server.ts";

const channel = { id: "C1", name: "ops-alerts", private: false };

test("a parameter is sent under its real name, in a form and in a query", async () => {
  const wire = {
    updateOrg: { params: { mute_minutes: "mute" } },
    listChips: { params: { metrics_limit: "sample", chips: "filters" } },
  };
  const server = await serve(reply({ org: { id: 1, name: "Acme", timezone: "UTC" } }), reply({}));
  const client = clientOf(server, { wire });
  await client.org.update({ name: "Acme", mute_minutes: 5 });
  await errorOf(client.watchers.chips({ chips: ["cpu"], metrics_limit: 3 }));
  expect(server.received[0]?.form).toEqual({ name: "Acme", mute: "5" });
  expect(server.received[1]?.query).toEqual({ filters: "cpu", sample: "3" });
});

test("a reply is read under its real keys, also inside what is mapped itself; the real one wins", async () => {
  const wire = { listChannels: { reply: { channels: "items", "channels[].private": "is_private" } } };
  const { private: _, ...rest } = channel;
  const sent = { items: [{ ...rest, is_private: true }, { ...channel, is_private: true }, channel], channels: 7 };
  const server = await serve(reply(sent));
  const { data } = await clientOf(server, { wire }).org.channels();
  expect(data).toEqual({ channels: [{ ...channel, private: true }, { ...channel, private: true }, channel] });
});

test("names can be swapped", async () => {
  const wire = { listChannels: { reply: { "channels[].id": "name", "channels[].name": "id" } } };
  const server = await serve(reply({ channels: [{ id: "ops", name: "C1", private: false }] }));
  const { data } = await clientOf(server, { wire }).org.channels();
  expect(data.channels[0]).toEqual({ id: "C1", name: "ops", private: false });
});

test("an operation can have another path, with its parameters in place", async () => {
  const wire = { deleteWatcher: { path: "/v2/watcher/{watcher_id}/remove" } };
  const server = await serve(failure(403));
  const error = await errorOf(clientOf(server, { wire }).watcher.delete({ watcher_id: 7 }));
  expect(server.received[0]?.path).toBe("/v2/watcher/7/remove");
  expect(error).toMatchObject({ path: "/v2/watcher/{watcher_id}/remove" });
});

test("* stands for all operations that have the item, where it is not documented; an operation goes before", async () => {
  const wire = {
    "*": { params: { slack_channel: "channel" }, reply: { "channels[].private": "is_private" } },
    updateWatcher: { params: { slack_channel: "room" } },
  };
  const server = await serve(failure(403), failure(403), reply({ channels: [{ ...channel, is_private: true }] }));
  const client = clientOf(server, { wire });
  await errorOf(client.watcher.create({ chips: ["a"], name: "b", slack_channel: "ops" }));
  await errorOf(client.watcher.update({ watcher_id: 1, slack_channel: "ops" }));
  expect(server.received.map(({ form }) => form)).toEqual([{ chips: "a", name: "b", channel: "ops" }, { room: "ops" }]);
  expect((await client.org.channels()).data.channels[0]?.private).toBe(true);
});

test("an iterator reads pages under real names", async () => {
  const wire = { listQuotaMetrics: { params: { limit: "size", offset: "from" }, reply: { metrics: "names" } } };
  const rest = { metrics_quota: 9, metrics_count: 3 };
  const server = await serve(reply({ ...rest, names: ["a", "b"] }), reply({ ...rest, names: ["c"] }));
  const metrics: string[] = [];
  for await (const metric of clientOf(server, { wire }).org.iterateQuotaMetrics({ limit: 2 })) metrics.push(metric);
  expect(metrics).toEqual(["a", "b", "c"]);
  expect(server.received.map(({ query }) => query)).toEqual([
    { size: "2", from: "0" },
    { size: "2", from: "2" },
  ]);
});

test("a secret stays one under its real name, and a refused parameter has our name", async () => {
  const wire = { createWatcher: { params: { ms_teams_webhook: "teams_url" } } };
  const webhook = "https://example.com/hook/s3cret";
  const server = await serve(failure(400, `bad ${webhook}`, { errors: { teams_url: "unknown" } }));
  const call = clientOf(server, { wire }).watcher.create({ chips: ["a"], name: "b", ms_teams_webhook: webhook });
  const error = await errorOf(call);
  expect(error).toMatchObject({ errors: { ms_teams_webhook: "unknown" } });
  expect(error.message).not.toMatch(/s3cret|doctor/);
});

test("a reply with a key __proto__ changes no prototype", async () => {
  const wire = { listChannels: { reply: { "channels[].private": "is_private" } } };
  const text =
    '{"status":{"code":200},"data":{"channels":[{"id":"C1","name":"a","is_private":true,"__proto__":{"x":1}}]}}';
  const server = await serve(page(200, text));
  const { data } = await clientOf(server, { wire }).org.channels();
  expect(data.channels[0]?.private).toBe(true);
  expect(Reflect.get(data.channels[0] ?? {}, "x")).toBeUndefined();
});

const mistakes: ReadonlyArray<[what: string, wire: unknown, message: string]> = [
  ["no object", [], "It must be an object of operations."],
  ["null", null, "It must be an object of operations."],
  ["an unknown operation", { createWatchr: {} }, '"createWatchr" is not an operation. Did you mean "createWatcher"'],
  ["an operation named __proto__", JSON.parse('{"__proto__":{}}'), '"__proto__" is not an operation.'],
  ["an inherited operation", { constructor: {} }, '"constructor" is not an operation.'],
  ["no object per operation", { getOrg: "x" }, "getOrg must be an object with path, method, params or reply."],
  [
    "an unknown part",
    { getOrg: { param: {} } },
    'getOrg: "param" is none of path, method, params and reply. Did you mean "params"',
  ],
  ["no object of names", { getOrg: { reply: ["a"] } }, "getOrg.reply must be an object"],
  ["a name that is no text", { updateOrg: { params: { name: 7 } } }, 'the real name of "name" must be a text.'],
  ["an empty name", { updateOrg: { params: { name: "" } } }, 'the real name of "name" must not be empty.'],
  [
    "a name __proto__",
    { updateOrg: { params: { name: "__proto__" } } },
    'the real name of "name" must not be __proto__.',
  ],
  ["a name with a space", { updateOrg: { params: { name: "a b" } } }, "must be 1 to 100 visible ASCII characters."],
  ["a path as a key", { listUsers: { reply: { users: "a.b" } } }, "must be the key alone, not a path."],
  [
    "an unknown parameter",
    { createWatcher: { params: { slack_chanel: "x" } } },
    'createWatcher.params: "slack_chanel" is not a parameter. Did you mean "slack_channel"?',
  ],
  [
    "a name that a release has corrected",
    { createWatcher: { params: { channel: "slack_channel" } } },
    '"channel" is not a parameter, "slack_channel" is: this release knows the real name, remove the entry.',
  ],
  [
    "an unknown reply field",
    { listWatchers: { reply: { "watchers[].chip": "x" } } },
    'listWatchers.reply: "watchers[].chip" is not a reply field. Did you mean "watchers[].chips"',
  ],
  [
    "a reply field as an error names it",
    { listWatchers: { reply: { "data.watchers[0].chips": "x" } } },
    'Did you mean "watchers[].chips"?',
  ],
  ["a field of a picture", { getOrgGraph: { reply: { bytes: "x" } } }, '"bytes" is not a reply field.'],
  [
    "a documented parameter",
    { createThresholdWatcher: { params: { expiration_time: "x" } } },
    'createThresholdWatcher.params: "expiration_time" is documented and cannot be mapped.',
  ],
  [
    "a documented reply field",
    { listUsers: { reply: { "users[].email": "x" } } },
    'listUsers.reply: "users[].email" is documented and cannot be mapped.',
  ],
  [
    "a parameter of the path",
    { updateWatcher: { params: { watcher_id: "id" } } },
    '"watcher_id" travels in the path, where its name is not sent.',
  ],
  [
    "a documented path",
    { getPattern: { path: "/p/{pattern_id}" } },
    "getPattern.path cannot be mapped: it is documented.",
  ],
  [
    "a path without its parameter",
    { deleteWatcher: { path: "/gone" } },
    "must have the same {parameters} as /watcher/",
  ],
  ["a path that leads elsewhere", { getOrg: { path: "/a/../b" } }, "getOrg.path must be a path"],
  ["a path with a query", { getOrg: { path: "/a?b=1" } }, "getOrg.path must be a path"],
  ["a path for all", { "*": { path: "/a" } }, "*.path cannot be mapped"],
  [
    "what no operation has",
    { "*": { params: { chip: "x" } } },
    '*.params: "chip" is not a parameter. Did you mean "chips"',
  ],
  [
    "two parameters under one name",
    { updateOrg: { params: { name: "x", timezone: "x" } } },
    "updateOrg.params: name and timezone would be sent under one name.",
  ],
  [
    "a parameter under the name of another",
    { updateOrg: { params: { name: "timezone" } } },
    "updateOrg.params: name and timezone would be sent under one name.",
  ],
  [
    "two fields from one key",
    { listChannels: { reply: { "channels[].id": "name" } } },
    "listChannels.reply: channels[].id and channels[].name would be read from one key.",
  ],
];

test.each(mistakes)("%s is refused", (_, wire, message) => {
  expect(() => checkWireOverrides(wire)).toThrow(InvalidOptionsError);
  expect(() => checkWireOverrides(wire)).toThrow(message);
  expect(() => createClient({ wire: wire as WireOverrides })).toThrow(message);
});

test("all mistakes are reported at once, on one line, without the values", () => {
  const wire = { getOrgs: {}, updateOrg: { params: { nam: "s3cret" } }, listUsers: { reply: { users: "s3 cret" } } };
  let message = "";
  try {
    checkWireOverrides(wire);
  } catch (error) {
    message = String(error);
  }
  for (const part of ["getOrgs", '"nam"', "listUsers.reply"]) expect(message).toContain(part);
  expect(message).not.toMatch(/s3 ?cret|\n/);
});

test("what is in order comes back as a copy", () => {
  const wire = { updateOrg: { params: { name: "title" } } };
  expect(checkWireOverrides(wire)).toEqual(wire);
  expect(checkWireOverrides(wire)).not.toBe(wire);
});

test("a mapped field that is missing is reported with both names", async () => {
  const wire = { listChannels: { reply: { channels: "items" } } };
  const error = await errorOf(clientOf(await serve(reply({})), { wire }).org.channels());
  expect(error.message).toContain('data.channels is missing, and so is "items", its name by the option wire.');
});

test("errors about what is assumed lead to the doctor", async () => {
  const refused = failure(400, "no", { errors: { slack_channel: "is missing" } });
  const foreign = failure(400, "no", { errors: { channel: "is missing" } });
  const plain = failure(400, "no", { errors: { name: "is too long" } });
  const server = await serve(
    refused,
    foreign,
    plain,
    page(404, "Not here"),
    json(404, { error: "no route" }),
    failure(404),
  );
  const client = clientOf(server);
  const create = async () => (await errorOf(client.watcher.create({ chips: ["a"], name: "b" }))).message;
  expect(await create()).toContain("slack_channel is an assumed name: if the value is right, run `anomify doctor");
  expect(await create()).toContain("The service names a parameter that is not sent: run `anomify doctor --suggest`");
  expect(await create()).not.toContain("doctor");
  expect(await create()).toContain("What is at this path is inferred: check the endpoint, or run `anomify doctor");
  expect(await create()).toContain("anomify doctor --suggest");
  expect(await create()).not.toContain("doctor");
});

test("errors about what is documented lead to the doctor, without a mapping", async () => {
  const error = await errorOf(clientOf(await serve(reply({}))).org.adminAlerts());
  expect(error.message).toContain("Run `anomify doctor` to see what the service answers now.");
  expect(error.message).not.toContain("wire");
});

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/).map((text) => `real_${text}`);
const distinct = (count: number) => fc.uniqueArray(name, { minLength: count, maxLength: count });

test("with any real names, the same goes in and comes out", async () => {
  const params = ["mute_minutes", "name", "timezone"] as const;
  const fields = ["channels", "channels[].id", "channels[].name", "channels[].private"] as const;
  let wire: WireOverrides = {};
  const server = await serve((response, request) => {
    const keys = wire.listChannels?.reply ?? {};
    const real = (path: string, key: string) => (Object.hasOwn(keys, path) ? (keys[path] ?? key) : key);
    const item = Object.fromEntries(
      Object.entries(channel).map(([key, value]) => [real(`channels[].${key}`, key), value]),
    );
    const data =
      request.path === "/org/update"
        ? { org: { id: 1, name: "A", timezone: "UTC" } }
        : { [real("channels", "channels")]: [item] };
    reply(data)(response, request, 0);
  });
  const property = fc.asyncProperty(
    fc.subarray([...params]),
    fc.subarray([...fields]),
    distinct(7),
    async (sent, read, names) => {
      const mapped = sent.map((each, index) => [each, names[index] ?? ""]);
      const keys = read.map((each, index) => [each, names[index + 3] ?? ""]);
      wire = { updateOrg: { params: Object.fromEntries(mapped) }, listChannels: { reply: Object.fromEntries(keys) } };
      const client = clientOf(server, { wire });
      await client.org.update({ name: "A", timezone: "UTC", mute_minutes: 5 });
      const back = new Map(mapped.map(([ours = "", real = ""]) => [real, ours]));
      const form = Object.entries(server.received.at(-1)?.form ?? {}).map(([key, value]) => [
        back.get(key) ?? key,
        value,
      ]);
      expect(Object.fromEntries(form)).toEqual({ name: "A", timezone: "UTC", mute_minutes: "5" });
      expect((await client.org.channels()).data).toEqual({ channels: [channel] });
    },
  );
  await fc.assert(property, { numRuns: 30 });
});
