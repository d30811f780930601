import { coverage, declare, overlaps } from "pulumi-anomify/routing";
import { expect, test } from "vitest";

const watchers = [
  { name: "CPU", chips: ["cpu"], emailUsers: ["ana@example.com"] },
  { name: "Database CPU", chips: ["cpu", "db"], emailUsers: ["ana@example.com", "ben@example.com"] },
  { name: "Old", chips: ["old"], emailUsers: ["ben@example.com"] },
  { name: "None", chips: ["nothing"], emailUsers: ["ben@example.com"] },
];
const metrics = ["db.cpu", "web.cpu", "web.disk", { name: "old.disk", active: false }];

test("overlaps name who is told twice, of metrics where they are known, else by chips", () => {
  const pair = { watchers: ['Watcher "CPU"', 'Watcher "Database CPU"'], recipients: [{ to: "ana@example.com" }] };
  expect(overlaps(declare({ watchers, metrics }))).toMatchObject([{ ...pair, metrics: ["db.cpu"] }]);
  expect(overlaps(declare({ watchers }))).toMatchObject([pair]);
  expect(overlaps(declare({ watchers, metrics: ["web.cpu"] }))).toEqual([]);
});

test("coverage tells what nobody is told of, and which watchers catch nothing", () => {
  expect(coverage(declare({ watchers, metrics }))).toEqual({
    ...{ untold: ["web.disk"], empty: ['Watcher "None"'], stopped: ['Watcher "Old"'] },
  });
  expect(() => coverage(declare({ watchers }))).toThrow("needs the metrics");
});
