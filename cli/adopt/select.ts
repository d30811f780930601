import { groupMultiselect, select } from "@clack/prompts";
import { printable } from "../../domain/text/printable.ts";
import { answerTo, canAsk } from "../terminal/questions.ts";
import { type Candidate, type Candidates, keyOf } from "./candidates.ts";

/** Which objects the user wants. */
export interface Wanted {
  /** All that need no change. */
  readonly all?: true;
  /** `<kind>:<id>` */
  readonly select?: readonly string[];
  readonly kinds?: readonly string[];
}

export interface Selection {
  readonly chosen: readonly Candidate[];
  /** What was asked for and is left out, with the reason. */
  readonly skipped: readonly string[];
}

/**
 * The objects that flags name; undefined when none names any.
 *
 * @throws Error naming every object that cannot be adopted or does not exist
 */
export function selectedByFlags(
  { managed, candidates }: Candidates,
  { all, select: keys, kinds }: Wanted,
): Selection | undefined {
  if (!all && keys === undefined) return undefined;
  const known = [...managed, ...candidates].map(keyOf);
  const unknown = (keys ?? []).filter((key) => !known.includes(key));
  const refused = candidates.filter((one) => keys?.includes(keyOf(one)) && one.fits === "cannot");
  if (unknown.length > 0 || refused.length > 0) {
    const lines = [
      ...unknown.map((key) => `${key} is not in the organization.`),
      ...refused.map((one) => `${keyOf(one)} cannot be adopted: ${one.why.join(" ")}`),
    ];
    throw new Error(`Nothing was written.\n${lines.map(printable).join("\n")}`);
  }
  const ofKinds = candidates.filter(({ kind }) => kinds?.includes(kind) ?? true);
  const byAll = all ? ofKinds.filter(({ fits }) => fits === "asIs") : [];
  const left = all ? ofKinds.filter((one) => one.fits !== "asIs" && !keys?.includes(keyOf(one))) : [];
  const already = managed.map(keyOf).filter((key) => keys?.includes(key));
  return {
    chosen: candidates.filter((one) => byAll.includes(one) || keys?.includes(keyOf(one))),
    skipped: [
      ...left.map((one) => `Not adopted: ${one.label} (${keyOf(one)}). ${one.why.join(" ")}`),
      ...already.map((key) => `${key} is managed already.`),
    ].map(printable),
  };
}

/**
 * Lets a person choose at the keyboard.
 *
 * @throws Cancelled on Ctrl-C; Error where nobody can be asked
 */
export async function selectedByHand(
  { candidates }: Candidates,
  kinds: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<Selection> {
  const offers = candidates.filter(({ kind, fits }) => (kinds?.includes(kind) ?? true) && fits !== "cannot");
  if (offers.length === 0) return { chosen: [], skipped: [] };
  if (!canAsk()) {
    throw new Error(
      "Nothing was written: nobody can be asked here what to adopt. Give --all or --select <kind>:<id>, and --yes.",
    );
  }
  const groups = Map.groupBy(offers, ({ kind }) => kind);
  const option = (one: Candidate) => ({
    value: keyOf(one),
    label: printable(one.label),
    hint: [`id ${one.id}`, ...one.why].map(printable).join("; "),
  });
  const answer = await answerTo(
    (asking) =>
      groupMultiselect({
        ...asking,
        message: "What shall the program manage? (arrows move, space marks an object or a whole kind, Enter goes on)",
        options: Object.fromEntries([...groups].map(([kind, ones]) => [kind, ones.map(option)])),
        required: false,
        maxItems: 20,
      }),
    signal,
  );
  return { chosen: offers.filter((one) => answer.includes(keyOf(one))), skipped: [] };
}

/** What a person wants after the files are there. @throws Cancelled on Ctrl-C */
export async function nextStep(
  count: number,
  stack: string | undefined,
  signal: AbortSignal,
): Promise<"import" | "keep" | "undo"> {
  return await answerTo(
    (asking) =>
      select({
        ...asking,
        message: `The files are written. Import ${count} object${count === 1 ? "" : "s"} into stack ${stack ?? "(the selected one)"} now?`,
        options: [
          { value: "import" as const, label: "Yes, run pulumi import, then a preview" },
          { value: "keep" as const, label: "No, keep the files; I run pulumi myself" },
          { value: "undo" as const, label: "No, take everything back" },
        ],
      }),
    signal,
  );
}

/** What `--undo` takes back. @param count how many objects the state has @throws Cancelled on Ctrl-C */
export async function whatToUndo(count: number, signal: AbortSignal): Promise<"all" | "files" | "nothing"> {
  const objects = `${count} object${count === 1 ? "" : "s"}`;
  return await answerTo(
    (asking) =>
      select({
        ...asking,
        message: `The state has ${objects} of this adoption. Take back what?`,
        options: [
          { value: "all" as const, label: `The files, and the ${objects} out of the state (they stay in Anomify)` },
          {
            value: "files" as const,
            label: "The files alone; the next pulumi up then wants to delete the objects in Anomify",
          },
          { value: "nothing" as const, label: "Nothing" },
        ],
      }),
    signal,
  );
}
