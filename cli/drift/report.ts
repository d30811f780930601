import type { Compared, Expired, Subject, Unreachable } from "./find.ts";
import type { OperatorState } from "./operator.ts";

/** Classes of findings, each with its bit of the exit code. None meets 1, 2 or 130. */
export const BITS = { drift: 4, unmanaged: 8, gone: 16, unreachable: 32, operator: 64, expired: 128 } as const;
export type FindingClass = keyof typeof BITS;
export const CLASSES = Object.keys(BITS) as FindingClass[];

/** All that was found, in the shape of `--json`. A change of a key's meaning raises `version`. */
export interface DriftReport {
  readonly format: "anomify-drift";
  readonly version: 1;
  readonly organization: { readonly id: number; readonly name: string };
  /** What the lists of the service stand for; times in unix seconds of its clock. */
  readonly lists: { readonly live: boolean; readonly takenAt: number; readonly ageSeconds: number };
  /** Resources that were looked at. */
  readonly compared: readonly Subject[];
  readonly drift: Compared["drift"];
  readonly unmanaged: readonly Subject[];
  readonly gone: Compared["gone"];
  readonly unreachable: readonly Unreachable[];
  readonly operator: readonly OperatorState[];
  /** Exclusions of the program past their `until`. */
  readonly expired: readonly Expired[];
  readonly unknown: Compared["unknown"];
  readonly notCompared: Compared["notCompared"];
  readonly skipped: ReadonlyArray<{ readonly provider: string; readonly resources: number; readonly reason: string }>;
  readonly notes: readonly string[];
  /** Classes that count towards the exit code. */
  readonly failOn: readonly FindingClass[];
  readonly exitCode: number;
}

/** The bits of those classes that have findings and count. */
export function exitCodeOf(report: Pick<DriftReport, FindingClass | "failOn">): number {
  return report.failOn.reduce((code, name) => (report[name].length > 0 ? code | BITS[name] : code), 0);
}

/** One line of a table: a finding or a property of it. */
export interface Row {
  readonly className: FindingClass;
  readonly kind: string;
  readonly id: string;
  readonly title: string;
  /** What is to be said, such as `expiration: 1h → 2h`. */
  readonly text: string;
}

/** Findings in the order of the classes. */
export function rowsOf(report: DriftReport): Row[] {
  const row = (className: FindingClass, { kind, id, title }: Subject, text: string) => ({
    className,
    kind,
    id,
    title,
    text,
  });
  return [
    ...report.drift.flatMap((one) =>
      one.changes.map(({ property, before, after }) =>
        row("drift", one, `${property}: ${value(before)} → ${value(after)}`),
      ),
    ),
    ...report.unmanaged.map((one) => row("unmanaged", one, "in no state")),
    ...report.gone.map((one) => row("gone", one, one.reason)),
    ...report.unreachable.map((one) => row("unreachable", one, `${one.property}: ${one.reason}`)),
    ...report.operator.map(({ what, detail }) => row("operator", { kind: "", id: "", title: what }, detail)),
    ...report.expired.map((one) => row("expired", one, `until: ${one.reason}`)),
  ];
}

const value = (one: unknown): string => (typeof one === "string" ? one : JSON.stringify(one));

/** Sentences that qualify the result: what could not be found out, and why. */
export function remarksOf(report: DriftReport): string[] {
  const { lists, unknown, notCompared, skipped, notes } = report;
  return [
    ...(lists.live ? [] : [`The lists come from Anomify's cache and are ${lists.ageSeconds} seconds old.`]),
    ...unknown.map(({ kind, title, reason }) => `Unknown: ${kind} "${title}": ${reason}.`),
    ...notCompared.map(({ kind, title, property }) => `Not compared (secret): ${kind} "${title}", ${property}.`),
    ...skipped.map(
      ({ provider, resources, reason }) =>
        `Not compared: ${resources} ${resources === 1 ? "resource" : "resources"} of provider "${provider}": ${reason}.`,
    ),
    ...notes,
  ];
}
