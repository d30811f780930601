import type { Output } from "../terminal/output.ts";
import type { Counts, ReplayedWatcher, ReplayReport } from "./report.ts";

/** Prints a report for people. `all`: also the watchers on which the change does nothing. */
export function printReplay(report: ReplayReport, output: Output, all: boolean): void {
  const { organization, span, anomalies, change } = report;
  const time = (seconds: number) => new Date(seconds * 1000).toISOString().replace(/:\d+\.\d+Z$/, "Z");
  output.print(
    `${organization.name} (${organization.id}), ${time(span.from)} to ${time(span.until)}: ${anomalies} anomalies.`,
  );
  output.print();
  if (change === null) printOne(report, output);
  else printTwo(report, output, all);
  for (const { kind, title, reason } of report.notReplayed) {
    output.print(`Not replayed: ${kind} "${title}": ${reason}.`);
  }
  output.print("Not known:");
  for (const limit of report.limits) output.print(`  ${limit}`);
}

function printOne({ watchers, recipients, alerts }: ReplayReport, output: Output): void {
  const rows = watchers.map(({ watcher, after }) => [watcher, shown(after), `${after?.heldBack ?? 0}`]);
  if (rows.length > 0) output.table(["Name", "Alerts", "Held back"], rows);
  output.print();
  const people = recipients.map(({ to, by, after }) => [to, by, `${after}`]);
  if (people.length > 0) output.table(["Recipient", "By", "Messages"], people);
  output.print();
  output.print(`${count(alerts.after)}.`);
}

function printTwo({ watchers, recipients, alerts }: ReplayReport, output: Output, all: boolean): void {
  const listed = watchers.filter((one) => all || isChanged(one));
  const rows = listed.map(({ watcher, before, after }) => [
    watcher,
    shown(before),
    shown(after),
    `${before?.heldBack ?? "-"} → ${after?.heldBack ?? "-"}`,
  ]);
  if (rows.length > 0) output.table(["Name", "Before", "After", "Held back"], rows);
  if (listed.length < watchers.length) output.print(unchanged(watchers.length - listed.length, listed.length));
  output.print();
  const people = recipients.map(({ to, by, before, after }) => [to, by, `${before}`, `${after}`]);
  if (people.length > 0) output.table(["Recipient", "By", "Before", "After"], people);
  output.print();
  output.print(`${count(alerts.before)} before, ${alerts.after} after.`);
}

const isChanged = ({ before, after }: ReplayedWatcher) =>
  before === null || after === null || before.alerts !== after.alerts || before.heldBack !== after.heldBack;

const shown = (counts: Counts | null): string => (counts === null ? "-" : `${counts.alerts}`);
const count = (alerts: number): string => (alerts === 1 ? "1 alert" : `${alerts} alerts`);

function unchanged(number: number, others: number): string {
  const watchers = number === 1 ? "1 watcher" : `${number} watchers`;
  return `${others > 0 ? "And " : ""}${watchers} with as many alerts as before (--all).`;
}
