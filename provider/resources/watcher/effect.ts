import { describe, formatDiagnostic } from "../../../domain/diagnostics/diagnostic.ts";
import { noMetric, tooManyMetrics } from "../../../domain/diagnostics/matched-metrics.ts";
import type { MatchedMetrics } from "../../organization/metric-matcher.ts";
import type { Organization } from "../../organization/organization.ts";
import type { Effect } from "../../runtime/definition.ts";
import { changeInWords, inWords } from "../../runtime/effect.ts";
import type { Failure } from "../../runtime/messages.ts";
import { offlineTolerant } from "../people.ts";

interface Selection {
  readonly chips: readonly string[];
  readonly ignoreMetricLimit?: boolean;
}

/** Which metrics a watcher matches, and what a change of its chips loses and gains. */
export async function watcherEffect(
  org: Organization,
  label: string,
  inputs: Selection,
  { before, limited }: { readonly before: Selection | undefined; readonly limited: boolean },
): Promise<Effect> {
  org.declaredChips.set(label, inputs.chips);
  const described: { text?: string; message?: string } = {};
  const failures = await offlineTolerant(org, "what chips match", async () => {
    const matched = await org.metrics.ofChips(inputs.chips);
    const change = before && changeInWords(await org.metrics.ofChips(before.chips), matched);
    described.text = inWords(matched);
    // That it matches nothing is a warning of its own.
    if (change !== undefined || matched.count > 0) described.message = change ?? `matches ${described.text}`;
    return [
      ...(await judgeNone(org, label, inputs, matched)),
      ...(limited ? judgeMany(org, label, inputs, matched) : []),
    ];
  });
  return { ...described, failures };
}

async function judgeNone(
  org: Organization,
  label: string,
  { chips }: Selection,
  matched: MatchedMetrics,
): Promise<Failure[]> {
  if (matched.count > 0) return [];
  const finding = noMetric(chips, matched, await org.metrics.chips());
  if (org.settings.strict && !matched.estimate) return [{ property: finding.property, reason: describe(finding) }];
  org.reporter.advise(formatDiagnostic({ ...finding, resource: label }));
  return [];
}

function judgeMany(
  org: Organization,
  label: string,
  { ignoreMetricLimit }: Selection,
  matched: MatchedMetrics,
): Failure[] {
  const finding = tooManyMetrics(matched);
  if (finding === undefined) return [];
  if (!ignoreMetricLimit && !matched.estimate) {
    const hint = `${finding.hint}, or set ignoreMetricLimit: true`;
    return [{ property: finding.property, reason: describe({ ...finding, hint }) }];
  }
  org.reporter.advise(formatDiagnostic({ ...finding, resource: label }));
  return [];
}
