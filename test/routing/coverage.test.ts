import fc from "fast-check";
import { type CoverageNode, coverage, coverageTree, declare, overlaps, recipientsOf } from "pulumi-anomify/routing";
import { expect, test } from "vitest";

const watchers = [
  { name: "CPU", chips: ["cpu"], emailUsers: ["ana@example.com"] },
  { name: "Database CPU", chips: ["cpu", "db"], emailUsers: ["ana@example.com", "ben@example.com"] },
  { name: "Old", chips: ["old"], emailUsers: ["ben@example.com"] },
  { name: "None", chips: ["nothing"], emailUsers: ["ben@example.com"] },
];
const metrics = ["db.cpu", "web.cpu", "web.disk", { name: "old.disk", active: false }];

test("overlaps name who is notified twice, of metrics where they are known, else by chips", () => {
  const pair = { watchers: ['Watcher "CPU"', 'Watcher "Database CPU"'], recipients: [{ to: "ana@example.com" }] };
  expect(overlaps(declare({ watchers, metrics }))).toMatchObject([{ ...pair, metrics: ["db.cpu"] }]);
  expect(overlaps(declare({ watchers }))).toMatchObject([pair]);
  expect(overlaps(declare({ watchers, metrics: ["web.cpu"] }))).toEqual([]);
});

test("coverage says what nobody is notified of, and which watchers match nothing", () => {
  expect(coverage(declare({ watchers, metrics }))).toEqual({
    unnotified: ["web.disk"],
    empty: ['Watcher "None"'],
    stopped: ['Watcher "Old"'],
  });
  expect(() => coverage(declare({ watchers }))).toThrow("needs the metrics");
});

test("the coverage as a tree of the segments of the names", () => {
  const tree = coverageTree(declare({ watchers, metrics: [...metrics, "web", 'web.http{host="a.b"}'] }));
  const flat = ({ path, watched, unwatched, stopped, isMetric, children }: CoverageNode): unknown[] => [
    [path, watched, unwatched, stopped, isMetric],
    ...children.flatMap(flat),
  ];
  expect(flat(tree)).toEqual([
    ["", 2, 3, 1, false],
    ["db", 1, 0, 0, false],
    ["db.cpu", 1, 0, 0, true],
    ["old", 0, 0, 1, false],
    ["old.disk", 0, 0, 1, true],
    ["web", 1, 3, 0, true],
    ["web.cpu", 1, 0, 0, true],
    ["web.disk", 0, 1, 0, true],
    ['web.http{host="a.b"}', 0, 1, 0, true],
  ]);
  expect(() => coverageTree(declare({ watchers }))).toThrow("needs the metrics");
});

test("the coverage of all metrics is what is said of each", () => {
  const part = fc.constantFrom("db", "web", "cpu", "disk");
  const name = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("."));
  const who = fc.subarray(["ana@example.com", "ben@example.com"]);
  const one = fc.record({
    chips: fc.array(part, { minLength: 1, maxLength: 2 }),
    emailUsers: who,
    alert: fc.boolean(),
  });
  const patterns = fc.array(fc.record({ type: fc.constantFrom("skip_analysis", "no_learning"), pattern: part }), {
    maxLength: 1,
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(name),
      fc.array(one, { maxLength: 3 }),
      patterns,
      fc.boolean(),
      (names, made, exclusions, isMuted) => {
        const declared = declare({
          metrics: names,
          people: [{ email: "ana@example.com" }, { email: "ben@example.com", emailAlerts: false }],
          watchers: made.map((watcher, index) => ({ name: `${index}`, ...watcher })),
          exclusions,
        });
        const org = { ...declared, everybody: true, ...(isMuted ? { muted: { until: null } } : {}) };
        const unnotified = names.filter((metric) => recipientsOf(org, metric).notified.length === 0).sort();
        expect(coverage(org).unnotified).toEqual(unnotified);
        expect(coverageTree(org).unwatched).toBe(unnotified.length);
      },
    ),
  );
});
