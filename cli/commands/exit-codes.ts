import { BITS } from "../drift/report.ts";
import { FAILED, FOUND, INCOMPLETE, INTERRUPTED, USAGE } from "../terminal/exit.ts";

interface ExitCode {
  readonly code: number;
  readonly meaning: string;
}

/** What an exit code means, whichever command ends with it. */
export const COMMON_CODES: readonly ExitCode[] = [
  { code: 0, meaning: "done, and nothing was found that counts" },
  { code: FAILED, meaning: "failed; what was not done is said" },
  { code: USAGE, meaning: "wrong arguments; nothing was tried" },
  { code: FOUND, meaning: "done, and something was found that counts" },
  { code: INTERRUPTED, meaning: "interrupted by Ctrl-C; what was done and what is left is said" },
];

/** What single commands mean by theirs. A code from 4 to 128 belongs to the command. */
export const OWN_CODES: Readonly<Record<string, readonly ExitCode[]>> = {
  adopt: [
    { code: FAILED, meaning: "also: files are in the way, an adoption is under way, or the preview has changes" },
  ],
  diff: [{ code: FOUND, meaning: "they differ" }],
  doctor: [
    { code: FOUND, meaning: "differences in assumed or inferred items" },
    { code: 4, meaning: "differences in documented items" },
    { code: 5, meaning: "the credential, or a right of it, is refused" },
    { code: 6, meaning: "not reachable, or a call got no usable answer" },
  ],
  drift: [
    { code: BITS.drift, meaning: "drift: a property differs between the state and the organization" },
    { code: BITS.unmanaged, meaning: "unmanaged: an object is in the organization and in no state" },
    { code: BITS.gone, meaning: "gone: an object is in the state, and no longer in the organization" },
    {
      code: BITS.unreachable,
      meaning: "unreachable: a recipient left, lacks a phone number or Slack id, or a channel is gone",
    },
    { code: BITS.operator, meaning: "operator: muting and training; counts with --fail-on operator alone" },
    { code: BITS.expired, meaning: "expired: an exclusion is past the date that the program gives it (until)" },
  ],
  export: [{ code: FAILED, meaning: "also: files are in the way" }],
  health: [{ code: FOUND, meaning: "there are problems" }],
  replay: [{ code: FOUND, meaning: "somebody would get more than --max-messages" }],
  restore: [
    { code: FAILED, meaning: "also: a step was refused" },
    { code: INCOMPLETE, meaning: "done, but something cannot be brought back" },
  ],
  simulate: [{ code: 0, meaning: "ended by Ctrl-C, which is how it ends" }],
};

/** Commands whose codes are added up, and the one that counts when several apply. */
const COMBINED: Readonly<Record<string, string>> = {
  drift: "Of several that apply, the sum.",
  doctor: "Of several that apply, the highest.",
};

/** The codes of one command, for its help: the common ones, in the command's own words where it has any. */
export function exitCodesHelp(command: string): string {
  const own = OWN_CODES[command] ?? [];
  const isOwn = (code: number) => own.some((one) => one.code === code);
  // Only commands that look for something find anything.
  const common = COMMON_CODES.filter(({ code }) => code !== FOUND && !(code === 0 && isOwn(0)));
  const codes = [...common, ...own].toSorted((a, b) => a.code - b.code);
  const lines = codes.map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`);
  return [`Exit codes:${COMBINED[command] ? ` ${COMBINED[command]}` : ""}`, ...lines].join("\n");
}

/** All of them as a table of Markdown. */
export function exitCodesTable(): string {
  const common = COMMON_CODES.map(({ code, meaning }) => `| ${code} | every command | ${meaning} |`);
  const own = Object.entries(OWN_CODES).flatMap(([command, codes]) =>
    codes.map(({ code, meaning }) => `| ${code} | \`anomify ${command}\` | ${meaning} |`),
  );
  const sums = Object.entries(COMBINED).map(([command, text]) => `\`anomify ${command}\`: ${text.toLowerCase()}`);
  return ["| code | of | meaning |", "|---|---|---|", ...common, ...own, "", sums.join(" ")].join("\n");
}
