import { isDeepStrictEqual } from "node:util";
import { printable } from "../../domain/text/printable.ts";
import type { MatchedMetrics } from "../organization/metric-matcher.ts";
import type { Organization } from "../organization/organization.ts";
import type { Definition, Effect, Values } from "./definition.ts";
import type { Failure } from "./messages.ts";
import { containsUnknown } from "./unknowns.ts";

/** The output that says it. A computed input as well: only inputs show in a preview. */
export const EFFECT = "effect";

/**
 * Describes the effect of a resource that is new, or whose selection of metrics changes. All others keep what is recorded: no live
 * count can make an unchanged resource look changed, and none costs a request.
 *
 * @param inputs checked inputs, unknowns among them
 * @param olds inputs of the state; empty when there are none
 */
export async function describeEffect(
  definition: Definition,
  org: Organization,
  inputs: Values,
  olds: Values,
): Promise<{ recorded: Values; failures: Failure[] }> {
  const { effect } = definition;
  if (effect === undefined) return { recorded: {}, failures: [] };
  const known = effect.keys.every((key) => !containsUnknown(inputs[key]));
  const changed = effect.keys.some((key) => !isDeepStrictEqual(inputs[key] ?? null, olds[key] ?? null));
  const before = Object.keys(olds).length > 0 ? olds : undefined;
  const isDescribed = known && changed;
  const described: Effect = isDescribed ? await effect.describe(org, inputs, before) : { failures: [] };
  // Of what matches nothing, or is refused, there is nothing to replay.
  const isReplayed = described.failures.length === 0 && (!isDescribed || described.message !== undefined);
  const replayed = isReplayed ? await effect.replay?.(org, inputs, before) : undefined;
  // A replacement is checked a second time, as if it were new: what the first check described says more.
  const topic = JSON.stringify(effect.keys.map((key) => inputs[key]));
  const message = [described.message, replayed].filter((part) => part !== undefined).join(". ");
  if (message !== "" && described.failures.length === 0)
    org.reporter.inform(printable(message), definition.label(inputs), topic);
  if (!isDescribed) return { recorded: EFFECT in olds ? { [EFFECT]: olds[EFFECT] } : {}, failures: [] };
  // Names of metrics are whatever somebody sends, and the engine prints this.
  return {
    recorded: described.text === undefined ? {} : { [EFFECT]: printable(described.text) },
    failures: described.failures,
  };
}

/** `38 metrics, such as prod.db1.cpu.idle, prod.db2.cpu.idle`. */
export function inWords({ count, sample, estimate }: MatchedMetrics): string {
  const some = sample.slice(0, 2).join(", ");
  if (count === 0) return estimate ? "no metric (estimate)" : "no metric";
  const names = sample.length === 0 ? "" : count <= 2 ? `: ${some}` : `, such as ${some}`;
  return `${metrics(count)}${estimate ? " (estimate)" : ""}${names}`;
}

export const metrics = (count: number): string => (count === 1 ? "1 metric" : `${count} metrics`);

/** `412 → 38 metrics; no longer db.cpu.* (374)`, or `undefined` when the same metrics are matched. */
export function changeInWords(before: MatchedMetrics, after: MatchedMetrics): string | undefined {
  const estimate = before.estimate || after.estimate ? " (estimate)" : "";
  const head = `${before.count} → ${metrics(after.count)}${estimate}`;
  if (!before.names || !after.names) return head;
  const lost = without(before.names, after.names);
  const gained = without(after.names, before.names);
  if (lost.length === 0 && gained.length === 0) return undefined;
  const parts = [
    lost.length > 0 ? `no longer ${grouped(lost, after.names)}` : "",
    gained.length > 0 ? `now also ${grouped(gained, before.names)}` : "",
  ];
  return [head, ...parts.filter((part) => part !== "")].join("; ");
}

function without(names: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return names.filter((name) => !known.has(name));
}

const MAX_GROUPS = 2;

/** Names by their first parts, as long as that says nothing false about the others; else a few of them. */
export function grouped(names: readonly string[], others: readonly string[]): string {
  if (names.length <= MAX_GROUPS) return names.join(", ");
  const deepest = Math.max(...names.map((name) => name.split(".").length)) - 1;
  for (let depth = deepest; depth > 0; depth -= 1) {
    const groups = countBy(names, (name) => prefix(name, depth));
    if (groups.size > MAX_GROUPS) continue;
    if (others.some((name) => groups.has(prefix(name, depth)))) break;
    return [...groups].map(([group, count]) => (count === 1 ? group : `${group} (${count})`)).join(", ");
  }
  return `${names.length}, such as ${names.slice(0, MAX_GROUPS).join(", ")}`;
}

function prefix(name: string, depth: number): string {
  const parts = name.split(".");
  return parts.length <= depth ? name : `${parts.slice(0, depth).join(".")}.*`;
}

function countBy(names: readonly string[], key: (name: string) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(key(name), (counts.get(key(name)) ?? 0) + 1);
  return counts;
}
