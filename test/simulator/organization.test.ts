import { describe, expect, it } from "vitest";
import { Clock, simulate, withSession, withToken } from "./harness.ts";

describe("exclusions", () => {
  it("are added, listed and deleted for good", async () => {
    const clock = new Clock();
    const simulator = await simulate({ clock: clock.read });
    const api = withToken(simulator);
    const { data } = await api.post("/exclusion/add", { type: "no_learning", pattern: "tmp" });
    expect(data.exclusion).toEqual({
      id: 33,
      type: "no_learning",
      pattern: "tmp",
      note: null,
      created_timestamp: clock.now,
      created_user: null,
    });
    expect((await api.get("/exclusion/list")).data.exclusions).toHaveLength(3);
    expect((await api.post("/exclusion/delete", { exclusion_id: "33" })).data.message).toBe(
      "The exclusion has been deleted.",
    );
    const again = await api.post("/exclusion/delete", { exclusion_id: "33" });
    expect([again.http, again.data.message]).toEqual([404, "No such exclusion."]);
    expect((await api.post("/exclusion/add", { type: "no_learning", pattern: "tmp" })).data.exclusion.id).toBe(34);
  });

  it("remember who made them", async () => {
    const api = withSession(await simulate(), "ben@acme.example");
    const { data } = await api.post("/exclusion/add", { type: "no_learning", pattern: "tmp", note: "why" });
    expect(data.exclusion).toMatchObject({ note: "why", created_user: { email: "ben@acme.example" } });
  });

  it("know only the types of the service, which tests may change", async () => {
    const simulator = await simulate();
    const api = withToken(simulator);
    const refused = await api.post("/exclusion/add", { type: "whatever", pattern: "" });
    expect(refused.data.errors).toEqual({ type: "No such exclusion type: whatever.", pattern: "Must not be empty." });
    simulator
      .organization("acme")
      .edit((state) => state.exclusionTypes.push({ type: "whatever", name: "x", description: "y" }));
    expect((await api.get("/exclusion/types")).data.types).toHaveLength(8);
    expect((await api.post("/exclusion/add", { type: "whatever", pattern: "a" })).http).toBe(200);
  });

  it("are tried out", async () => {
    const api = withToken(await simulate());
    const { data } = await api.get("/exclusion/test", {
      type: "skip_analysis",
      pattern: "staging.loadtest",
      metrics_limit: "2",
    });
    expect(data).toEqual({
      metrics_count: 6,
      metrics: ["staging.loadtest.web1.latency", "staging.loadtest.web1.requests"],
    });
    expect((await api.get("/exclusion/test", { type: "nope", pattern: "a" })).data.errors).toHaveProperty("type");
  });
});

describe("admin alerts", () => {
  const brief = (alerts: { id: number; alerts: { method: string; ref: string }[] }[]) =>
    alerts.map(({ id, alerts }) => [id, ...alerts.map(({ method, ref }) => `${method} ${ref}`)]);

  it("change by their own keys only", async () => {
    const simulator = await simulate();
    const { data } = await withToken(simulator).put("/org/adminalerts", {
      type_1_email_users: "102,103",
      type_1_sms_users: "",
      type_2_slack_channel: "general",
      type_2_enabled: "false",
      type_1_wait_seconds: "600",
    });
    expect(brief(data.admin_alerts)).toEqual([
      [1, "email 102", "email 103", "slack ops-alerts"],
      [2, "email 102", "slack general"],
    ]);
    expect(data.admin_alerts).toMatchObject([
      { enabled: true, wait_seconds: 600, expiration_seconds: 3600 },
      { enabled: false, wait_seconds: 900 },
    ]);
    expect(simulator.organization("acme").adminAlerts()).toEqual(data.admin_alerts);
  });

  it("report all bad parameters at once", async () => {
    const { data } = await withToken(await simulate()).put("/org/adminalerts", {
      type_1_enabled: "",
      type_1_email_users: "7",
      type_1_sms_users: "102",
      type_2_slack_channel: "#general",
      type_2_wait_seconds: "299",
    });
    expect(data.errors).toEqual({
      type_1_enabled: "Must not be empty.",
      type_1_email_users: "No such user: 7.",
      type_1_sms_users: "User 102 has no phone number.",
      type_2_slack_channel: "No such Slack channel: #general.",
      type_2_wait_seconds: "Must be at least 300.",
    });
  });

  it("are for admins, or for the token", async () => {
    const simulator = await simulate();
    const refused = await withSession(simulator, "ben@acme.example").put("/org/adminalerts", {
      type_1_enabled: "false",
    });
    expect([refused.http, refused.data]).toEqual([403, { message: "Only admin users may do this." }]);
    expect((await withSession(simulator).put("/org/adminalerts", { type_1_enabled: "false" })).http).toBe(200);
  });

  it("are read and changed the deprecated way", async () => {
    const simulator = await simulate();
    const read = await withSession(simulator, "ben@acme.example").post("/org/adminalerts");
    expect(read.data.admin_alerts).toEqual(simulator.organization("acme").adminAlerts());
    const changed = await withToken(simulator).post("/org/adminalerts", { type_2_email_users: "" });
    expect(changed.data.admin_alerts[1].alerts).toEqual([]);
  });
});

describe("settings", () => {
  it("keep what is left out", async () => {
    const api = withToken(await simulate());
    expect((await api.post("/org/update", { timezone: "Asia/Tokyo" })).data.org).toMatchObject({
      name: "Acme Shop",
      timezone: "Asia/Tokyo",
    });
    expect((await api.get("/org/info")).data.org.timezone).toBe("Asia/Tokyo");
  });

  it("refuse an empty name and a time zone that is not listed", async () => {
    const { data } = await withToken(await simulate()).post("/org/update", {
      name: "",
      timezone: "Europe/Atlantis",
      mute_minutes: "-1",
    });
    expect(data.errors).toEqual({
      name: "Must not be empty.",
      timezone: "No such time zone: Europe/Atlantis.",
      mute_minutes: "Must be a whole number.",
    });
  });

  it("mute for a while", async () => {
    const clock = new Clock();
    const simulator = await simulate({ clock: clock.read });
    const api = withToken(simulator);
    const muting = async () => (await api.get("/org/info")).data.org.alert_muting;
    const { data } = await api.post("/org/update", { mute_minutes: "30" });
    expect(data.org.alert_muting).toEqual({
      muted: true,
      muted_until_timestamp: clock.now + 1800,
      muted_until_timestamp_string: "Mon 12 Jan 2026 @ 15:31 (UTC)",
      minutes_remaining: 30,
    });
    clock.now += 61;
    expect(await muting()).toMatchObject({ muted: true, minutes_remaining: 29 });
    clock.now += 1800;
    expect(await muting()).toMatchObject({ muted: false, muted_until_timestamp: null });
    await api.post("/org/update", { mute_minutes: "30" });
    await api.post("/org/update", { mute_minutes: "0" });
    expect(await muting()).toMatchObject({ muted: false });
  });
});

describe("people", () => {
  it("need a user_id with the token", async () => {
    const api = withToken(await simulate());
    const needed = { user_id: "Is needed with the organization token." };
    expect((await api.get("/user/info")).data.errors).toEqual(needed);
    expect((await api.post("/user/update", { name: "x" })).data.errors).toEqual(needed);
    expect((await api.get("/user/info", { user_id: "7301" })).http).toBe(404);
  });

  it("are whoever is logged in without one", async () => {
    const api = withSession(await simulate(), "ben@acme.example");
    expect((await api.get("/user/info")).data.user.id).toBe(102);
    expect((await api.post("/user/update", { phone_number: "+441632960102" })).data.user.phone_number).toBe(
      "+441632960102",
    );
    expect((await api.post("/user/update", { user_id: "101", name: "x" })).http).toBe(403);
  });

  it("are changed piece by piece", async () => {
    const api = withToken(await simulate());
    const { data } = await api.post("/user/update", { user_id: "101", phone_number: "", email_alerts: "false" });
    expect(data.user).toMatchObject({
      name: "Ana Acme",
      phone_number: null,
      slack_member_id: "U0ACME0001",
      notifications: { email_alerts: false },
    });
    expect((await api.post("/user/update", { user_id: "101", name: "" })).data.errors).toEqual({
      name: "Must not be empty.",
    });
  });

  it("are deleted for good, wherever they are named", async () => {
    const simulator = await simulate();
    const session = withSession(simulator, "ben@acme.example");
    const api = withToken(simulator);
    expect((await session.post("/user/delete", { user_id: "101" })).http).toBe(403);
    expect((await api.post("/user/delete", { user_id: "102" })).data.message).toBe("The user has been deleted.");
    expect((await session.get("/user/info")).http).toBe(401);
    expect((await api.post("/user/delete", { user_id: "102" })).http).toBe(404);
    expect(JSON.stringify((await api.get("/watchers/list")).data)).not.toContain("ben@acme.example");
    expect((await api.get("/org/adminalerts")).data.admin_alerts[1].alerts).toEqual([]);
    expect((await api.get("/org/users")).data.users).toHaveLength(3);
  });
});

describe("tenants", () => {
  it("do not see one another", async () => {
    const simulator = await simulate({ tenants: ["acme", "globex", "empty"] });
    const names = async (tenant: string, path: string, key: string) =>
      (await withToken(simulator, tenant).get(path)).data[key].map(({ name }: { name: string }) => name);
    expect(await names("globex", "/watchers/list", "watchers")).toEqual(["Checkout latency", "Turbine stopped"]);
    expect(await names("globex", "/org/channels", "channels")).toEqual(["ops-alerts", "turbines", "general"]);
    expect(await names("empty", "/watchers/list", "watchers")).toEqual([]);
    expect(await names("empty", "/org/users", "users")).toEqual(["Eve Empty"]);
    const created = await withToken(simulator, "empty").post("/watcher/create", {
      chips: "a",
      name: "b",
      email_users: "101",
    });
    expect(created.data.errors).toEqual({ email_users: "No such user: 101." });
  });

  it("are told apart by 32 hex characters", async () => {
    const simulator = await simulate({ tenants: ["acme", "globex", "empty"] });
    const tokens = ["acme", "globex", "empty"].map((name) => simulator.organization(name).token);
    expect(tokens).toEqual(tokens.map(() => expect.stringMatching(/^[0-9a-f]{32}$/)));
    expect(new Set(tokens).size).toBe(3);
  });

  it("that do not exist are an error of the test", async () => {
    await expect(simulate({ tenants: ["acmee"] })).rejects.toThrow(
      'No tenant named "acmee". There are: acme, globex, empty, demo.',
    );
    const simulator = await simulate();
    expect(() => simulator.organization("globex")).toThrow(
      'The simulator has no organization "globex". It has: acme, demo.',
    );
    expect(() => simulator.organization("acme").session("nobody@acme.example")).toThrow(
      "acme has no user nobody@acme.example.",
    );
  });

  it("change under somebody else's hands, and hand out copies only", async () => {
    const simulator = await simulate();
    const acme = simulator.organization("acme");
    acme.edit((state) => {
      const [, watcher] = state.watchers;
      if (watcher) watcher.name = "Clicked";
    });
    const [, copy] = acme.watchers();
    if (copy) copy.name = "Only here";
    expect((await withToken(simulator).get("/watchers/list")).data.watchers[0].name).toBe("Clicked");
    expect(simulator.journal.entries()).toHaveLength(1);
  });
});
