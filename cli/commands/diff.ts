import { Command } from "commander";
import { namesWithIds } from "../../domain/text/names.ts";
import type { OrganizationDifference } from "../diff/organizations.ts";
import type { Side } from "../diff/sources.ts";
import { readGiven } from "../files/read.ts";
import { Exit, FOUND, USAGE } from "../terminal/exit.ts";
import { interruptible } from "../terminal/interrupt.ts";
import { createOutput, type Output } from "../terminal/output.ts";
import { withProgress } from "../terminal/progress.ts";

interface DiffFlags {
  readonly map?: string;
  readonly ignore: string;
  readonly json?: true;
}

interface Asked extends DiffFlags {
  readonly ignored: readonly string[];
}

const HELP = `
Each side is the name of a profile (see anomify login) or a file of anomify snapshot (with a folder or .json in its name).
Objects are matched by kind and name: exclusions by type and pattern, admin alerts by type, people by e-mail address.
The mapping says what people, channels, chips and patterns of exclusions of the first side are called on the second:
  {"people": {"ana@acme.example": "ana@eu.example"}, "channels": {"ops": "ops-eu"},
   "chips": {"us": "eu"}, "patterns": {"us.test": "eu.test"}}
Secrets are compared when both sides have them, and never printed.

Examples:
  $ anomify diff staging production --map map.json --ignore OrgSettings.name,User
  $ anomify diff yesterday.json today.json --json`;

/** `anomify diff`: what differs between two organizations. */
export function diffCommand(): Command {
  return new Command("diff")
    .description("Compare two organizations, or two snapshots. Reads only.")
    .argument("<a>", "profile or snapshot file")
    .argument("<b>", "profile or snapshot file")
    .option("--map <file>", "JSON file with the names that differ; applied to <a>")
    .option("--ignore <list>", "kinds and properties that do not count, separated by commas", "")
    .option("--json", "one JSON document on stdout")
    .addHelpText("after", HELP)
    .action((a: string, b: string, flags: DiffFlags, command: Command) =>
      interruptible("Nothing was changed.", async (signal) => {
        // Not while the arguments are read: the definitions that know the properties take a while to load.
        const { ignoredOf } = await import("../diff/ignored.ts");
        const ignored = ignoredOf(flags.ignore);
        if (typeof ignored === "string")
          command.error(`error: option '--ignore <list>' ${ignored}`, { exitCode: USAGE });
        await diff(a, b, { ...flags, ignored }, signal);
      }),
    );
}

async function diff(a: string, b: string, flags: Asked, signal: AbortSignal): Promise<void> {
  const { compareOrganizations, isSame } = await import("../diff/organizations.ts");
  const { MAPPING_SHAPE, NO_MAPPING, parseMapping } = await import("../compare/mapping.ts");
  const { readSide } = await import("../diff/sources.ts");
  const mapped = flags.map === undefined ? undefined : await readGiven(flags.map, MAPPING_SHAPE, signal);
  const mapping = mapped === undefined ? NO_MAPPING : parseMapping(mapped.text, mapped.source);
  const [first, second] = await withProgress("Reading both organizations", async () => [
    await readSide(a, signal),
    await readSide(b, signal),
  ]);
  if (first === undefined || second === undefined) throw new Error("internal error: a side was not read");
  const difference = compareOrganizations(first.objects, second.objects, mapping, flags.ignored);
  const output = createOutput(flags.json ?? false);
  const same = isSame(difference);
  output.data({ format: "anomify-diff", version: 1, a: head(first), b: head(second), same, ...difference });
  for (const side of [first, second]) {
    if (!side.live) output.note(`${side.label}: read from Anomify's cache; changes of the last hour may be missing.`);
  }
  print(difference, [a, b], output);
  output.print(same ? "No difference." : "They differ.");
  if (!same) throw new Exit(FOUND);
}

const head = ({ label, organization, takenAt, live }: Side) => ({ label, organization, takenAt, live });

function print(difference: OrganizationDifference, [a, b]: readonly [string, string], output: Output): void {
  const named = nameIn(difference);
  const rows = [
    ...difference.onlyA.map((one) => [one.kind, named(one), "", "there", "-"]),
    ...difference.onlyB.map((one) => [one.kind, named(one), "", "-", "there"]),
    ...difference.changed.flatMap((one) =>
      one.changes.map(({ property, before, after }) => [one.kind, named(one), property, shown(before), shown(after)]),
    ),
  ];
  if (rows.length > 0) output.table(["Kind", "Name", "Property", a, b], rows);
  for (const one of difference.notCompared) {
    output.print(`Not compared (secret): ${one.kind} "${named(one)}", ${one.property}.`);
  }
}

/** An object of one side or of both. */
type Listed = { readonly kind: string; readonly title: string } & (
  | { readonly id: string }
  | { readonly a: string; readonly b: string }
);

function nameIn({ onlyA, onlyB, changed, notCompared }: OrganizationDifference): (item: Listed) => string {
  const all: Listed[] = [...onlyA, ...onlyB, ...changed, ...notCompared];
  const idOf = (one: Listed) => ("id" in one ? one.id : one.a === one.b ? one.a : `${one.a}, ${one.b}`);
  const named = namesWithIds(all, ({ kind, title }) => `${kind} ${title}`, idOf);
  return (one) => named(one).slice(one.kind.length + 1);
}

function shown(value: unknown): string {
  if (value === null || value === "") return "-";
  return typeof value === "string" ? value : JSON.stringify(value);
}
