import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { typeToken } from "../../provider/runtime/provider-text.ts";
import type { ImportFile } from "../export/import-file.ts";
import { writeWhole } from "../files.ts";
import { IMPORT_FILE, type Journal, removeImportFile, writeJournal } from "./journal.ts";
import { failed, findPulumi, type Pulumi } from "./pulumi.ts";
import { type ManagedResource, managedResources } from "./state.ts";
import { sha256 } from "./write.ts";

/** An adoption whose files are written, and the CLI that takes it into the state. */
export interface Running {
  readonly directory: string;
  readonly pulumi: Pulumi;
}

export const stackFlag = (stack: string | undefined) => (stack === undefined ? [] : ["--stack", stack]);

/** Our resources in the state of the stack. */
export async function stateOf(pulumi: Pulumi, stack: string | undefined): Promise<ManagedResource[]> {
  return managedResources(await pulumi.ask(["stack", "export", ...stackFlag(stack)]), "The state of the stack");
}

/** Those of an adoption's resources that the state has. */
export function importedOf(journal: Journal, state: readonly ManagedResource[]): ManagedResource[] {
  return state.filter((one) =>
    journal.resources.some(({ kind, id, name }) => kind === one.kind && id === one.id && name === one.name),
  );
}

/** Value of a secret of an adoption that is under way, out of its import file. */
export async function secretValue(directory: string, secret: Journal["secrets"][number]): Promise<string> {
  const file = JSON.parse(await readFile(join(directory, IMPORT_FILE), "utf8")) as ImportFile;
  const type = typeToken(secret.kind);
  const found = file.resources.find((one) => one.type === type && one.name === secret.resource);
  const sealed = found?.inputs?.[secret.property] as { readonly plaintext?: string } | undefined;
  if (sealed?.plaintext === undefined) throw new Error(`${IMPORT_FILE} has no value for ${secret.key}.`);
  return String(JSON.parse(sealed.plaintext));
}

/** Sets the config keys that the program takes its secrets from. */
export async function setSecrets({ directory, pulumi }: Running, from: Journal): Promise<Journal> {
  let journal = from;
  const open = journal.secrets.filter(({ key }) => !journal.configured.includes(key));
  if (open.length === 0) return journal;
  const stack = journal.stack ?? (await pulumi.ask(["stack", "--show-name"])).trim();
  const path = `Pulumi.${stack.split("/").at(-1)}.yaml`;
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
 * Takes the objects into the state: those that it does not have. The import file is gone when it has them all.
 *
 * @throws Error when it has not; the stage in the journal says whether it has some
 */
export async function importObjects(running: Running, from: Journal): Promise<Journal> {
  const { directory, pulumi } = running;
  const had = importedOf(from, await stateOf(pulumi, from.stack));
  let journal: Journal = { ...from, stage: "importing" };
  if (had.length < from.resources.length) {
    await leaveOut(directory, had);
    await writeJournal(directory, journal);
    const args = importArguments(join(directory, IMPORT_FILE), from);
    const code = await pulumi.run(args).catch(() => 1);
    const has = await lookAgain(directory, from);
    if (has !== undefined && has.length === 0) await writeJournal(directory, { ...from, stage: "written" });
    if (has !== undefined && has.length < from.resources.length && has.length > 0) throw partial(has.length, from);
    if (code !== 0 || has === undefined || has.length === 0) throw failed(args, code);
  }
  journal = { ...journal, stage: "imported" };
  await writeJournal(directory, journal);
  await removeImportFile(directory);
  return journal;
}

/** Arguments of the CLI that take an import file into the state. */
export function importArguments(file: string, { protect, stack }: Pick<Journal, "protect" | "stack">): string[] {
  return ["import", "--file", file, "--generate-code=false", `--protect=${protect}`, "--yes", ...stackFlag(stack)];
}

/** After Ctrl-C too: what the state has decides what can be taken back. Undefined when that cannot be known. */
async function lookAgain(directory: string, journal: Journal): Promise<ManagedResource[] | undefined> {
  const pulumi = findPulumi(directory, new AbortController().signal);
  if (pulumi === undefined) return undefined;
  return await stateOf(pulumi, journal.stack).then(
    (state) => importedOf(journal, state),
    () => undefined,
  );
}

function partial(count: number, { resources }: Journal): Error {
  return new Error(
    `The state has ${count} of ${resources.length} objects now, so the files stay. Go on with: anomify adopt --import, or take all back with: anomify adopt --undo`,
  );
}

async function leaveOut(directory: string, had: readonly ManagedResource[]): Promise<void> {
  if (had.length === 0) return;
  const path = join(directory, IMPORT_FILE);
  const { resources } = JSON.parse(await readFile(path, "utf8")) as ImportFile;
  const open = resources.filter(
    ({ type, name }) => !had.some((one) => typeToken(one.kind) === type && one.name === name),
  );
  await writeWhole(path, `${JSON.stringify({ resources: open }, null, 2)}\n`, 0o600);
}

/** Whether a preview finds the program and the state to be the same. */
export async function verified({ pulumi }: Running, { stack }: Pick<Journal, "stack">): Promise<number> {
  return await pulumi.run(["preview", "--expect-no-changes", ...stackFlag(stack)]);
}
