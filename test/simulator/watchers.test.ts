import { describe, expect, it } from "vitest";
import { Clock, simulate, withSession, withToken } from "./harness.ts";

const full = {
  chips: "checkout,latency",
  name: "New",
  alert: "true",
  slack_channel: "checkout",
  ms_teams_webhook: "https://example.com/hook",
  expiration_time: "15",
  expiration_time_unit: "minute",
  email_users: "101,102",
  sms_users: "103",
  slack_mention_users: "104",
  summary_report_frequency: "daily-08:30",
  summary_report_users: "102",
};
const refs = (alerts: { method: string; ref: string }[]) => alerts.map(({ method, ref }) => `${method} ${ref}`);

describe("creating a watcher", () => {
  it("answers with the watcher and keeps it", async () => {
    const clock = new Clock();
    const simulator = await simulate({ clock: clock.read });
    const { data } = await withToken(simulator).post("/watcher/create", full);
    expect(data.watcher).toMatchObject({
      type: "anomaly",
      name: "New",
      chips: ["checkout", "latency"],
      alert: true,
      expiration_seconds: 900,
      summary_report_frequency: "daily-08:30",
      threshold: null,
      deleted: false,
      created_timestamp: clock.now,
      created_string: "Mon 12 Jan 2026 @ 15:01 (UTC)",
      updated_timestamp: clock.now,
    });
    expect(refs(data.watcher.alerts)).toEqual([
      "email 101",
      "email 102",
      "sms 103",
      "slack checkout",
      "slack_mention 104",
      "ms_teams https://example.com/hook",
      "summary_email 102",
    ]);
    expect(data.watcher.alerts[0].user).toMatchObject({ id: 101, email: "ana@acme.example", org: { id: 101 } });
    expect(data.watcher.alerts[3].user).toBeUndefined();
    expect(simulator.organization("acme").watchers().at(-1)).toEqual(data.watcher);
  });

  it("takes the documented defaults", async () => {
    const simulator = await simulate();
    const { data } = await withToken(simulator).post("/watcher/create", { chips: "cpu", name: "Bare" });
    expect(data.watcher).toMatchObject({
      alert: false,
      alerts: [],
      expiration_seconds: 3600,
      summary_report_frequency: null,
    });
  });

  it("does not keep two watchers from having one name", async () => {
    const api = withToken(await simulate());
    const [first, second] = [await api.post("/watcher/create", full), await api.post("/watcher/create", full)];
    expect(second.data.watcher.id).toBe(first.data.watcher.id + 1);
  });

  it("reports all bad parameters at once", async () => {
    const api = withToken(await simulate());
    const { http, status, data } = await api.post("/watcher/create", {
      chips: " , ",
      alert: "yes",
      slack_channel: "#checkout",
      ms_teams_webhook: "not a url",
      expiration_time: "59",
      email_users: "101,999",
      sms_users: "102",
      slack_mention_users: "102",
      summary_report_frequency: "weekly-someday",
      fire_test_alert: "1",
    });
    expect([http, status.code]).toEqual([400, 400]);
    expect(data).toEqual({
      message: "Some parameters were refused.",
      errors: {
        name: "Is missing.",
        chips: "Must not be empty.",
        alert: "Must be true or false.",
        slack_channel: "No such Slack channel: #checkout.",
        ms_teams_webhook: "Must be a URL that starts with https:// or http://.",
        expiration_time: "Must be at least 60 seconds.",
        email_users: "No such user: 999.",
        sms_users: "User 102 has no phone number.",
        slack_mention_users: "User 102 has no Slack member id.",
        summary_report_frequency: "Has a form that is not accepted.",
        summary_report_users: "Is needed with summary_report_frequency.",
        fire_test_alert: "Must be true or false.",
      },
    });
  });

  it.each(["slack_channel", "email_users", "ms_teams_webhook"])("does not take an empty %s", async (name) => {
    const { data } = await withToken(await simulate()).post("/watcher/create", { ...full, [name]: "" });
    expect(data.errors).toMatchObject({ [name]: "Must not be empty." });
  });

  it("wants a channel beside mentions, and digest readers beside a frequency", async () => {
    const { data } = await withToken(await simulate()).post("/watcher/create", {
      chips: "cpu",
      name: "x",
      slack_mention_users: "104",
      summary_report_frequency: "monthly-31",
    });
    expect(Object.keys(data.errors).sort()).toEqual(["slack_channel", "summary_report_users"]);
  });

  it("counts test alerts", async () => {
    const simulator = await simulate();
    await withToken(simulator).post("/watcher/create", { ...full, fire_test_alert: "true" });
    await withToken(simulator).post("/watcher/create", { ...full, fire_test_alert: "false" });
    expect(simulator.organization("acme").testAlertsFired).toBe(1);
  });
});

describe("threshold watchers", () => {
  it("keep their rule", async () => {
    const api = withToken(await simulate());
    const rule = { threshold_condition: "less_than", threshold_value: "-2.5" };
    const { data } = await api.post("/watcher/threshold", { chips: "cpu", name: "Low", ...rule });
    expect(data.watcher).toMatchObject({
      type: "threshold",
      threshold: { condition: "less_than", value: -2.5, times: 1 },
    });
    const path = `/watcher/${data.watcher.id}/update`;
    const updated = await api.post(path, { threshold_times: "4" });
    expect(updated.data.watcher.threshold).toEqual({ condition: "less_than", value: -2.5, times: 4 });
    expect((await api.post(path, { threshold_times: "0" })).data.errors).toEqual({
      threshold_times: "Must be at least 1.",
    });
  });

  it("need a rule", async () => {
    const { data } = await withToken(await simulate()).post("/watcher/threshold", { chips: "cpu", name: "Low" });
    expect(data.errors).toEqual({ threshold_condition: "Is missing.", threshold_value: "Is missing." });
  });

  it("are the only ones that take a rule", async () => {
    const { http, data } = await withToken(await simulate()).post("/watcher/501/update", { threshold_value: "1" });
    expect([http, data.errors]).toEqual([400, { threshold_value: "For threshold watchers only." }]);
  });
});

describe("updating a watcher", () => {
  it("keeps what is left out", async () => {
    const clock = new Clock();
    const simulator = await simulate({ clock: clock.read });
    const before = simulator
      .organization("acme")
      .watchers()
      .find(({ id }) => id === 501);
    clock.now += 10;
    const { data } = await withToken(simulator).post("/watcher/501/update", { name: "Renamed" });
    expect(data.watcher).toEqual({ ...before, name: "Renamed", updated_timestamp: clock.now });
  });

  it("clears with an empty string, and only what it names", async () => {
    const api = withToken(await simulate());
    const { data } = await api.post("/watcher/501/update", {
      sms_users: "",
      ms_teams_webhook: "",
      summary_report_frequency: "",
    });
    expect(data.watcher.summary_report_frequency).toBeNull();
    expect(refs(data.watcher.alerts)).toEqual([
      "email 101",
      "slack ops-alerts",
      "slack_mention 101",
      "summary_email 102",
    ]);
  });

  it.each(["name", "chips", "alert", "expiration_time", "expiration_time_unit"])("does not clear %s", async (name) => {
    const { http, data } = await withToken(await simulate()).post("/watcher/501/update", { [name]: "" });
    expect([http, Object.keys(data.errors)]).toEqual([400, [name]]);
  });

  it("looks at the result where parameters belong together", async () => {
    const api = withToken(await simulate());
    expect((await api.post("/watcher/501/update", { slack_channel: "" })).data.errors).toEqual({
      slack_mention_users: "Needs slack_channel.",
    });
    expect((await api.post("/watcher/501/update", { summary_report_users: "" })).data.errors).toEqual({
      summary_report_users: "At least one is needed for summary reports.",
    });
    const both = await api.post("/watcher/501/update", { slack_channel: "", slack_mention_users: "" });
    expect(both.http).toBe(200);
  });

  it("does not know deleted and unknown ones, and no other organization's", async () => {
    const simulator = await simulate({ tenants: ["acme", "globex"] });
    for (const id of [499, 4711, 8101]) {
      expect(await withToken(simulator).post(`/watcher/${id}/update`, { name: "x" })).toMatchObject({
        http: 404,
        status: { code: 404 },
        data: { message: "No such watcher." },
      });
    }
    expect((await withToken(simulator).post("/watcher/abc/update")).data.errors).toEqual({
      watcher_id: "Must be a whole number.",
    });
  });
});

describe("deleting a watcher", () => {
  it("is soft, can be repeated and taken back", async () => {
    const clock = new Clock();
    const simulator = await simulate({ clock: clock.read });
    const api = withToken(simulator);
    const before = simulator
      .organization("acme")
      .watchers()
      .find(({ id }) => id === 501);
    const first = await api.post("/watcher/501/delete");
    expect(first.data).toMatchObject({ message: "The watcher has been deleted.", watcher: { id: 501, deleted: true } });
    clock.now += 60;
    expect((await api.post("/watcher/501/delete")).data).toEqual(first.data);
    expect((await api.get("/watchers/list")).data.watchers.map(({ id }: { id: number }) => id)).toEqual([502, 503]);
    const back = await api.post("/watcher/501/undelete");
    expect(back.data.watcher).toEqual({ ...before, updated_timestamp: clock.now });
    clock.now += 60;
    expect((await api.post("/watcher/501/undelete")).data).toEqual(back.data);
    expect((await api.post("/watcher/4711/delete")).http).toBe(404);
  });

  it("shows deleted ones when asked", async () => {
    const api = withToken(await simulate());
    const ids = async (include_deleted: string) =>
      (await api.get("/watchers/list", { include_deleted })).data.watchers.map(({ id }: { id: number }) => id);
    expect(await ids("true")).toEqual([499, 501, 502, 503]);
    expect(await ids("false")).toEqual([501, 502, 503]);
  });
});

describe("chips", () => {
  it("count the metrics that are left", async () => {
    const api = withToken(await simulate());
    const chosen = await api.get("/watchers/chips", { chips: "checkout,latency", metrics_limit: "2" });
    expect(chosen.data.metrics_count).toBe(4);
    expect(chosen.data.metrics).toEqual(["prod.web1.checkout.latency", "prod.web2.checkout.latency"]);
    expect(chosen.data.chips[0]).toEqual({ chip: "prod", metrics_count: 4 });
    expect(chosen.data.chips).not.toContainEqual(expect.objectContaining({ chip: "checkout" }));
    const more = await api.get("/watchers/chips", { chips: "checkout,latency,web1" });
    expect(more.data.metrics_count).toBe(1);
  });

  it("are the parts of labelled names, too", async () => {
    const { data } = await withToken(await simulate()).get("/watchers/chips", { chips: "http,503,checkout" });
    expect(data.metrics).toEqual(['http.requests{service="checkout",code="503"}']);
  });
});

it("lets people work with a session, and remembers who made their first watcher", async () => {
  const simulator = await simulate();
  const api = withSession(simulator, "ben@acme.example");
  expect((await api.post("/watcher/create", full)).status.user_onboarding_flags.alert_created).toBe(true);
});
