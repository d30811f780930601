import { printSecret } from "../terminal/print-secret.ts";
import { secretValue } from "./engine.ts";
import { readJournal } from "./journal.ts";

/** Prints one secret of the adoption that is under way. @throws Error when there is no such secret */
export async function printAdoptionSecret(directory: string, key: string): Promise<void> {
  const journal = await readJournal(directory);
  if (journal === undefined) throw new Error(`No adoption is under way in ${directory}. Start one with: anomify adopt`);
  await printSecret("adoption", journal.secrets, key, (secret) => secretValue(directory, secret));
}
