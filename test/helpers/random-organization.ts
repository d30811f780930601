import fc from "fast-check";
import type { OrganizationState, SimulatedOrganization, Tenant, WireAlert } from "pulumi-anomify/simulator";
import { registerSecret } from "../secrets/transcript.ts";

/** Organizations as people click them together, with names as people should not give them. */

const NASTY = [
  "class",
  "constructor",
  "__proto__",
  "toString",
  "await",
  "exports",
  "anomify",
  "config",
  "undefined",
  "globalThis",
  "it's",
  '"quoted"',
  "`tick`",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant to look like one.
  "${process.exit(1)}",
  "*/ end",
  "// no",
  "\\",
  "\\u0041",
  "a\nb",
  "a\r\n\tb",
  "</script>",
  "404 errors",
  "1",
  "-",
  "…",
  "Überwachung Größe",
  "Łódź",
  "Ελλάδα",
  "Москва",
  "チェックアウト",
  "결제",
  "结账",
  "مرحبا",
  "שלום",
  "สวัสดี",
  "👨‍👩‍👧",
  "❤️",
  "🇬🇧",
  "a\u202eb",
  "a\u200bb",
  "e\u0301",
  "\u00e9",
  "½ ②",
  "İstanbul",
  "ﬀ",
  "x".repeat(300),
  "Checkout latency",
  "Checkout latency",
  "checkout-latency",
  "checkout latency 501",
  "CPU idle",
  "iPhone errors",
  "a::b",
];

const text = fc
  .oneof(
    { arbitrary: fc.constantFrom(...NASTY), weight: 4 },
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.string({ maxLength: 20 }),
  )
  .map((given) => given.trim())
  .filter((given) => given !== "");
const chip = text.map((given) => given.replaceAll(",", "").trim()).filter((given) => given !== "");

const seconds = fc.oneof(fc.constantFrom(60, 90, 3600, 86_400, 604_800), fc.integer({ min: 60, max: 1_000_000 }));
const frequency = fc.constantFrom("daily-09:30", "weekly-monday", "monthly-31");
/** Places in a list of people. */
const some = fc.uniqueArray(fc.nat({ max: 5 }), { maxLength: 4 });

const person = fc.record({
  address: fc.constantFrom("ana", "class", "o'brien", "ops+eu", "Ben.Acme", "名前", "1"),
  name: fc.oneof(text, fc.constant("")),
  phone: fc.option(fc.constantFrom("+441632960101", "+15550100")),
  slack: fc.option(fc.constantFrom("U0ACME0001", "W12345ABC")),
  emailAlerts: fc.boolean(),
});

const watcher = fc.record({
  name: text,
  chips: fc.array(chip, { minLength: 1, maxLength: 4 }),
  alert: fc.boolean(),
  seconds,
  email: some,
  sms: some,
  mention: some,
  channel: fc.option(fc.nat({ max: 3 })),
  webhook: fc.option(fc.webUrl({ validSchemes: ["https"], withQueryParameters: true }), { freq: 2 }),
  summary: fc.option(fc.record({ frequency, people: some })),
  threshold: fc.option(
    fc.oneof(
      fc.record({
        condition: fc.constantFrom("greater_than", "less_than"),
        value: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
        times: fc.integer({ min: 1, max: 9 }),
      }),
      fc.record({
        condition: fc.constantFrom("greater_than", "less_than"),
        value: fc.integer(),
        times: fc.integer({ min: 1, max: 9 }),
        function: fc.constantFrom("mean", "median"),
        function_seconds: fc.integer({ min: 60, max: 7200 }),
      }),
      // What the service keeps of a limit and of times has no effect on this condition.
      fc.record({
        condition: fc.constant("drop_off_cliff"),
        value: fc.option(fc.integer()),
        times: fc.integer({ min: 1, max: 9 }),
        minimum_avg: fc.integer({ min: 1, max: 1000 }),
        minimum_avg_seconds: fc.integer({ min: 60, max: 7200 }),
      }),
    ),
  ),
  deleted: fc.boolean(),
});

const exclusion = fc.record({
  type: fc.constantFrom("skip_analysis", "no_stale_alert", "no_learning"),
  pattern: text,
  note: fc.option(fc.oneof(text, fc.constant(""))),
});

const adminAlert = fc.record({
  enabled: fc.boolean(),
  email: some,
  sms: some,
  channel: fc.option(fc.nat({ max: 3 })),
  wait: fc.integer({ min: 300, max: 100_000 }),
});

/** What one random organization has. */
export const randomOrganization = fc.record({
  name: text,
  timezone: fc.constantFrom("UTC", "Europe/London", "America/Argentina/Buenos_Aires"),
  people: fc.array(person, { maxLength: 5 }),
  channels: fc.uniqueArray(fc.constantFrom("ops-alerts", "日本", "it's", "x_1"), { maxLength: 4 }),
  watchers: fc.array(watcher, { maxLength: 8 }),
  exclusions: fc.array(exclusion, { maxLength: 4 }),
  adminAlerts: fc.tuple(adminAlert, adminAlert),
  /** Which object somebody changes later, and how. */
  change: fc.nat(),
});
export type RandomOrganization = typeof randomOrganization extends fc.Arbitrary<infer Model> ? Model : never;

/** The tenant that the random organization is made in. */
export function randomTenant(id: number): Tenant {
  const token = id.toString(16).padStart(32, "0");
  registerSecret("token of a random organization", token);
  return { ...emptyTenant(id), token };
}

const emptyTenant = (id: number): Omit<Tenant, "token"> => ({
  name: `random-${id}`,
  channels: [],
  watchers: [],
  exclusions: [],
  org: { id, name: "Random", timezone: "UTC", slack: true, ms_teams: true },
  users: [{ id: 1, name: "Root", email: "root@random.example", password: "root at random", admin: true }],
  admin_alerts: [],
  metrics: [],
  metrics_quota: 1,
});

/** Clicks the organization together. */
export function populate(organization: SimulatedOrganization, model: RandomOrganization): void {
  organization.edit((state) => {
    Object.assign(state.org, { name: model.name, timezone: model.timezone });
    const [root] = state.users;
    if (root === undefined) throw new Error("the tenant has nobody");
    for (const [index, { address, name, phone, slack, emailAlerts }] of model.people.entries()) {
      state.users.push({
        ...structuredClone(root),
        id: index + 2,
        name,
        email: `${address}${index || ""}@random.example`,
        admin: false,
        phone_number: phone,
        slack_member_id: slack,
        notifications: { email_alerts: emailAlerts },
      });
    }
    state.channels = model.channels.map((name, index) => ({ id: `C${index}`, name, private: false }));
    state.watchers = model.watchers.map((one, index) => wireWatcher(state, one, index));
    state.exclusions = model.exclusions.map((one, index) => ({
      ...one,
      id: 900 - index,
      created_timestamp: 1,
      created_user_id: null,
    }));
    for (const [index, one] of model.adminAlerts.entries()) {
      Object.assign(state.adminAlerts[index] ?? {}, { enabled: one.enabled, wait_seconds: one.wait });
      Object.assign(state.adminAlerts[index] ?? {}, {
        alerts: [
          ...people(state, "email", one.email),
          ...people(state, "sms", one.sms),
          ...channel(state, one.channel),
        ],
      });
    }
  });
}

function wireWatcher(state: OrganizationState, one: RandomOrganization["watchers"][number], index: number) {
  const slack = channel(state, one.channel);
  const report = people(state, "summary_email", one.summary?.people ?? []);
  // A shorter one may be the beginning of another address.
  if ((one.webhook?.length ?? 0) >= 16) registerSecret("webhook of a random organization", one.webhook ?? "");
  return {
    id: 501 + index,
    name: one.name,
    chips: one.chips,
    alert: one.alert,
    deleted: one.deleted,
    type: one.threshold === null ? ("anomaly" as const) : ("threshold" as const),
    alerts: [
      ...people(state, "email", one.email),
      ...people(state, "sms", one.sms),
      ...slack,
      ...(slack.length > 0 ? people(state, "slack_mention", one.mention) : []),
      ...(one.webhook === null ? [] : [{ method: "ms_teams" as const, ref: one.webhook }]),
      ...report,
    ],
    expiration_seconds: one.seconds,
    summary_report_frequency: report.length > 0 ? (one.summary?.frequency ?? null) : null,
    threshold: one.threshold,
    created_timestamp: 1,
    created_string: "",
    updated_timestamp: 1,
  };
}

function channel(state: OrganizationState, place: number | null): Array<{ method: "slack"; ref: string }> {
  const found = place === null ? undefined : state.channels[place];
  return found === undefined ? [] : [{ method: "slack", ref: found.name }];
}

/** Those of the people who can be reached in this way. */
function people<Method extends WireAlert["method"]>(
  state: OrganizationState,
  method: Method,
  places: readonly number[],
) {
  return places.flatMap((place) => {
    const user = state.users[place];
    const reach = method === "sms" ? user?.phone_number : method === "slack_mention" ? user?.slack_member_id : user;
    return user === undefined || !reach ? [] : [{ method, ref: String(user.id) }];
  });
}

/** What somebody changed: kind and id of the object, and its inputs by the names that the program has for them. */
export interface Changed {
  readonly kind: string;
  readonly id: string;
  /** One, unless it is about who is notified: then those of the inputs that say so. */
  readonly properties: readonly string[];
}

const RECIPIENTS = [
  "emailUsers",
  "smsUsers",
  "slackChannel",
  "slackMentionUsers",
  "msTeamsWebhook",
  "summaryReport",
  "summaryReportFrequency",
  "summaryReportUsers",
];

/** Somebody changes one thing. */
export function changeSomething(organization: SimulatedOrganization, choice: number): Changed {
  const changes: Array<Changed & { apply: () => void }> = [];
  let changed: Changed = { kind: "", id: "", properties: [] };
  organization.edit((state) => {
    const add = (kind: string, id: number, properties: string | readonly string[], apply: () => void) =>
      changes.push({ kind, id: String(id), properties: [properties].flat(), apply });
    add("OrgSettings", state.org.id, "name", () => Object.assign(state.org, { name: `${state.org.name}!` }));
    for (const user of state.users) {
      add("User", user.id, "emailAlerts", () =>
        Object.assign(user.notifications, { email_alerts: !user.notifications.email_alerts }),
      );
      if (user.name.trim() !== "") add("User", user.id, "name", () => Object.assign(user, { name: `${user.name}!` }));
    }
    for (const alert of state.adminAlerts) {
      add("AdminAlert", alert.id, "enabled", () => Object.assign(alert, { enabled: !alert.enabled }));
      add("AdminAlert", alert.id, "waitSeconds", () => Object.assign(alert, { wait_seconds: alert.wait_seconds + 60 }));
    }
    for (const one of state.exclusions)
      add("Exclusion", one.id, "pattern", () => Object.assign(one, { pattern: `${one.pattern}!` }));
    for (const one of state.watchers.filter(({ deleted }) => !deleted)) {
      const kind = one.type === "anomaly" ? "Watcher" : "ThresholdWatcher";
      add(kind, one.id, "name", () => Object.assign(one, { name: `${one.name}!` }));
      add(kind, one.id, "expiration", () => Object.assign(one, { expiration_seconds: one.expiration_seconds + 1 }));
      add(kind, one.id, "chips", () => one.chips.push("one more"));
      add(kind, one.id, RECIPIENTS, () =>
        Object.assign(one, { alerts: one.alerts.length === 0 ? [{ method: "email", ref: "1" }] : [] }),
      );
      if (one.summary_report_frequency !== null) changes.pop();
    }
    const picked = changes[choice % changes.length];
    if (picked === undefined) throw new Error("there is nothing to change");
    picked.apply();
    changed = { kind: picked.kind, id: picked.id, properties: picked.properties };
  });
  return changed;
}
