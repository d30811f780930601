import { MetricIndex } from "../metrics/metric-index.ts";
import { metricsOf } from "./coverage.ts";
import type { Configuration } from "./model.ts";
import { notifiedMetrics } from "./recipients.ts";

/** Metrics whose names begin alike. */
export interface CoverageNode {
  /** The part of the names that this node adds: `db1`; empty at the root. */
  readonly segment: string;
  /** All parts so far, as they stand in the names: `prod.db1`; empty at the root. */
  readonly path: string;
  /** Metrics that still send data and of which somebody is notified, here and below. */
  readonly watched: number;
  /** Metrics that still send data and of which nobody is notified. */
  readonly unwatched: number;
  /** Metrics that have stopped. */
  readonly stopped: number;
  /** Whether a metric has exactly this name. */
  readonly isMetric: boolean;
  /** Sorted by segment. */
  readonly children: readonly CoverageNode[];
}

/**
 * Metrics as a tree of the segments of their names (what is between dots; labels in braces stay together), each node with the
 * number of watched, unwatched and stopped ones below it. `recipientsOf` decides: a metric is watched when somebody is notified.
 *
 * @param at matters for muting and dates alone
 * @throws Error when the metrics are not known
 */
export function coverageTree(configuration: Configuration, at: Date = new Date()): CoverageNode {
  const metrics = metricsOf(configuration);
  const notified = notifiedMetrics(configuration, new MetricIndex(metrics.map(({ name }) => name)), at);
  const root = newNode("", "");
  const seen = new Set<string>();
  for (const { name, active } of metrics) {
    if (seen.has(name)) continue;
    seen.add(name);
    add(root, name, active ? (notified.has(name) ? "watched" : "unwatched") : "stopped");
  }
  return finished(root);
}

interface Growing {
  readonly segment: string;
  readonly path: string;
  readonly counts: Record<"watched" | "unwatched" | "stopped", number>;
  isMetric: boolean;
  readonly children: Map<string, Growing>;
}

function newNode(segment: string, path: string): Growing {
  const counts = { watched: 0, unwatched: 0, stopped: 0 };
  return { segment, path, counts, isMetric: false, children: new Map() };
}

function add(root: Growing, name: string, state: keyof Growing["counts"]): void {
  let node = root;
  node.counts[state] += 1;
  for (const segment of segmentsOf(name)) {
    const path = node === root ? segment : `${node.path}.${segment}`;
    const next = node.children.get(segment) ?? newNode(segment, path);
    node.children.set(segment, next);
    next.counts[state] += 1;
    node = next;
  }
  node.isMetric = true;
}

/** What is between the dots of a metric name. A dot in labels, such as in `http.requests{host="a.b"}`, separates nothing. */
export function segmentsOf(metric: string): string[] {
  const brace = metric.indexOf("{");
  if (brace < 0) return metric.split(".");
  const segments = metric.slice(0, brace).split(".");
  return [...segments.slice(0, -1), `${segments.at(-1)}${metric.slice(brace)}`];
}

function finished({ segment, path, counts, isMetric, children }: Growing): CoverageNode {
  const sorted = [...children.values()].sort((a, b) => (a.segment < b.segment ? -1 : 1));
  return { segment, path, ...counts, isMetric, children: sorted.map(finished) };
}
