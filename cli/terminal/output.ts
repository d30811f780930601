import Table from "cli-table3";
import colors from "picocolors";
import { printable, printableLines } from "../../domain/text/printable.ts";
import { toJson } from "./json.ts";

/**
 * What a command prints with: results to stdout, everything about the work itself to stderr. Names are somebody else's, so nothing
 * in a line can steer the terminal or begin another line.
 */
export interface Output {
  /** Whether the result is one JSON document on stdout. */
  readonly json: boolean;
  /** A line of the result; left out with `--json`. */
  print(text?: string): void;
  /** A line above a part of the result, bold where the terminal can; left out with `--json`. */
  heading(text: string): void;
  /** A table of the result; left out with `--json`. */
  table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): void;
  /** The result as data; printed with `--json` alone. */
  data(value: unknown): void;
  /** A line about the work, such as a warning, on stderr. */
  note(text: string): void;
}

export function createOutput(json: boolean): Output {
  const out = (text: string) => void process.stdout.write(`${text}\n`);
  return {
    json,
    print: (text = "") => json || out(printable(text)),
    heading: (text) => json || out(colors.bold(printable(text))),
    table: (head, rows) => json || out(formatTable(head, rows)),
    data: (value) => json && out(toJson(value)),
    note,
  };
}

/** A line about the work, or several, on stderr. */
export function note(text: string): void {
  process.stderr.write(`${printableLines(text)}\n`);
}

/** Columns without a frame, so that a line can be copied and searched. */
export function formatTable(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const nothing = Object.fromEntries(
    ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"]
      .concat(["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"])
      .map((place) => [place, place === "middle" ? "  " : ""]),
  );
  const table = new Table({
    head: head.map((title) => colors.bold(printable(title))),
    chars: nothing,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  table.push(...rows.map((row) => row.map(printable)));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
