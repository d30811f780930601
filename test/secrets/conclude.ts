import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Allowance, allowances } from "./allowed.ts";
import { knownSecrets } from "./known.ts";
import { createSearch, type Secret } from "./search.ts";
import type { Entry } from "./transcript.ts";

export interface Conclusion {
  /** One line. */
  readonly summary: string;
  /** One line for each output and secret: where, and the name of the secret. */
  readonly findings: readonly string[];
}

/** Searches all transcripts of a folder for the known secrets and the registered ones. */
export function conclude(directory: string): Conclusion {
  const entries = readdirSync(directory).flatMap((name) => read(join(directory, name)));
  const outputs = unique(entries.flatMap((entry) => ("text" in entry ? [entry] : [])));
  const registered = entries.flatMap((entry) => ("value" in entry ? [entry] : []));
  const secrets = [...knownSecrets(), ...registered];
  const search = createSearch(secrets);
  const findings = outputs.flatMap(({ source, text }) => {
    const names = search(text).filter((name) => !allowances.some((allowance) => allows(allowance, source, name)));
    // A source quotes the command, whose arguments may be what holds the secret.
    const where = search(source).length > 0 ? "an output whose command holds a secret" : source;
    return names.map((name) => `secret found: ${name} in ${where}`);
  });
  const all = [...new Set(findings)];
  const result = all.length === 0 ? "none found" : `${all.length} found`;
  return { summary: `secret search: ${outputs.length} outputs, ${count(secrets)} secrets, ${result}`, findings: all };
}

function read(path: string): Entry[] {
  const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Entry);
}

/** The same text of the same source is searched once: a file is handed over after each command that ran beside it. */
function unique<T extends { readonly source: string; readonly text: string }>(outputs: readonly T[]): T[] {
  const digest = ({ source, text }: T) => createHash("sha1").update(`${source}\0${text}`).digest("base64");
  return [...new Map(outputs.map((output) => [digest(output), output])).values()];
}

const allows = ({ source, secrets }: Allowance, from: string, name: string): boolean =>
  source.test(from) && secrets.test(name);

const count = (secrets: readonly Secret[]): number => new Set(secrets.map(({ value }) => value)).size;
