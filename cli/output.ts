import Table from "cli-table3";
import colors from "picocolors";

/** What a command prints with: results to stdout, everything about the work itself to stderr. */
export interface Output {
  /** Whether the result is one JSON document on stdout. */
  readonly json: boolean;
  /** A line of the result; left out with `--json`. */
  print(text?: string): void;
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
    print: (text = "") => json || out(text),
    table: (head, rows) => json || out(formatTable(head, rows)),
    data: (value) => json && out(JSON.stringify(value, null, 2)),
    note: (text) => void process.stderr.write(`${text}\n`),
  };
}

/** Columns without a frame, so that a line can be copied and searched. */
export function formatTable(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const nothing = Object.fromEntries(
    ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"]
      .concat(["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"])
      .map((place) => [place, place === "middle" ? "  " : ""]),
  );
  const table = new Table({
    head: head.map((title) => colors.bold(title)),
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

/** Text of somebody else's without what would steer the terminal. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be removed.
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, "�");
}
