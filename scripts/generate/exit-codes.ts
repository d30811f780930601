import { exitCodesTable } from "../../cli/commands/exit-codes.ts";

const BEGIN = "<!-- exit codes: generated from cli/commands/exit-codes.ts -->";
const END = "<!-- end of exit codes -->";

/** The page of the command with the table of exit codes as the command has them. @throws Error when the page has no place for it */
export function withExitCodes(page: string): string {
  const [before, rest] = page.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined) throw new Error(`docs/cli.md needs ${BEGIN} and ${END}.`);
  return `${before}${BEGIN}\n\n${exitCodesTable()}\n\n${END}${after}`;
}
