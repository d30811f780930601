import stringWidth from "fast-string-width";
import { wrapAnsi } from "fast-wrap-ansi";

/** Between two columns. */
const GAP = "  ";
/** A column is made no narrower than this, however narrow the terminal is. */
const MIN_COLUMN = 10;

/**
 * Columns without a frame, so that a line can be copied and searched. A row that is wider than the terminal goes on below, each
 * cell within its column.
 *
 * @param width characters of a line; left out: as long as it takes
 */
export function layOut(rows: ReadonlyArray<readonly string[]>, width = Number.POSITIVE_INFINITY): string {
  const widths = narrowed(columnWidths(rows), width);
  return rows.flatMap((row) => linesOf(row, widths)).join("\n");
}

function columnWidths(rows: ReadonlyArray<readonly string[]>): number[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? ""))));
}

/** The widest columns give, until the row fits or nothing can be taken any more. */
function narrowed(natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  const available = width - GAP.length * (widths.length - 1);
  let excess = widths.reduce((sum, one) => sum + one, 0) - available;
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= MIN_COLUMN) break;
    widths[widths.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return widths;
}

function linesOf(row: readonly string[], widths: readonly number[]): string[] {
  const cells = row.map((cell, column) => {
    const width = widths[column] ?? 0;
    return stringWidth(cell) <= width ? [cell] : wrapAnsi(cell, width, { hard: true }).split("\n");
  });
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, index) =>
    cells
      .map((lines, column) => padded(lines[index] ?? "", widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}

const padded = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - stringWidth(text)));
