import { colorsFor, hasColors } from "../../domain/text/colors.ts";
import { printable, printableLines } from "../../domain/text/printable.ts";
import { toJson } from "./json.ts";
import { layOut } from "./table.ts";

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
    heading: (text) => json || out(colorsFor(hasColors()).bold(printable(text))),
    table: (head, rows) => json || out(formatTable(head, rows)),
    data: (value) => json && out(toJson(value)),
    note,
  };
}

/** A line about the work, or several, on stderr. */
export function note(text: string): void {
  process.stderr.write(`${printableLines(text)}\n`);
}

/** A table of names, with a bold head, as wide as the terminal at most. */
export function formatTable(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const { bold } = colorsFor(hasColors());
  const width = process.stdout.isTTY ? process.stdout.columns : undefined;
  return layOut([head.map((title) => bold(printable(title))), ...rows.map((row) => row.map(printable))], width);
}
