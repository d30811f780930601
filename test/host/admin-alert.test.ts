import { beforeAll, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import type { Values } from "./harness.ts";
import { sample } from "./samples.ts";
import { startWorld } from "./world.ts";

beforeAll(ensureBuilt);

/** What acme has at the start. */
const PREVIOUS = { enabled: true, emailUsers: [101], smsUsers: [101], slackChannel: "ops-alerts", waitSeconds: 300 };

it("check fills in the defaults and brings values into one form", async () => {
  const { kind } = await startWorld();
  const given = { alert: "some-metrics-stopped", slackChannel: "#general", emailUsers: ["Ben@acme.example", 101] };
  expect(await kind("AdminAlert").check(given)).toEqual({
    failures: [],
    inputs: {
      alert: "some-metrics-stopped",
      enabled: true,
      emailUsers: ["ben@acme.example", 101],
      smsUsers: null,
      slackChannel: "general",
      waitSeconds: null,
      onDelete: "release",
    },
  });
});

it("check reports all mistakes at once, each at its property", async () => {
  const { kind } = await startWorld();
  const { failures } = await kind("AdminAlert").check({
    alert: "no-metrics",
    enabled: 1,
    emailUsers: ["bem@acme.example"],
    smsUsers: [102],
    slackChannel: "genral",
    waitSeconds: 299,
    onDelete: "remove",
  });
  expect(Object.fromEntries(failures.map(({ property, reason }) => [property, reason]))).toEqual({
    alert: expect.stringContaining('must be "all-metrics-stopped" or "some-metrics-stopped"'),
    enabled: expect.stringContaining("must be true or false"),
    emailUsers: expect.stringContaining('Did you mean "ben@acme.example"'),
    smsUsers: expect.stringContaining("has no phone number"),
    slackChannel: expect.stringContaining('Did you mean "general"?'),
    waitSeconds: expect.stringContaining("at least 300"),
    onDelete: expect.stringContaining('must be "release" or "restore"'),
  });
});

it("changes in place, except for another alert", async () => {
  const { kind } = await startWorld();
  const { inputs } = await kind("AdminAlert").check(sample("AdminAlert"));
  const table: Array<[changes: Values, found: object]> = [
    [{}, { changes: false, replaces: [] }],
    [{ emailUsers: [102] }, { changes: false, replaces: [] }],
    [{ emailUsers: [] }, { changes: true, replaces: [] }],
    [{ waitSeconds: 700 }, { changes: true, replaces: [] }],
    [{ onDelete: "restore" }, { changes: true, replaces: [] }],
    [{ alert: "some-metrics-stopped" }, { changes: true, replaces: ["alert"] }],
  ];
  for (const [changes, found] of table) {
    expect(await kind("AdminAlert").diff("1", inputs, { ...inputs, ...changes })).toMatchObject(found);
  }
});

it("adopts the alert, remembers what was there, and sends its own parameters alone", async () => {
  const { kind, acme, simulator } = await startWorld();
  const [, neighbor] = acme.adminAlerts();
  const { id, outs } = await kind("AdminAlert").make(sample("AdminAlert"));
  expect({ id, previous: outs.previous }).toEqual({ id: "1", previous: PREVIOUS });
  const [live, after] = acme.adminAlerts();
  expect(live).toMatchObject({ wait_seconds: 600, enabled: true });
  expect(live?.alerts.map(({ method, ref }) => `${method} ${ref}`)).toEqual(["email 102", "sms 103", "slack general"]);
  expect(after).toEqual(neighbor);
  const [write] = simulator.journal.writes();
  expect(Object.keys(write?.form ?? {}).filter((key) => !key.startsWith("type_1_"))).toEqual([]);
});

it("what is left out is not managed: not sent, not read, no drift", async () => {
  const { kind, acme, nextRun, simulator } = await startWorld();
  const { id, inputs, outs } = await kind("AdminAlert").make({ alert: "all-metrics-stopped", waitSeconds: 900 });
  expect(simulator.journal.writes()[0]?.form).toEqual({ type_1_enabled: "true", type_1_wait_seconds: "900" });
  expect(outs).toMatchObject({ emailUsers: null, slackChannel: null, waitSeconds: 900 });
  acme.edit(({ adminAlerts: [alert] }) => {
    if (alert) alert.alerts = [];
  });
  const alert = (await nextRun()).kind("AdminAlert");
  const read = await alert.refresh(id, outs);
  expect((await alert.diff(id, read.outs, inputs)).changes).toBe(false);
});

it("refresh sees drift of what is managed, and update takes it back and clears lists", async () => {
  const { kind, acme, nextRun } = await startWorld();
  const { id, inputs, outs } = await kind("AdminAlert").make(sample("AdminAlert"));
  acme.edit(({ adminAlerts: [alert] }) => {
    if (alert) Object.assign(alert, { enabled: false, alerts: [{ method: "email", ref: "104" }] });
  });
  const alert = (await nextRun()).kind("AdminAlert");
  const read = await alert.refresh(id, outs);
  expect(read.outs).toMatchObject({
    enabled: false,
    emailUsers: ["sam@acme.example"],
    smsUsers: [],
    previous: PREVIOUS,
  });
  expect((await alert.diff(id, read.outs, inputs)).changes).toBe(true);
  const updated = await alert.change(id, read.outs, sample("AdminAlert", { emailUsers: [], smsUsers: [] }));
  expect(updated).toMatchObject({ enabled: true, emailUsers: [], smsUsers: [], previous: PREVIOUS });
  expect(acme.adminAlerts()[0]?.alerts.map(({ method }) => method)).toEqual(["slack"]);
});

it.each([
  ["release", { wait_seconds: 600, enabled: false }, ["slack general"]],
  ["restore", { wait_seconds: 300, enabled: true }, ["email 101", "sms 101", "slack ops-alerts"]],
])("delete with onDelete %s", async (onDelete, settings, targets) => {
  const { kind, acme } = await startWorld();
  const changes = { onDelete, enabled: false, emailUsers: [], smsUsers: [] };
  const { id, outs } = await kind("AdminAlert").make(sample("AdminAlert", changes));
  await kind("AdminAlert").delete(id, outs);
  const [live] = acme.adminAlerts();
  expect(live).toMatchObject(settings);
  expect(live?.alerts.map(({ method, ref }) => `${method} ${ref}`)).toEqual(targets);
});

it("one alert belongs to one resource; a refused adoption lets it go again", async () => {
  const { kind, simulator } = await startWorld();
  simulator.faults.add({ on: "updateAdminAlerts", do: { kind: "status", status: 400, message: "No." } });
  const { inputs } = await kind("AdminAlert").check(sample("AdminAlert"));
  await expect(kind("AdminAlert").create(inputs)).rejects.toThrow('AdminAlert "all-metrics-stopped"');
  await kind("AdminAlert").create(inputs);
  await expect(kind("AdminAlert").create(inputs)).rejects.toThrow("another resource of this program");
});

it("a list from before the last write keeps the record", async () => {
  let now = 1_790_000_000;
  const { kind, acme, simulator, nextRun } = await startWorld({ clock: () => now });
  simulator.cache.set(3600, "listAdminAlerts");
  const { id, outs } = await kind("AdminAlert").make(sample("AdminAlert"));
  now += 60;
  acme.edit(({ adminAlerts: [alert] }) => {
    if (alert) alert.enabled = false;
  });
  expect(await (await nextRun()).kind("AdminAlert").refresh(id, outs)).toMatchObject({ id, outs });
});
