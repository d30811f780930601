import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { printable } from "../../domain/text/printable.ts";
import { typeToken } from "../../provider/hosts/dynamic/provider-text.ts";
import type { StackState, StateResource } from "../../provider/stack/read-state.ts";
import type { ImportFile } from "../export/import-file.ts";
import { failed, findPulumi, type Pulumi, stackFlag } from "../stack/pulumi.ts";
import { exportedState } from "../stack/state.ts";
import { IMPORT_FILE, type Journal, removeImportFile, writeJournal } from "./journal.ts";
import { sha256 } from "./write.ts";

/** An adoption whose files are written, and the CLI that takes it into the state. */
export interface Running {
  readonly directory: string;
  readonly pulumi: Pulumi;
  /** Path of the settings file of a stack, below the folder. */
  stackFile(stack: string): string;
}

/** Our resources in a state; one that waits for its deletion still has its name and its object. */
export const resourcesOf = ({ resources, deleting }: StackState): StateResource[] => [...resources, ...deleting];

/** Our resources in the state that the stack has now. */
export async function managedNow(pulumi: Pulumi, stack: string | undefined): Promise<StateResource[]> {
  return resourcesOf(await exportedState(pulumi, stack));
}

/** Those of an adoption's resources that the state has. */
export function importedOf(journal: Journal, state: readonly StateResource[]): StateResource[] {
  return state.filter((one) =>
    journal.resources.some(({ kind, id, name }) => kind === one.kind && id === one.id && name === one.name),
  );
}

/** Value of a secret of an adoption that is under way, out of its import file. */
export async function secretValue(directory: string, secret: Journal["secrets"][number]): Promise<string> {
  const text = await readFile(join(directory, IMPORT_FILE), "utf8").catch(() => {
    throw new Error(`${IMPORT_FILE} is gone. Go on with: anomify adopt --import, which sets the secrets itself.`);
  });
  const type = typeToken(secret.kind);
  const found = (JSON.parse(text) as ImportFile).resources.find(
    (one) => one.type === type && one.name === secret.resource,
  );
  const sealed = found?.inputs?.[secret.property] as { readonly plaintext?: string } | undefined;
  if (sealed?.plaintext === undefined) throw new Error(`${IMPORT_FILE} has no value for ${secret.key}.`);
  return String(JSON.parse(sealed.plaintext));
}

/** Sets the config keys that the program takes its secrets from. */
export async function setSecrets({ directory, pulumi, stackFile }: Running, from: Journal): Promise<Journal> {
  let journal = from;
  const open = journal.secrets.filter(({ key }) => !journal.configured.includes(key));
  if (open.length === 0) return journal;
  const stack = journal.stack ?? (await pulumi.ask(["stack", "--show-name"])).trim();
  const path = stackFile(stack);
  const now = () => readFile(join(directory, path), "utf8").catch(() => null);
  const before = journal.settings?.before ?? (await now());
  for (const secret of open) {
    const args = ["config", "set", "--secret", secret.key, ...stackFlag(journal.stack)];
    const code = await pulumi.give(args, await secretValue(directory, secret));
    const configured = code === 0 ? [...journal.configured, secret.key] : journal.configured;
    journal = { ...journal, configured, settings: { path, before, after: sha256((await now()) ?? "") } };
    await writeJournal(directory, journal);
    if (code !== 0) throw failed(args, code);
  }
  return journal;
}

/**
 * Takes the objects of the import file into the state. The file with its secrets is gone afterwards, whatever comes of it; it can
 * be made again.
 *
 * @throws Error when the state does not have all objects of the adoption then; the stage in the journal says whether it has some
 */
export async function importObjects({ directory, pulumi }: Running, from: Journal): Promise<Journal> {
  const remove = () => void removeImportFile(directory);
  // A second Ctrl-C ends the process at once.
  process.once("exit", remove);
  try {
    const had = importedOf(from, await managedNow(pulumi, from.stack));
    if (had.length < from.resources.length) await takeIn(directory, pulumi, from);
    const journal: Journal = { ...from, stage: "imported", byHand: false };
    await writeJournal(directory, journal);
    return journal;
  } finally {
    process.off("exit", remove);
    remove();
  }
}

async function takeIn(directory: string, pulumi: Pulumi, from: Journal): Promise<void> {
  await writeJournal(directory, { ...from, stage: "importing", byHand: false });
  const args = importArguments(join(directory, IMPORT_FILE), from);
  const code = await pulumi.run(args).catch(() => 1);
  const has = await lookAgain(directory, from);
  if (has?.length === 0) await writeJournal(directory, { ...from, stage: "written" });
  if (has === undefined || has.length === 0) throw failed(args, code);
  if (has.length < from.resources.length) throw partial(has, from);
  if (code !== 0) throw failed(args, code);
}

/** Arguments of the CLI that take an import file into the state. */
export function importArguments(file: string, { protect, stack }: Pick<Journal, "protect" | "stack">): string[] {
  return ["import", "--file", file, "--generate-code=false", `--protect=${protect}`, "--yes", ...stackFlag(stack)];
}

/** After Ctrl-C too: what the state has decides what can be taken back. Undefined when that cannot be known. */
async function lookAgain(directory: string, journal: Journal): Promise<StateResource[] | undefined> {
  const pulumi = findPulumi(directory, new AbortController().signal);
  if (pulumi === undefined) return undefined;
  return await managedNow(pulumi, journal.stack).then(
    (state) => importedOf(journal, state),
    () => undefined,
  );
}

/** The error of an import that stopped on its way. @param has what the state has of the adoption */
export function partial(has: readonly StateResource[], { resources }: Journal): Error {
  const missing = resources.filter((one) => !has.some((own) => own.kind === one.kind && own.id === one.id));
  const keys = missing.map(({ kind, id, name }) => `${kind}:${id} (${name})`);
  const some = [
    ...keys.slice(0, MAX_NAMED),
    ...(keys.length > MAX_NAMED ? [`${keys.length - MAX_NAMED} more`] : []),
  ].join(", ");
  return new Error(
    printable(
      `The state has ${has.length} of ${resources.length} objects now, so the files stay. Missing: ${some}. Go on with: anomify adopt --import, or take all back with: anomify adopt --undo`,
    ),
  );
}

/** How many objects an error names. */
const MAX_NAMED = 10;

/** Whether a preview finds the program and the state to be the same. */
export async function verified(pulumi: Pulumi, { stack }: Pick<Journal, "stack">): Promise<number> {
  return await pulumi.run(["preview", "--expect-no-changes", ...stackFlag(stack)]);
}
