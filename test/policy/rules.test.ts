import {
  adminAlertsOn,
  checkAll,
  exclusionsCarryNoteAndUntil,
  minimumExpiration,
  NotKnown,
  noBroadChips,
  nobodyNotified,
  type PolicyWatcher,
  prodWatchersAreRealTime,
  rules,
} from "pulumi-anomify/policy";
import { declare, fromOrganization } from "pulumi-anomify/routing";
import { startSimulator } from "pulumi-anomify/simulator";
import { describe, expect, it, onTestFinished, test } from "vitest";
import { connectTo } from "../helpers/exported.ts";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const ANA = "ana@acme.example";
const BEN = "ben@acme.example";
const today = new Date("2026-11-24T23:30:00Z");
const watcher = (args: Partial<PolicyWatcher> = {}): PolicyWatcher => ({
  name: "W",
  chips: ["prod", "db"],
  emailUsers: [ANA, BEN],
  ...args,
});
/** `property: message` of each finding. */
const said = (findings: ReadonlyArray<{ property: string; message: string }>) =>
  findings.map(({ property, message }) => `${property}: ${message}`);

describe("nobody-notified", () => {
  it.each<[string, Partial<PolicyWatcher>]>([
    ["by e-mail", {}],
    ["by text message", { emailUsers: [], smsUsers: [7] }],
    ["in Slack", { emailUsers: null, slackChannel: "ops" }],
    ["in Teams", { emailUsers: [], msTeamsWebhook: "https://example.com/hook/s3cret" }],
    ["in Teams, of a state without secrets", { emailUsers: [], msTeams: true }],
  ])("passes when somebody is notified %s", (_way, args) => expect(nobodyNotified(watcher(args))).toEqual([]));

  it.each<[string, Partial<PolicyWatcher>, string]>([
    [
      "the alert is off",
      { alert: false },
      "alert: is false, so nobody is notified. Set alert: true, or remove the watcher",
    ],
    [
      "there is no recipient",
      { emailUsers: [], slackChannel: "", msTeams: false },
      ": notifies nobody. Add emailUsers, smsUsers, slackChannel or msTeamsWebhook",
    ],
    [
      "there is a summary alone",
      { emailUsers: [], summaryReport: { emailUsers: [ANA] } },
      ": sends a summary alone: nobody is notified when something happens. Add recipients if somebody should be",
    ],
  ])("fails when %s", (_why, args, message) => expect(said(nobodyNotified(watcher(args)))).toEqual([message]));

  it("takes a summary for enough when it is asked to", () => {
    const summary = watcher({ emailUsers: [], summaryReport: { emailUsers: [ANA] } });
    expect(nobodyNotified(summary, { summaryIsEnough: true })).toEqual([]);
  });
});

describe("prod-watchers-are-real-time", () => {
  it("passes with a recipient and two people, and for watchers of something else", () => {
    expect(prodWatchersAreRealTime(watcher())).toEqual([]);
    expect(prodWatchersAreRealTime(watcher({ emailUsers: [ANA], smsUsers: [BEN] }))).toEqual([]);
    expect(prodWatchersAreRealTime(watcher({ chips: ["staging"], emailUsers: [] }))).toEqual([]);
  });

  it("fails when the alert is off, when nobody is notified at once, and with one person in two lists", () => {
    expect(said(prodWatchersAreRealTime(watcher({ alert: false })))).toEqual([
      'alert: is false, so nobody is notified, though it is for production (chip "prod"). Set alert: true',
    ]);
    expect(said(prodWatchersAreRealTime(watcher(), { recipients: ["sms", "slack"] }))).toEqual([
      'smsUsers: notifies nobody at once, though it is for production (chip "prod"). Set smsUsers or slackChannel',
    ]);
    expect(said(prodWatchersAreRealTime(watcher({ emailUsers: [ANA], smsUsers: [" ANA@acme.example"] })))).toEqual([
      'emailUsers: names 1 person where 2 are asked for, though it is for production (chip "prod"). Add 1 person to emailUsers, smsUsers or slackMentionUsers',
    ]);
  });

  it("goes by its settings", () => {
    const channel = watcher({ chips: ["live"], emailUsers: [], slackChannel: "ops" });
    expect(prodWatchersAreRealTime(channel)).toEqual([]);
    expect(prodWatchersAreRealTime(channel, { chips: ["live"] })).toHaveLength(1);
    expect(prodWatchersAreRealTime(channel, { chips: ["live"], channelIsEnough: true })).toEqual([]);
    expect(prodWatchersAreRealTime(channel, { chips: ["live"], people: 0 })).toEqual([]);
  });
});

describe("no-broad-chips", () => {
  it("passes with two chips, and with a narrow one", () => {
    expect(noBroadChips(watcher({ chips: ["prod", "cpu"] }))).toEqual([]);
    expect(noBroadChips(watcher({ chips: ["checkout"] }))).toEqual([]);
  });

  it("fails with a single broad chip, and with fewer than asked for", () => {
    expect(said(noBroadChips(watcher({ chips: ["CPU", "CPU"] })))).toEqual([
      'chips: its only chip, "CPU", is too broad. Add a chip that narrows it, such as the name of a service',
    ]);
    expect(noBroadChips(watcher({ chips: ["shop"] }), { chips: ["shop"] })).toHaveLength(1);
    expect(said(noBroadChips(watcher({ chips: ["checkout"] }), { minimumChips: 2 }))).toEqual([
      "chips: it has 1 chip, and at least 2 are asked for. Add chips that narrow it",
    ]);
  });
});

describe("minimum-expiration", () => {
  it.each<[Partial<PolicyWatcher>]>([
    [{}],
    [{ expiration: "15m" }],
    [{ expiration: { value: 900, unit: "second" } }],
    [{ expirationSeconds: 900 }],
  ])("passes with %j", (args) => expect(minimumExpiration(watcher(args))).toEqual([]));

  it.each<[Partial<PolicyWatcher>, string]>([
    [{ expiration: "14m" }, '"14m"'],
    [{ expiration: { value: 2, unit: "minute" } }, '{"value":2,"unit":"minute"}'],
    [{ expirationSeconds: 60 }, "60 seconds"],
  ])("fails with %j", (args, given) => {
    expect(said(minimumExpiration(watcher(args)))).toEqual([
      `expiration: ${given} is too short: alerts about one metric may come more often than every 15m. Set expiration to "15m" or more`,
    ]);
  });

  it("goes by its setting, and by the default of the resource", () => {
    expect(minimumExpiration(watcher(), { minimum: "2h" })).toHaveLength(1);
    expect(() => minimumExpiration(watcher(), { minimum: "soon" })).toThrow(
      /^Rule minimum-expiration: minimum: must be/,
    );
  });
});

describe("exclusions-carry-note-and-until", () => {
  const exclusion = { pattern: "staging", note: "Load tests", until: "2026-12-24" };

  it("passes with a reason and a near day, today included", () => {
    expect(exclusionsCarryNoteAndUntil(exclusion, {}, today)).toEqual([]);
    expect(exclusionsCarryNoteAndUntil({ ...exclusion, until: "2026-11-24" }, {}, today)).toEqual([]);
    expect(exclusionsCarryNoteAndUntil({ ...exclusion, until: "2027-02-22" }, {}, today)).toEqual([]);
  });

  it("fails without either", () => {
    expect(said(exclusionsCarryNoteAndUntil({ pattern: "staging", note: " " }, {}, today))).toEqual([
      "note: it has no note. Write in note why it is there",
      "until: it has no last day. Set until to a day up to 2027-02-22",
    ]);
  });

  it.each([
    [
      "2026-11-23",
      "is past: the exclusion should have ended on 2026-11-23. Remove it, or set until to a day up to 2027-02-22",
    ],
    ["2027-02-23", "its last day is 91 days ahead, and at most 90 are allowed. Set until to a day up to 2027-02-22"],
    ["soon", "until must be a date such as 2027-02-22"],
  ])("fails with the last day %s", (until, message) => {
    expect(said(exclusionsCarryNoteAndUntil({ ...exclusion, until }, {}, today))).toEqual([`until: ${message}`]);
  });

  it("goes by its setting", () => {
    expect(exclusionsCarryNoteAndUntil(exclusion, { maximumDays: 29 }, today)).toHaveLength(1);
  });
});

describe("admin-alerts-on", () => {
  const all = { alert: "all-metrics-stopped", emailUsers: [ANA] };
  const some = { alert: "some-metrics-stopped", slackChannel: "ops" };
  const label = 'AdminAlert "some-metrics-stopped"';

  it("passes when both are declared and notify somebody", () => {
    expect(adminAlertsOn({ adminAlerts: [all, some] })).toEqual([]);
  });

  it("fails when one is not declared, is off, or notifies nobody", () => {
    expect(adminAlertsOn({ adminAlerts: [all] })).toMatchObject([{ resource: label, property: "" }]);
    const off = { adminAlerts: [all, { ...some, enabled: false }] };
    expect(adminAlertsOn(off)).toMatchObject([{ resource: label, property: "enabled" }]);
    const silent = { adminAlerts: [all, { ...some, slackChannel: null, emailUsers: [] }] };
    expect(adminAlertsOn(silent)).toMatchObject([
      {
        resource: label,
        message: "notifies nobody that some metrics send no data any more. Add emailUsers, smsUsers or slackChannel",
      },
    ]);
  });

  it("goes by its settings", () => {
    expect(adminAlertsOn({ adminAlerts: [all] }, { alerts: ["all-metrics-stopped"] })).toEqual([]);
    const both = { adminAlerts: [all, some] };
    expect(adminAlertsOn(both, { orgSettings: true })).toMatchObject([{ resource: "OrgSettings" }]);
    expect(adminAlertsOn({ ...both, orgSettings: { name: "Acme" } }, { orgSettings: true })).toHaveLength(1);
    expect(adminAlertsOn({ ...both, orgSettings: { timezone: "Europe/London" } }, { orgSettings: true })).toEqual([]);
  });
});

describe("checkAll", () => {
  const configuration = {
    watchers: [watcher({ name: "Flood", expiration: "2m" }), watcher({ name: "Silent", alert: false })],
    exclusions: [{ type: "skip_analysis", pattern: "staging" }],
  };
  const found = (options?: Parameters<typeof checkAll>[1]) =>
    checkAll(configuration, options).map(({ rule, resource }) => `${rule}: ${resource}`);

  it("applies every rule, says of what each finding is, and leaves out what is disabled or exempt", () => {
    expect(found()).toEqual([
      'nobody-notified: Watcher "Silent"',
      'prod-watchers-are-real-time: Watcher "Silent"',
      'minimum-expiration: Watcher "Flood"',
      'exclusions-carry-note-and-until: Exclusion "staging"',
      'exclusions-carry-note-and-until: Exclusion "staging"',
      'admin-alerts-on: AdminAlert "all-metrics-stopped"',
      'admin-alerts-on: AdminAlert "some-metrics-stopped"',
    ]);
    const options = {
      rules: {
        "admin-alerts-on": "disabled",
        "nobody-notified": { enforcementLevel: "disabled" },
        "prod-watchers-are-real-time": { exempt: ["Silent"] },
        "exclusions-carry-note-and-until": { exempt: ["staging"] },
      },
    } as const;
    expect(found(options)).toEqual(['minimum-expiration: Watcher "Flood"']);
  });

  it("takes a configuration of routing, declared or live", async () => {
    const declared = declare({
      watchers: [{ name: "Flood", chips: ["prod"], expiration: "2m", emailUsers: [ANA, BEN] }],
    });
    expect(checkAll(declared, { rules: { "admin-alerts-on": "disabled" } })).toMatchObject([
      { rule: "no-broad-chips", resource: 'Watcher "Flood"' },
      { rule: "minimum-expiration", resource: 'Watcher "Flood"' },
    ]);
    const simulator = await startSimulator({ tenants: ["acme"] });
    onTestFinished(() => simulator.stop());
    const live = await fromOrganization(connectTo(simulator.url, simulator.organization("acme")));
    const named = checkAll(live, { rules: { "minimum-expiration": { minimum: "2h" } } }).map(
      ({ resource }) => resource,
    );
    expect(named).toContain('Watcher "Checkout latency"');
  });

  it("refuses rules and settings that do not exist, and says what there is", () => {
    const wrong = (rule: object) => () => checkAll(configuration, { rules: rule as never });
    expect(wrong({ "no-broad-chip": "mandatory" })).toThrow(
      'There is no rule "no-broad-chip". Did you mean "no-broad-chips"?',
    );
    expect(wrong({ "no-broad-chips": { minimumChip: 2, chips: "prod" } })).toThrow(
      /^Rule no-broad-chips: chips: .*; there is no setting "minimumChip"\. Did you mean "minimumChips"\?$/,
    );
    expect(wrong({ "no-broad-chips": { people: 2 } })).toThrow("There are: chips, minimumChips, exempt");
    expect(wrong({ "no-broad-chips": "strict" })).toThrow(
      'Rule no-broad-chips: enforcementLevel must be "advisory", "mandatory", "disabled"',
    );
  });
});

describe("values that are not known yet", () => {
  const judge = (rule: (typeof rules)[number], args: Partial<PolicyWatcher>) =>
    (rule as typeof nobodyNotified).run(watcher(args), rule.parse() as typeof nobodyNotified.defaults);

  it("do not matter when what is known decides", () => {
    expect(judge(nobodyNotified, { slackChannel: UNKNOWN })).toEqual({ findings: [] });
    expect(judge(nobodyNotified, { emailUsers: [UNKNOWN] })).toEqual({ findings: [] });
    expect(judge(prodWatchersAreRealTime, { smsUsers: [UNKNOWN] })).toEqual({ findings: [] });
    expect(judge(prodWatchersAreRealTime, { chips: [UNKNOWN, "prod"] })).toEqual({ findings: [] });
    expect(judge(noBroadChips, { chips: [UNKNOWN, "prod"] })).toEqual({ findings: [] });
  });

  it("leave open what hangs on them, after what is certain is said", () => {
    const open = (properties: string[]) => ({ findings: [], unknown: expect.objectContaining({ properties }) });
    const people = ["emailUsers", "smsUsers", "slackMentionUsers"];
    expect(judge(nobodyNotified, { emailUsers: [], slackChannel: UNKNOWN })).toEqual(open(["slackChannel"]));
    expect(judge(prodWatchersAreRealTime, { emailUsers: [ANA, UNKNOWN] })).toEqual(open(people));
    expect(judge(prodWatchersAreRealTime, { chips: [UNKNOWN] })).toEqual(open(["chips"]));
    expect(judge(noBroadChips, { chips: [UNKNOWN] })).toEqual(open(["chips"]));
    expect(judge(minimumExpiration, { expiration: UNKNOWN })).toEqual(open(["expiration"]));
    expect(judge(nobodyNotified, { alert: false, emailUsers: [], slackChannel: UNKNOWN })).toMatchObject({
      findings: [{ property: "alert" }],
      unknown: { properties: ["slackChannel"] },
    });
    expect(() => nobodyNotified(watcher({ alert: UNKNOWN as never }))).toThrow(NotKnown);
  });
});

test("every rule has its own name, a severity and a remedy", () => {
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  for (const rule of rules) {
    expect(rule.remediation, rule.name).not.toBe("");
    for (const [setting, schema] of Object.entries(rule.schema)) {
      expect(schema.description, `${rule.name}.${setting}`).toEqual(expect.any(String));
      expect(schema, `${rule.name}.${setting}`).toHaveProperty("default");
    }
  }
});
