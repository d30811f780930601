import type { MatchedMetrics } from "../../organization/metric-matcher.ts";
import type { Organization } from "../../organization/organization.ts";
import { changeInWords, type Effect, inWords, metrics } from "../../runtime/effect.ts";
import { didYouMean, type Failure } from "../../runtime/messages.ts";
import { offlineTolerant } from "../people.ts";

/** Metrics that a threshold watcher can have: with more its rule watches nothing (assumed). */
export const MOST_THRESHOLD_METRICS = 200;

interface Selection {
  readonly chips: readonly string[];
  readonly ignoreMetricLimit?: boolean;
}

/** What a watcher catches, and what a change of its chips loses and gains. */
export async function watcherEffect(
  org: Organization,
  label: string,
  inputs: Selection,
  { before, limited }: { readonly before: Selection | undefined; readonly limited: boolean },
): Promise<Effect> {
  org.declaredChips.set(label, inputs.chips);
  const told: { text?: string; message?: string } = {};
  const failures = await offlineTolerant(org, "what chips catch", async () => {
    const caught = await org.metrics.ofChips(inputs.chips);
    const change = before && changeInWords(await org.metrics.ofChips(before.chips), caught);
    told.text = inWords(caught);
    // That it catches nothing is a warning of its own.
    if (change !== undefined || caught.count > 0) told.message = change ?? `catches ${told.text}`;
    return [
      ...(await judgeNone(org, label, inputs, caught)),
      ...(limited ? judgeMany(org, label, inputs, caught) : []),
    ];
  });
  return { ...told, failures };
}

async function judgeNone(
  org: Organization,
  label: string,
  { chips }: Selection,
  caught: MatchedMetrics,
): Promise<Failure[]> {
  if (caught.count > 0) return [];
  const known = await org.metrics.chips();
  const strange = known.length === 0 ? [] : chips.filter((chip) => !known.includes(chip));
  const hints = strange.map((chip) => ` "${chip}" is in no name.${didYouMean(chip, known)}`);
  const reason = `catch no metric of the organization${caught.estimate ? " (estimate)" : ""}, so nobody is told of anything.${hints.join("")}`;
  if (org.settings.strict && !caught.estimate) return [{ property: "chips", reason }];
  org.reporter.advise(`${label}: its chips ${reason}`);
  return [];
}

function judgeMany(
  org: Organization,
  label: string,
  { ignoreMetricLimit }: Selection,
  caught: MatchedMetrics,
): Failure[] {
  if (caught.count <= MOST_THRESHOLD_METRICS) return [];
  const reason = `catch ${metrics(caught.count)}${caught.estimate ? " (estimate)" : ""}, and a threshold watcher of more than ${MOST_THRESHOLD_METRICS} watches nothing (assumed). Add a chip that narrows them`;
  if (!ignoreMetricLimit && !caught.estimate) {
    return [{ property: "chips", reason: `${reason}, or set ignoreMetricLimit: true` }];
  }
  org.reporter.advise(`${label}: its chips ${reason}.`);
  return [];
}
