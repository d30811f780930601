import fc from "fast-check";
import { compare, declare, matchesChips, matchesPattern, replay } from "pulumi-anomify/routing";
import { expect, test } from "vitest";

test("two replays are compared by recipient", () => {
  const of = (emailUsers: string[], expiration: string) =>
    replay(
      declare({ watchers: [{ name: "CPU", chips: ["cpu"], emailUsers, expiration }] }),
      [0, 1800, 3600].map((timestamp) => ({ metric: "db.cpu", timestamp })),
      { from: 0, until: 7200 },
    );
  const [a, b] = ["ana@example.com", "ben@example.com"];
  expect(compare(of([a], "1h"), of([a, b], "30m"))).toMatchObject([
    { to: a, by: "email", before: 2, after: 3 },
    { to: b, before: 0, after: 3 },
  ]);
});

const metric = fc.constantFrom("a.b", "a.c", "b.c", "a-b.c", "d");
const anomalies = fc.array(fc.record({ metric, timestamp: fc.integer({ min: 0, max: 9_000 }) }), { maxLength: 40 });
// A program has chips as a set; those that are repeated match nothing.
const chips = fc.uniqueArray(fc.constantFrom("a", "b", "c", "a-b", "e"), { minLength: 1, maxLength: 3 });

test("a watcher alerts of what its chips match and no exclusion leaves out, not again before its expiration has passed", () => {
  fc.assert(
    fc.property(anomalies, chips, (stored, own) => {
      const [expiration, pattern] = [3_600, "b.c"];
      const organization = declare({
        watchers: [{ name: "w", chips: own, slackChannel: "ops", expiration: "1h" }],
        exclusions: [{ type: "skip_analysis", pattern }],
      });
      const alerts: typeof stored = [];
      for (const one of [...stored].sort((a, b) => a.timestamp - b.timestamp)) {
        if (!matchesChips(one.metric, own) || matchesPattern(one.metric, pattern) || one.timestamp >= 8_000) continue;
        const isHeldBack = (last: typeof one) =>
          last.metric === one.metric && one.timestamp < last.timestamp + expiration;
        if (!alerts.some(isHeldBack)) alerts.push(one);
      }
      const played = replay(organization, stored, { from: 0, until: 8_000 });
      const sorted = (all: readonly { metric: string; timestamp: number }[]) =>
        all.map((one) => `${one.timestamp} ${one.metric}`).sort();
      expect(sorted(played.alerts)).toEqual(sorted(alerts));
      expect(played.messages).toEqual([{ kind: "channel", to: "#ops", by: "slack", messages: alerts.length }]);
    }),
    { verbose: true },
  );
});
