import fc from "fast-check";
import { expect, test } from "vitest";
import { noMetric } from "../../domain/diagnostics/matched-metrics.ts";
import { matchesChips, matchesPattern } from "../../domain/metrics/matching.ts";
import { MetricIndex } from "../../domain/metrics/metric-index.ts";
import * as simulated from "../../simulator/matching.ts";

/** What the engine's own rule gave; see the notes on chips in contract/openapi.yaml. */
const table: Array<[chips: string[], metric: string, matches: boolean]> = [
  [["cpu"], "host.gpu.cpufreq", false],
  [["cpu"], "cpufreq.x", true],
  [["cpu", "idle"], "host1.idle.cpu", true],
  [["cpu", "idle"], "cpu.idlest", true],
  [["cpu", "cpu"], "h.cpu.idle", false],
  [["eth0:1"], "h.eth0:1.rx", true],
  [["10.0.0.1:9090"], 'cpu_user{instance="10.0.0.1:9090"}', false],
  [["instance"], 'cpu_user{instance="a"}', true],
  [["/api/login"], 'requests{path="/api/login",code="200"}', true],
  [["requests", "200"], 'requests{path="/api/login",code="200"}', true],
  [["CPU"], "h.cpu.idle", false],
  [[], "h.cpu.idle", false],
];

test.each(table)("chips %j in %s: %s", (chips, metric, matches) => {
  expect(matchesChips(metric, chips)).toBe(matches);
  expect(new MetricIndex([metric]).ofChips(chips)).toEqual(matches ? [metric] : []);
  expect(simulated.matchesChips(metric, chips) && chips.length > 0).toBe(matches);
});

test.each([
  ["staging.web2", "staging.web2.cpu", true],
  ["web2.staging", "staging.x.web2", true],
  ["staging.we", "staging.web2.cpu", true],
  ["aging", "staging.web2.cpu", false],
  ["nothing, web2", "staging.web2.cpu", true],
  ["db.cpu.", "db.cpu.core1", true],
  ["", "staging.web2.cpu", false],
] as const)("pattern %j in %s: %s", (pattern, metric, matches) => {
  expect(matchesPattern(metric, pattern)).toBe(matches);
  expect(new MetricIndex([metric]).ofPattern(pattern)).toEqual(matches ? [metric] : []);
  expect(simulated.matchesPattern(metric, pattern)).toBe(matches);
});

const element = fc.constantFrom("cpu", "cpufreq", "idle", "web1", "eth0:1", "a-b", "é");
const dotted = fc.array(element, { minLength: 1, maxLength: 4 }).map((elements) => elements.join("."));
const labelled = fc
  .tuple(dotted, fc.array(fc.tuple(element, dotted), { minLength: 1, maxLength: 2 }))
  .map(([name, labels]) => `${name}{${labels.map(([label, value]) => `${label}="${value}"`).join(",")}}`);
const metrics = fc.array(fc.oneof(dotted, labelled), { maxLength: 12 });
const chips = fc.array(fc.oneof({ weight: 5, arbitrary: element }, dotted), { minLength: 1, maxLength: 3 });

test("our rule, the index of it and the simulated service agree on any names", () => {
  fc.assert(
    fc.property(metrics, chips, (names, wanted) => {
      const index = new MetricIndex(names);
      const ours = index.names.filter((name) => matchesChips(name, wanted));
      expect(index.ofChips(wanted)).toEqual(ours);
      expect(index.names.filter((name) => simulated.matchesChips(name, wanted))).toEqual(ours);
      const pattern = wanted.join(",");
      const excluded = index.names.filter((name) => matchesPattern(name, pattern));
      expect(index.ofPattern(pattern)).toEqual(excluded);
      expect(index.names.filter((name) => simulated.matchesPattern(name, pattern))).toEqual(excluded);
    }),
    { numRuns: 300 },
  );
});

test("chips that can match nothing say why", () => {
  const { message, hint } = noMetric(["cpu", "10.0.0.1", "cpu"], { count: 0, estimate: false }, ["cpu"]);
  expect(`${message}. ${hint}`).toBe(
    'match no metric of the organization, so nobody is notified. "cpu" is there twice: chips that are repeated match nothing. Name it once. "10.0.0.1" has a dot or a comma: a chip is one element of a name, such as "10" or "0" or "1".',
  );
});
