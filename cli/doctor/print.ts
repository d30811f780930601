import type { Output } from "../terminal/output.ts";
import { checks, type Finding, type Result } from "./findings.ts";
import type { Suggestion } from "./suggest.ts";

const titles: Readonly<Record<Finding["check"], string>> = {
  reach: "Is it there",
  credential: "Credential",
  clock: "Clock",
  contract: "The service's document against the contract",
  reads: "Calls that only read",
  rights: "Rights",
  cache: "Ages of cached replies, highest first",
};

const signs: Readonly<Record<Result, string>> = {
  ok: "✓",
  empty: "✓",
  note: "i",
  skipped: "–",
  refused: "✗",
  differs: "≠",
  failed: "✗",
};

const columns = ["", "operation", "finding", "next step"];

/** The findings, a table for each check, without the columns that it leaves empty. */
export function printFindings(output: Output, findings: readonly Finding[]): void {
  for (const check of checks) {
    const rows = findings.filter((finding) => finding.check === check);
    if (rows.length === 0) continue;
    output.heading(titles[check]);
    const cells = rows.map(({ result, operation = "", at, finding, next = "" }) => [
      signs[result],
      operation,
      at === undefined ? finding : `${at}: ${finding}`,
      next,
    ]);
    const used = columns.flatMap((_, index) => (cells.some((row) => row[index] !== "") ? [index] : []));
    const pick = (row: readonly string[]) => used.map((index) => row[index] ?? "");
    output.table(pick(columns), cells.map(pick));
    output.print();
  }
}

/** What a mapping is set with. */
export function printSuggestion(output: Output, { wire, notes }: Suggestion, code: number): void {
  if (Object.keys(wire).length === 0) {
    output.print(nothingSure(notes.length > 0, code));
    return;
  }
  const json = JSON.stringify(wire);
  output.print("For a stack of Pulumi:");
  output.print(`  pulumi config set anomify:wire '${json.replaceAll("'", "'\\''")}'`);
  output.print("For the client:");
  output.print(`  createClient({ token, wire: ${json} })`);
}

/** What to do where no mapping follows beyond doubt. */
function nothingSure(hasNotes: boolean, code: number): string {
  if (hasNotes) return "No mapping is beyond doubt. What may be meant is on stderr, to be checked and pasted.";
  if (code === 0) return "All that could be compared is as believed: no mapping is needed.";
  return "What differs is no matter of names, so that no mapping mends it. Run anomify doctor --report doctor.md, and report it.";
}
