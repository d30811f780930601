import type { CoverageNode } from "../../routing/index.ts";

/** Counts of metrics. */
export type Counts = Pick<CoverageNode, "watched" | "unwatched" | "stopped">;

/** A part of the coverage as the page shows it. */
export interface Branch extends Counts {
  /** What it adds to the name of its parent: several segments where there is no choice between them, such as `prod.db1`. */
  readonly label: string;
  readonly isMetric: boolean;
  /** Sorted by label; empty for a metric that nothing is below of. */
  readonly children: readonly Branch[];
  /** Metrics below that are not shown one by one; null where all are. */
  readonly rest: Counts | null;
}

export interface TreeLimits {
  /** Branches and metrics that are shown in all. */
  readonly nodes: number;
  /** Of one branch. */
  readonly children: number;
  readonly depth: number;
}

interface Growing {
  readonly node: CoverageNode;
  readonly label: string;
  readonly depth: number;
  children: Growing[];
}

/**
 * As much of a tree as the limits allow, the branches with the most unwatched metrics first. What is left out is counted where
 * it would have been.
 */
export function cutTree(root: CoverageNode, limits: TreeLimits): Branch {
  const top: Growing = { node: root, label: "", depth: 0, children: [] };
  let [left, frontier] = [limits.nodes, [top]];
  while (frontier.length > 0 && left > 0) {
    const next = frontier.reduce((most, one) => (comesFirst(one.node, most.node) ? one : most));
    frontier = frontier.filter((one) => one !== next);
    next.children = chosen(next.node.children, Math.min(left, limits.children)).map((child) =>
      grown(child, next.depth),
    );
    left -= next.children.length;
    frontier.push(...next.children.filter(({ node, depth }) => node.children.length > 0 && depth < limits.depth));
  }
  return finished(top);
}

/** More unwatched metrics, else more metrics, else by name. */
function comesFirst(one: CoverageNode, other: CoverageNode): boolean {
  const more = one.unwatched - other.unwatched || total(one) - total(other);
  return more === 0 ? one.path < other.path : more > 0;
}

/** The order of the tree is kept. */
function chosen(children: readonly CoverageNode[], most: number): readonly CoverageNode[] {
  if (children.length <= most) return children;
  const first = new Set([...children].sort((a, b) => (comesFirst(a, b) ? -1 : 1)).slice(0, most));
  return children.filter((child) => first.has(child));
}

/** Segments between which there is no choice are one step. */
function grown(child: CoverageNode, depth: number): Growing {
  let [node, label] = [child, child.segment];
  for (let only = node.children[0]; !node.isMetric && node.children.length === 1 && only; only = node.children[0]) {
    [node, label] = [only, `${label}.${only.segment}`];
  }
  return { node, label, depth: depth + 1, children: [] };
}

function finished({ node, label, children }: Growing): Branch {
  const { watched, unwatched, stopped, isMetric } = node;
  const shown = children.map(finished);
  const below = node.children.reduce(plus, NONE);
  const rest = minus(below, shown.reduce<Counts>(plus, NONE));
  return { label, watched, unwatched, stopped, isMetric, children: shown, rest: total(rest) > 0 ? rest : null };
}

const NONE: Counts = { watched: 0, unwatched: 0, stopped: 0 };

export const total = ({ watched, unwatched, stopped }: Counts): number => watched + unwatched + stopped;

const plus = (a: Counts, b: Counts): Counts => ({
  watched: a.watched + b.watched,
  unwatched: a.unwatched + b.unwatched,
  stopped: a.stopped + b.stopped,
});

const minus = (a: Counts, b: Counts): Counts => ({
  watched: a.watched - b.watched,
  unwatched: a.unwatched - b.unwatched,
  stopped: a.stopped - b.stopped,
});
