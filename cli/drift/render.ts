import { printable, printableLines } from "../../domain/text/printable.ts";
import { formatTable } from "../terminal/output.ts";
import type { Subject } from "./find.ts";
import { CLASSES, type DriftReport, type FindingClass, remarksOf, rowsOf } from "./report.ts";

const TITLES: Readonly<Record<FindingClass, string>> = {
  drift: "Changed outside of the program",
  unmanaged: "Not managed by this stack",
  gone: "Gone, but in the state",
  unreachable: "Recipients who cannot be reached",
  operator: "State of operators (not drift)",
  expired: "Exclusions past their date",
};

/** One sentence about everything. */
function summary(report: DriftReport): string {
  const counts = CLASSES.map((name) => `${report[name].length} ${name}`).join(", ");
  return `${report.organization.name} (${report.organization.id}), ${report.compared.length} resources compared: ${counts}.`;
}

export function renderTable(report: DriftReport): string {
  const rows = rowsOf(report);
  const sections = CLASSES.map((name) => {
    const own = rows.filter(({ className }) => className === name);
    const table = own.map(({ kind, id, title, text }) => [kind, id, title, text]);
    return own.length === 0 ? [] : [TITLES[name], formatTable(["Kind", "Id", "Name", "What"], table), ""];
  });
  return [...sections.flat(), ...remarksOf(report).map(printable), printable(summary(report))].join("\n");
}

/** For a comment on a pull request. */
export function renderMarkdown(report: DriftReport): string {
  const rows = rowsOf(report);
  const sections = CLASSES.map((name) => {
    const own = rows.filter(({ className }) => className === name);
    if (own.length === 0) return [];
    const lines = own.map(({ kind, id, title, text }) => `| ${[kind, id, title, text].map(cell).join(" | ")} |`);
    return [`#### ${TITLES[name]}`, "", "| Kind | Id | Name | What |", "| --- | --- | --- | --- |", ...lines, ""];
  });
  const remarks = remarksOf(report).map((text) => `- ${cell(text)}`);
  return [`### Anomify: ${cell(summary(report))}`, "", ...sections.flat(), ...remarks].join("\n").trimEnd();
}

/** Text that is neither markup nor a mention, within its cell. */
function cell(text: string): string {
  return (
    printable(text)
      .replace(/[\\`*_{}[\]<>()#+!|~]/g, "\\$&")
      .replace(/&/g, "&amp;")
      // Nobody is to be notified because a name looks like theirs.
      .replace(/@/g, "@\u200b")
      .replace(/:\/\//g, ":\u200b//")
  );
}

interface Case {
  readonly name: string;
  readonly failure?: string;
  readonly skipped?: string;
  readonly out?: string;
}

/** JUnit's XML: a suite per class; a case per resource or finding. Classes that do not count fail nothing. */
export function renderJunit(report: DriftReport): string {
  const suites = CLASSES.map((name) => ({ name, cases: casesOf(report, name) }));
  const count = (cases: readonly Case[], key: "failure" | "skipped") => cases.filter((one) => one[key]).length;
  const body = suites.flatMap(({ name, cases }) => [
    `  <testsuite name="anomify.${name}" tests="${cases.length}" failures="${count(cases, "failure")}" skipped="${count(cases, "skipped")}" errors="0">`,
    ...cases.flatMap((one) => testcase(name, one)),
    "  </testsuite>",
  ]);
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="anomify drift" tests="${all.length}" failures="${count(all, "failure")}" errors="0">`,
    ...body,
    "</testsuites>",
  ].join("\n");
}

function casesOf(report: DriftReport, name: FindingClass): Case[] {
  const found = new Map<string, string[]>();
  for (const { className, kind, id, title, text } of rowsOf(report)) {
    if (className !== name) continue;
    const key = label({ kind, id, title });
    found.set(key, [...(found.get(key) ?? []), printable(text)]);
  }
  const compared = name === "drift" || name === "gone" ? report.compared : [];
  const unknown = new Map(report.unknown.map((one) => [label(one), printable(one.reason)]));
  const labels = new Set([...compared.map(label), ...found.keys()]);
  const counts = report.failOn.includes(name);
  const cases = [...labels].map((one): Case => {
    const text = found.get(one)?.join("\n");
    const skipped = unknown.get(one);
    if (text !== undefined) return counts ? { name: one, failure: text } : { name: one, out: text };
    return skipped === undefined ? { name: one } : { name: one, skipped };
  });
  return cases.length > 0 ? cases : [{ name: "none" }];
}

const label = ({ kind, id, title }: Subject): string =>
  printable([kind, title, id && `(${id})`].filter(Boolean).join(" "));

function testcase(suite: string, { name, failure, skipped, out }: Case): string[] {
  const open = `    <testcase classname="anomify.${suite}" name="${xml(name)}"`;
  if (failure !== undefined) {
    const [first = ""] = failure.split("\n");
    return [`${open}>`, `      <failure message="${xml(first)}">${xml(failure)}</failure>`, "    </testcase>"];
  }
  if (skipped !== undefined) return [`${open}>`, `      <skipped message="${xml(skipped)}"/>`, "    </testcase>"];
  if (out !== undefined) return [`${open}>`, `      <system-out>${xml(out)}</system-out>`, "    </testcase>"];
  return [`${open}/>`];
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Escaped, and without what no XML document may hold. */
function xml(text: string): string {
  return printableLines(text)
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .toWellFormed()
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
