import type { Organization } from "../../provider/organization/organization.ts";

/** What somebody does by hand and for a time. Never drift. */
export interface OperatorState {
  readonly what: "muted" | "training";
  readonly detail: string;
}

/** Reads muting and pending training. */
export async function operatorState(org: Organization): Promise<OperatorState[]> {
  const found: OperatorState[] = [];
  const muting = (await org.lists.info()).items[0]?.alert_muting;
  if (muting?.muted) {
    const until = muting.muted_until_timestamp;
    const end =
      typeof until === "number" ? `until ${new Date(until * 1000).toISOString().replace(/\.\d+Z$/, "Z")}` : "";
    found.push({ what: "muted", detail: `The organization is muted ${end}`.trim() });
  }
  const pending = (await org.api.patterns.pending()).data.patterns;
  for (const { id, metric_name } of pending) {
    found.push({ what: "training", detail: `Pattern ${id} is being trained for ${metric_name}` });
  }
  return found;
}
