import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import type { Values } from "./harness.ts";
import { sample } from "./samples.ts";
import { startWorld } from "./world.ts";

beforeAll(ensureBuilt);

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const rule = { threshold: { condition: "less_than", value: -2.5 } };
const extra: Readonly<Record<string, Values>> = { Watcher: {}, ThresholdWatcher: rule };
const settledRule = { threshold: { condition: "less_than", value: -2.5, times: 1 }, ignoreMetricLimit: false };
const settledExtra: Readonly<Record<string, Values>> = { Watcher: {}, ThresholdWatcher: settledRule };

describe.each(["Watcher", "ThresholdWatcher"])("%s", (name) => {
  const minimal = { name: "CPU", chips: ["cpu"], ...extra[name] };
  const createOperation = name === "Watcher" ? "createWatcher" : "createThresholdWatcher";

  it("check fills in the defaults", async () => {
    const { kind } = await startWorld();
    expect((await kind(name).check(minimal)).inputs).toEqual({
      ...minimal,
      ...settledExtra[name],
      alert: true,
      emailUsers: [],
      smsUsers: [],
      slackMentionUsers: [],
      expiration: "1h",
      effect: "59 metrics, such as k8s.eu.data.api.cpu, k8s.eu.data.cache.cpu",
    });
  });

  it("check brings values into one form", async () => {
    const { kind } = await startWorld();
    const table: Array<[key: string, given: unknown, normal: unknown]> = [
      ["name", "  CPU ", "CPU"],
      ["chips", ["b", " a", "b"], ["b", "a"]],
      [
        "emailUsers",
        ["Ben@Acme.example", "ana@acme.example", "ben@acme.example"],
        ["ben@acme.example", "ana@acme.example"],
      ],
      ["emailUsers", [102, 101], [102, 101]],
      ["slackChannel", "#ops-alerts", "ops-alerts"],
      ["expiration", "60m", "1h"],
      ["expiration", { value: 48, unit: "hour" }, "2d"],
      ["expiration", "1.5h", "90m"],
      [
        "summaryReport",
        { frequency: "Weekly-Monday", emailUsers: [102] },
        { frequency: "weekly-monday", emailUsers: [102] },
      ],
    ];
    for (const [key, given, normal] of table) {
      const { inputs, failures } = await kind(name).check({ ...minimal, [key]: given });
      expect(failures, key).toEqual([]);
      expect(inputs[key], key).toEqual(normal);
    }
  });

  it("check reports all mistakes at once, each at its property", async () => {
    const { kind } = await startWorld();
    const { failures } = await kind(name).check({
      ...extra[name],
      chips: ["ok", "a,b"],
      alert: "yes",
      emailUsers: ["anna@acme.example"],
      smsUsers: ["ben@acme.example"],
      slackChannel: "ops-alert",
      slackMentionUsers: ["ben@acme.example"],
      expiration: "10s",
      summaryReport: { frequency: "hourly", emailUsers: [] },
      nme: "CPU",
    });
    expect(Object.fromEntries(failures.map(({ property, reason }) => [property, reason]))).toEqual({
      name: expect.stringContaining("is required"),
      "chips[1]": expect.stringContaining("Write two chips instead"),
      alert: expect.stringContaining("must be true or false"),
      emailUsers: expect.stringContaining('Did you mean "ana@acme.example"'),
      smsUsers: expect.stringContaining("has no phone number"),
      slackChannel: expect.stringContaining('Did you mean "ops-alerts"?'),
      slackMentionUsers: expect.stringContaining("has no Slack member id"),
      expiration: expect.stringContaining("at least 60 seconds"),
      "summaryReport.frequency": expect.stringContaining('such as "weekly-monday"'),
      "summaryReport.emailUsers": expect.stringContaining("needs at least one recipient"),
      nme: expect.stringContaining('Did you mean "name"?'),
    });
  });

  it("check looks up the sound entries of a list beside refused ones", async () => {
    const { kind } = await startWorld();
    const { failures } = await kind(name).check({
      ...minimal,
      emailUsers: ["not an address", "anna@acme.example", "ana@acme.example"],
      summaryReport: { frequency: "weekly-monday", emailUsers: ["benn@acme.example", 0] },
    });
    expect(failures.map(({ property, reason }) => [property, reason.replace(/^.*?: /, "")])).toEqual([
      ["emailUsers[0]", "must be an e-mail address or a numeric user id"],
      ["summaryReport.emailUsers[1]", expect.stringContaining("must be")],
      ["emailUsers", expect.stringContaining('Did you mean "ana@acme.example"')],
      ["summaryReport.emailUsers", expect.stringContaining('Did you mean "ben@acme.example"')],
    ]);
  });

  it("check refuses mentions without a channel", async () => {
    const { kind } = await startWorld();
    const { failures } = await kind(name).check({ ...minimal, slackMentionUsers: [101] });
    expect(failures).toMatchObject([
      { property: "slackMentionUsers", reason: expect.stringContaining("slackChannel") },
    ]);
    const later = await kind(name).check({ ...minimal, slackMentionUsers: [101], slackChannel: UNKNOWN });
    expect(later.failures).toEqual([]);
  });

  it("diff compares meaning, not spelling", async () => {
    const { kind } = await startWorld();
    const watcher = kind(name);
    const { inputs } = await watcher.check(sample(name));
    const table: Array<[changes: Values, differs: boolean]> = [
      [{ chips: [...(sample(name).chips as string[])].reverse() }, false],
      [{ emailUsers: inputs.emailUsers && [...(inputs.emailUsers as string[])].reverse() }, false],
      [{ smsUsers: [101] }, false],
      [{ summaryReport: { ...(inputs.summaryReport as Values) } }, false],
      [{ undelete: true, fireTestAlertOnCreate: true }, false],
      [{ smsUsers: [103] }, true],
      [{ smsUsers: [] }, true],
      [{ msTeamsWebhook: null }, true],
      [{ expiration: "2h" }, true],
      [{ name: "Other" }, true],
    ];
    for (const [changes, differs] of table) {
      const wanted = await watcher.check(sample(name, changes));
      const found = await watcher.diff("7", inputs, wanted.inputs);
      expect(found, JSON.stringify(changes)).toEqual({ changes: differs, replaces: [], deleteBeforeReplace: false });
    }
  });

  it("create makes what was declared", async () => {
    const { kind, acme } = await startWorld();
    const { id, outs } = await kind(name).make(sample(name, { fireTestAlertOnCreate: true }));
    const { expiration, msTeamsWebhook } = outs;
    const live = acme.watchers().find((watcher) => String(watcher.id) === id);
    expect(live).toMatchObject({
      type: name === "Watcher" ? "anomaly" : "threshold",
      name: outs.name,
      chips: outs.chips,
      alert: true,
      expiration_seconds: expiration === "90m" ? 5400 : 86_400,
      threshold: name === "Watcher" ? null : outs.threshold,
      deleted: false,
    });
    expect(live?.alerts).toContainEqual({ method: "ms_teams", ref: msTeamsWebhook });
    expect(live?.alerts).toContainEqual({ method: "slack", ref: "ops-alerts" });
    expect(acme.testAlertsFired).toBe(1);
    expect(outs.watcherId).toBe(Number(id));
  });

  it("update works in place, and clears what is left out", async () => {
    const { kind, acme } = await startWorld();
    const { id, outs } = await kind(name).make(sample(name));
    const neighbors = () => acme.watchers().filter((watcher) => String(watcher.id) !== id);
    const before = neighbors();
    const updated = await kind(name).change(id, outs, { ...minimal, alert: false });
    expect(updated).toMatchObject({
      name: "CPU",
      alert: false,
      expiration: "1h",
    });
    for (const key of ["slackChannel", "summaryReport", "msTeamsWebhook"]) expect(updated).not.toHaveProperty(key);
    const live = acme.watchers().find((watcher) => String(watcher.id) === id);
    expect(live).toMatchObject({ name: "CPU", chips: ["cpu"], alerts: [], summary_report_frequency: null });
    expect(neighbors()).toEqual(before);
  });

  it("refresh sees drift, and the next diff takes it back", async () => {
    const { kind, acme, nextRun } = await startWorld();
    const { id, inputs, outs } = await kind(name).make(sample(name));
    acme.edit((state) => {
      const live = state.watchers.find((watcher) => String(watcher.id) === id);
      if (live) Object.assign(live, { alert: false, alerts: [{ method: "email", ref: "104" }] });
    });
    const watcher = (await nextRun()).kind(name);
    const read = await watcher.refresh(id, outs);
    expect(read.outs).toMatchObject({ alert: false, emailUsers: ["sam@acme.example"] });
    expect(read.outs).not.toHaveProperty("slackChannel");
    expect((await watcher.diff(id, read.outs, inputs)).changes).toBe(true);
    const updated = await watcher.update(id, read.outs, inputs);
    expect((await watcher.diff(id, updated, inputs)).changes).toBe(false);
  });

  it("delete is soft in Anomify, and what is gone already counts as done", async () => {
    const { kind, acme } = await startWorld();
    const { id, outs } = await kind(name).make(sample(name));
    await kind(name).delete(id, outs);
    expect(acme.watchers().find((watcher) => String(watcher.id) === id)?.deleted).toBe(true);
    await kind(name).delete(id, outs);
    acme.edit((state) => {
      state.watchers = [];
    });
    await kind(name).delete(id, outs);
  });

  it("what was deleted outside is gone in a refresh, and an update says so", async () => {
    const { kind, acme, nextRun } = await startWorld();
    const { id, inputs, outs } = await kind(name).make(sample(name));
    acme.edit((state) => {
      for (const live of state.watchers) live.deleted = true;
    });
    await expect(kind(name).update(id, outs, inputs)).rejects.toThrow(
      "no longer exists in Anomify. Run pulumi refresh",
    );
    const watcher = (await nextRun()).kind(name);
    expect((await watcher.refresh(id, outs)).id).toBe("");
    expect((await watcher.create(inputs)).id).not.toBe(id);
  });

  it.each([{ kind: "drop", when: "after" } as const, { kind: "truncate" } as const])(
    "a create whose reply is lost ($kind) finds its object and is sent once",
    async (action) => {
      const { kind, acme, simulator } = await startWorld();
      simulator.faults.add({ on: createOperation, do: action });
      const { id, outs } = await kind(name).make(sample(name));
      expect(simulator.journal.entries().filter(({ operation }) => operation === createOperation)).toHaveLength(1);
      expect(
        acme
          .watchers()
          .filter((watcher) => watcher.name === outs.name)
          .map((watcher) => String(watcher.id)),
      ).toEqual([id]);
    },
  );

  it("a list from before the last write keeps the record and warns", async () => {
    let now = 1_790_000_000;
    const { kind, simulator, warnings, acme, nextRun } = await startWorld({ clock: () => now });
    simulator.cache.set(3600, "listWatchers");
    const { id, outs } = await kind(name).make(sample(name));
    now += 600;
    acme.edit((state) => {
      for (const live of state.watchers) live.deleted = true;
    });
    expect(await (await nextRun()).kind(name).refresh(id, outs)).toMatchObject({ id, outs });
    await warnings.next(/Anomify answers with a list from before the last change/);
    now += 3600;
    expect((await (await nextRun()).kind(name).refresh(id, outs)).id).toBe("");
  });
});

describe("Watcher: undelete", () => {
  const old = sample("Watcher", { name: "Old disk watcher", undelete: true });

  it("brings back the deleted one of the same name and updates it", async () => {
    const { kind, acme } = await startWorld();
    const { id, inputs, outs } = await kind("Watcher").make(old);
    expect(id).toBe("499");
    expect(acme.watchers().find((watcher) => watcher.id === 499)).toMatchObject({
      deleted: false,
      chips: ["cpu", "prod"],
    });
    expect((await kind("Watcher").diff(id, outs, inputs)).changes).toBe(false);
  });

  it("creates when there is none, and refuses when there are several", async () => {
    const { kind, acme } = await startWorld();
    expect((await kind("Watcher").make(sample("Watcher", { undelete: true }))).id).toBe("504");
    acme.edit((state) => {
      for (const live of state.watchers.slice(1, 3))
        Object.assign(live, { name: old.name, type: "anomaly", deleted: true });
    });
    const again = kind("Watcher").make(old);
    await expect(again).rejects.toThrow(
      /undelete is ambiguous: 3 deleted watchers have this name \(ids 499, 501, 502\)/,
    );
  });
});

it("a retired Teams host is a warning without the URL", async () => {
  const { kind, warnings } = await startWorld();
  const { failures } = await kind("Watcher").check(
    sample("Watcher", { msTeamsWebhook: "https://acme.webhook.office.com/s3cret" }),
  );
  expect(failures).toEqual([]);
  expect(await warnings.next(/retired/)).not.toContain("s3cret");
});

it("without a network people and channels are not checked, which is reported; with strict it is a mistake", async () => {
  for (const strict of ["false", "true"]) {
    const { kind, warnings, simulator } = await startWorld({
      config: { "anomify:strict": strict, "anomify:retries": "0" },
    });
    simulator.faults.add({ on: "*", times: Number.POSITIVE_INFINITY, do: { kind: "drop", when: "before" } });
    const { failures } = await kind("Watcher").check(sample("Watcher"));
    expect(failures.length > 0).toBe(strict === "true");
    if (strict === "false") await warnings.next(/could not be asked about people/);
  }
});
