// Writes the tables of docs/internals/performance.md from bench/results/latest.json: `node bench/table.ts`.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  cpuOf,
  type Group,
  groups,
  measuredOf,
  median,
  medianTime,
  pairedRatio,
  peakOf,
  rowsOf,
  timeOf,
} from "./statistics.ts";
import { type Verdict, verdicts } from "./targets.ts";
import { type Operation, operations, type Peer, peers, type Results, type Starts } from "./types.ts";

const page = new URL("../docs/internals/performance.md", import.meta.url);
const file = new URL("./results/latest.json", import.meta.url);
const [START, END] = ["<!-- results: made by bench/table.ts -->", "<!-- end of results -->"];

/** The page with the tables of these results in place of its own. @throws Error when it lacks the marks */
export function withTables(text: string, results: Results): string {
  const [start, end] = [text.indexOf(START), text.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`docs/internals/performance.md lacks ${START} or ${END}.`);
  return `${text.slice(0, start)}${START}\n\n${tables(results)}\n\n${text.slice(end)}`;
}

function tables(results: Results): string {
  const all = groups(results);
  const compared = all.filter(({ rows }) => new Set(rows.map(({ peer }) => peer)).size > 1);
  return [
    circumstances(results),
    "### Targets",
    table(["", "target", "measured", ""], verdicts(results).map(verdict)),
    ...compared.flatMap((group) => [
      `### ${title(group)}`,
      times(group),
      ...(isFirst(group, all) ? [requests(group)] : []),
    ]),
    ...(results.starts === null ? [] : ["### Starts", starts(results.starts)]),
    ...settingTables(all),
  ].join("\n\n");
}

function circumstances({ machine, versions, latency, rows }: Results): string {
  const loads = rows.flatMap((row) => Object.values(row.operations).map(({ load }) => load));
  const days = rows.map(({ takenAt }) => takenAt.slice(0, 10)).sort();
  const memory = Math.round(machine.memoryBytes / 2 ** 30);
  return [
    `${machine.cpu}, ${machine.cores} cores, ${memory} GiB; Node.js ${versions.node}, Pulumi CLI ${versions.pulumi}, SDK ${versions.sdk},`,
    `pulumi-anomify ${versions["pulumi-anomify"]}; ${latency} ms added to each reply; ${days.at(0) ?? "never"}. Load average before an operation:`,
    `median ${(median(loads) ?? 0).toFixed(1)}, at most ${Math.max(0, ...loads).toFixed(1)}.`,
  ].join(" ");
}

/** Settings of Pulumi change no requests. */
function isFirst(group: Group, all: readonly Group[]): boolean {
  return all.find(({ engine, size }) => engine === group.engine && size === group.size) === group;
}

const verdict = ({ what, target, measured, met }: Verdict) => [what, target, measured, met ? "met" : "**missed**"];

const engineNames = { cli: "Pulumi CLI", embedded: "Embedded engine" } as const;

function title({ engine, setting, size }: Group): string {
  return `${engineNames[engine]}, ${size} resources${setting === "default" ? "" : `, ${setting}`}`;
}

function times(group: Group): string {
  const shown = peers.filter((peer) => rowsOf(group, peer).length > 0);
  const others = shown.filter((peer) => peer !== "ours" && peer !== "native");
  const hosts = (["ours", "native"] as const).filter((host) => shown.includes(host));
  const pairs = hosts.flatMap((host) => others.map((peer) => ({ host, peer })));
  const runs = Math.max(...group.rows.map(({ run }) => run));
  const head = [
    `seconds, median of ${runs}; ratios of wall time (of processor time)`,
    ...shown,
    ...pairs.map(({ host, peer }) => `${host} / ${peer}`),
  ];
  const rows = operations.map((operation) => [
    operation,
    ...shown.map((peer) => seconds(medianTime(group, peer, operation))),
    ...pairs.map((pair) => bothRatios(group, pair, operation)),
  ]);
  const bytes = (peer: Peer) => median(rowsOf(group, peer).map(({ stateBytes }) => stateBytes));
  const state = [
    "state, bytes a resource",
    ...shown.map((peer) => String(Math.round(bytes(peer) ?? 0))),
    ...pairs.map(({ host, peer }) => ratio(pairedRatio(group, peer, (row) => row.stateBytes, host))),
  ];
  const memory = [
    "provider process, MiB",
    ...shown.map((peer) => mebibytes(median(rowsOf(group, peer).flatMap((row) => peakOf(row) ?? [])))),
    ...pairs.map(({ host, peer }) => ratio(pairedRatio(group, peer, peakOf, host))),
  ];
  return table(head, [...rows, state, memory]);
}

function requests(group: Group): string {
  const shown = (["ours", "native", "naive"] as const).filter((peer) => rowsOf(group, peer).length > 0);
  const list = (peer: Peer, operation: Operation) => {
    const [first] = measuredOf(group, peer, operation);
    if (first === undefined) return "–";
    const entries = Object.entries(first.requests).sort(([a], [b]) => a.localeCompare(b));
    return entries.map(([name, count]) => `${count} ${name}`).join("<br>") || "none";
  };
  return table(
    ["requests", ...shown],
    operations.map((operation) => [operation, ...shown.map((peer) => list(peer, operation))]),
  );
}

function starts({ provider, command, load }: Starts): string {
  const row = (what: string, values: readonly number[]) => [what, `${Math.round(median(values) ?? 0)} ms`];
  return table(
    [`median of ${command.help.length}, load ${load.toFixed(1)}`, ""],
    [
      row("provider process until its first answer, ours", provider.ours),
      row("the same, floor", provider.floor),
      row("`anomify --help`", command.help),
      row("`node -e 0`", command.node),
    ],
  );
}

/** What settings of Pulumi change, a table for each size that has any. */
function settingTables(all: readonly Group[]): string[] {
  const cli = all.filter(({ engine }) => engine === "cli");
  const sizes = [...new Set(cli.filter(({ setting }) => setting !== "default").map(({ size }) => size))];
  return sizes
    .sort((a, b) => a - b)
    .flatMap((size) => {
      const same = cli.filter((group) => group.size === size);
      const rows = same.flatMap((group) =>
        peers
          .filter((peer) => rowsOf(group, peer).length > 0)
          .map((peer) => [
            group.setting,
            peer,
            ...operations.map((operation) => seconds(medianTime(group, peer, operation))),
          ]),
      );
      return [`### Settings of Pulumi, ${size} resources`, table(["seconds", "", ...operations], rows)];
    });
}

function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** One of our hosts, and what it is compared with. */
interface Pair {
  readonly host: "ours" | "native";
  readonly peer: Peer;
}

/** Of wall time, and of processor time. */
function bothRatios(group: Group, { host, peer }: Pair, operation: Operation): string {
  const [wall, cpu] = [timeOf(operation), cpuOf(operation)].map((value) =>
    ratio(pairedRatio(group, peer, value, host)),
  );
  return `${wall} (${cpu})`;
}

const seconds = (milliseconds: number | undefined) =>
  milliseconds === undefined ? "–" : (milliseconds / 1000).toFixed(1);
const ratio = (value: number | undefined) => (value === undefined ? "–" : value.toFixed(2));
const mebibytes = (bytes: number | undefined) => (bytes === undefined ? "–" : String(Math.round(bytes / 2 ** 20)));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const results = JSON.parse(readFileSync(file, "utf8")) as Results;
  writeFileSync(page, withTables(readFileSync(page, "utf8"), results));
}
