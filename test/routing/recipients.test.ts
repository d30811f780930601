import fc from "fast-check";
import { type Configuration, declare, explain, recipientsOf, replay } from "pulumi-anomify/routing";
import "pulumi-anomify/routing/vitest";
import { expect, test } from "vitest";

const AT = new Date("2026-11-24T10:00:00Z");
const METRIC = "prod.db1.cpu.idle";
const WHO = ["ana@example.com", "ben@example.com", "chidi@example.com"];
const org: Configuration = declare({
  people: [
    { email: "ana@example.com", phoneNumber: "+441632960101" },
    { email: "ben@example.com", phoneNumber: null },
  ],
  watchers: [
    { name: "CPU", chips: ["db1", "cpu"], smsUsers: WHO.slice(0, 2), slackChannel: "ops" },
    { name: "Off", chips: ["cpu"], alert: false, emailUsers: ["ben@example.com"] },
  ],
  exclusions: [{ type: "skip_analysis", pattern: "staging", until: "2026-10-31" }],
});

test("a person is known by a watcher that matches the metric, and everybody else is shown why not", () => {
  expect(recipientsOf(org, METRIC, AT).notified).toMatchObject([
    { to: "ana@example.com", by: "sms", watcher: 'Watcher "CPU"', atMostEverySeconds: 3600 },
    { to: "#ops", by: "slack" },
  ]);
  const text = explain(org, METRIC, AT);
  expect(text).toContain('notified: ana@example.com by sms, from Watcher "CPU" (at most once per 1h)');
  expect(text).toContain("ben@example.com has no phone number");
  expect(text).toContain('Watcher "Off" has alert: false');
  expect(explain(org, "staging.db1.cpu", AT)).toMatch(
    /Nobody is notified.*leaves the metric out. Its last day was 2026-10-31/s,
  );
  expect(recipientsOf({ ...org, muted: { until: null } }, METRIC, AT).notified).toEqual([]);
  expect(recipientsOf({ ...org, muted: { until: 1 } }, METRIC, AT).notified).toHaveLength(2);
});

test("toNotify passes and fails with the reasons, and refuses to be left without a metric", () => {
  expect(org).toNotify("Ana@example.com", { about: METRIC, by: "sms", at: "2026-11-24T10:00Z" });
  expect(org).not.toNotify("ben@example.com", { about: METRIC });
  expect(() => expect(org).toNotify("ben@example.com", { about: METRIC, by: "sms" })).toThrow(/has no phone number/);
  expect(() => expect(org).not.toNotify("#ops", { about: METRIC })).toThrow(/expected not to notify #ops/);
  expect(() => expect(org).not.toNotify("ben@example.com", {} as never)).toThrow("needs the metric");
});

test("a recipient more removes nobody, and an exclusion adds nothing", () => {
  const lists = fc.subarray(WHO);
  fc.assert(
    fc.property(
      lists,
      lists,
      fc.constantFrom(...WHO),
      fc.constantFrom("cpu", "prod", "x"),
      (email, sms, who, pattern) => {
        const make = (emailUsers: string[], exclusions: { type: string; pattern: string }[] = []) =>
          recipientsOf(
            declare({ watchers: [{ name: "W", chips: ["cpu"], emailUsers, smsUsers: sms }], exclusions }),
            METRIC,
            AT,
          ).notified;
        const before = make(email);
        expect(make([...email, who])).toEqual(expect.arrayContaining([...before]));
        expect(before).toEqual(expect.arrayContaining([...make(email, [{ type: "skip_analysis", pattern }])]));
      },
    ),
    { numRuns: 50 },
  );
});

test("an alert holds back further ones of its metric until it expires", () => {
  const times = fc.array(
    fc.record({ metric: fc.constantFrom(METRIC, "prod.db1.cpu.user"), timestamp: fc.nat(50_000) }),
  );
  fc.assert(
    fc.property(times, (anomalies) => {
      const { alerts, watchers } = replay(org, anomalies, { from: 0, until: 100_000 });
      for (const metric of [METRIC, "prod.db1.cpu.user"]) {
        const own = alerts.filter((alert) => alert.metric === metric).map(({ timestamp }) => timestamp);
        for (const [index, time] of own.slice(1).entries())
          expect(time - (own[index] ?? 0)).toBeGreaterThanOrEqual(3600);
      }
      expect((watchers[0]?.alerts ?? 0) + (watchers[0]?.heldBack ?? 0)).toBe(anomalies.length);
    }),
  );
});
