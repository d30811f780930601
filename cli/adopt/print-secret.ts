import { secretValue } from "./engine.ts";
import { readJournal } from "./journal.ts";

/** Prints one secret of the adoption that is under way. @throws Error when there is no such secret */
export async function printSecret(directory: string, key: string): Promise<void> {
  const journal = await readJournal(directory);
  if (journal === undefined) throw new Error(`No adoption is under way in ${directory}. Start one with: anomify adopt`);
  const secret = journal.secrets.find((candidate) => candidate.key === key);
  if (secret === undefined) {
    const known = journal.secrets.map((candidate) => candidate.key).join(", ") || "none";
    throw new Error(`The adoption has no secret "${key}". It has: ${known}.`);
  }
  process.stdout.write(`${await secretValue(directory, secret)}\n`);
}
