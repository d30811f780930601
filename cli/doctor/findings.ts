import type { Evidence } from "../../sdk/endpoint.ts";

/** Topics, in the order in which they are examined and printed. */
export const checks = ["reach", "credential", "clock", "contract", "reads", "rights", "cache"] as const;
export type Check = (typeof checks)[number];

/**
 * What came out: `ok`, `empty` (ok, but there was nothing to compare), `note` (worth knowing, breaks nothing), `skipped`, `refused`
 * (401 or 403), `differs` (from the contract), `failed` (no usable answer).
 */
export type Result = "ok" | "empty" | "note" | "skipped" | "refused" | "differs" | "failed";

/** One finding. Holds names of the contract and of the service's own document alone, never a value of the organization. */
export interface Finding {
  readonly check: Check;
  readonly result: Result;
  /** operationId of the contract, where the finding is about one. */
  readonly operation?: string;
  /** Parameter, or dotted path of a reply field. */
  readonly at?: string;
  /** How sure the contract was of what turned out to differ. */
  readonly evidence?: Evidence;
  readonly finding: string;
  /** What to do about it. */
  readonly next?: string;
}

export const AS_BELIEVED = 0;
export const ASSUMPTION_WRONG = 3;
export const CONTRACT_DIFFERS = 4;
export const CREDENTIAL = 5;
export const NOT_REACHABLE = 6;

/** The highest code that a finding calls for. */
export function exitCode(findings: readonly Finding[]): number {
  return Math.max(AS_BELIEVED, ...findings.map(codeOf));
}

function codeOf({ result, evidence }: Finding): number {
  if (result === "failed") return NOT_REACHABLE;
  if (result === "refused") return CREDENTIAL;
  if (result !== "differs") return AS_BELIEVED;
  return evidence === "documented" ? CONTRACT_DIFFERS : ASSUMPTION_WRONG;
}

const next: Readonly<Record<Evidence, string>> = {
  documented: "Report it: the vendor's documentation says otherwise, so that it cannot be mapped.",
  engine: "Try --suggest for a mapping, and report it.",
  inferred: "Try --suggest for a mapping, and report it.",
  assumed: "Try --suggest for a mapping, and report it.",
};

/** A difference, in the words of the evidence: a wrong assumption was to be expected, a documented item was not. */
export function differs(
  finding: Omit<Finding, "result" | "next"> & { readonly evidence: Evidence; next?: string },
): Finding {
  const verdict = finding.evidence === "documented" ? "contract differs" : "assumption wrong";
  const sure = finding.evidence === "inferred" ? " (inferred)" : "";
  return {
    next: next[finding.evidence],
    ...finding,
    result: "differs",
    finding: `${verdict}${sure}: ${finding.finding}`,
  };
}

/** More operations than this with the same finding are reported as one. */
const most = 3;

/** Puts a finding that is the same for many operations, as another envelope is, into one. */
export function folded(findings: readonly Finding[]): Finding[] {
  const sameness = ({ check, result, evidence, at, finding }: Finding) =>
    result === "differs" && at === undefined ? JSON.stringify([check, evidence, finding]) : undefined;
  const groups = Map.groupBy(findings, sameness);
  return findings.flatMap((one) => {
    const key = sameness(one);
    const group = key === undefined ? [] : (groups.get(key) ?? []);
    if (group.length <= most) return [one];
    if (group[0] !== one) return [];
    const { operation: _, ...rest } = one;
    return [{ ...rest, finding: `${one.finding} (${group.length} operations)` }];
  });
}
