import { matchesChips } from "../../../domain/metrics/matching.ts";
import type { MatchedMetrics } from "../../organization/metric-matcher.ts";
import type { Organization } from "../../organization/organization.ts";
import type { Effect } from "../../runtime/definition.ts";
import { labelOf } from "../../runtime/definition.ts";
import { changeInWords, inWords, metrics } from "../../runtime/effect.ts";
import type { Failure } from "../../runtime/messages.ts";
import { offlineTolerant } from "../people.ts";

/** How an exclusion limits itself: properties of the program alone, which Anomify does not have. */
export interface ExclusionLimits {
  readonly maxMetrics: number | null;
  readonly until: string | null;
}

interface Selection extends ExclusionLimits {
  readonly type: string;
  readonly pattern: string;
}

/** Watchers that are named in a message; the others are counted. */
const MAX_NAMED = 3;

/** How many metrics an exclusion leaves out, and which watchers lose how many of theirs. */
export async function exclusionEffect(
  org: Organization,
  inputs: Selection,
  before: Selection | undefined,
): Promise<Effect> {
  const described: { text?: string; message?: string } = {};
  const failures = await offlineTolerant(org, "what a pattern leaves out", async () => {
    const matched = await org.metrics.ofPattern(inputs.type, inputs.pattern);
    const change = before && changeInWords(await org.metrics.ofPattern(before.type, before.pattern), matched);
    described.text = `leaves out ${inWords(matched)}`;
    described.message = [change ?? described.text, await losers(org, matched)].filter((part) => part !== "").join("; ");
    return judgeWidth(org, inputs, matched);
  });
  return { ...described, failures };
}

function judgeWidth({ settings }: Organization, { maxMetrics }: Selection, matched: MatchedMetrics): Failure[] {
  const limits = [
    { most: maxMetrics, name: "maxMetrics" },
    { most: settings.exclusionMaxMetrics, name: "anomify:exclusionMaxMetrics" },
  ];
  return limits.flatMap(({ most, name }) =>
    typeof most !== "number" || matched.count <= most
      ? []
      : [
          {
            property: "pattern",
            reason: `leaves out ${metrics(matched.count)}, and ${name} allows ${most}. Choose a narrower pattern, or raise ${name}`,
          },
        ],
  );
}

/** Live watchers, and those that this run has checked so far, which lose metrics: the largest part first. */
async function losers(org: Organization, { names }: MatchedMetrics): Promise<string> {
  if (names === undefined || names.length === 0) return "";
  const excluded = new Set(names);
  const losing: { text: string; share: number }[] = [];
  for (const [label, chips] of await watchers(org)) {
    const matched = await org.metrics.ofChips(chips);
    const own = matched.names ?? names.filter((name) => matchesChips(name, chips));
    const lost = own.filter((name) => excluded.has(name)).length;
    if (lost === 0) continue;
    const share = lost / matched.count;
    losing.push({
      text: `${label} loses ${share >= 1 ? `all of its ${lost}` : `${lost} of its ${matched.count}`}`,
      share,
    });
  }
  losing.sort((a, b) => b.share - a.share || (a.text < b.text ? -1 : 1));
  const named = losing.slice(0, MAX_NAMED).map(({ text }) => text);
  const more = losing.length > MAX_NAMED ? [`${losing.length - MAX_NAMED} more watchers lose some`] : [];
  return [...named, ...more].join(", ");
}

async function watchers(org: Organization): Promise<Map<string, readonly string[]>> {
  const live = (await org.lists.watchers()).items.filter(({ deleted }) => !deleted);
  const kindOf = (type: string) => (type === "threshold" ? "ThresholdWatcher" : "Watcher");
  const known = live.map(({ name, chips, type }) => [labelOf(kindOf(type), name), chips] as const);
  return new Map([...known, ...org.declaredChips]);
}
