// What a reply has in another form than the contract says, found by comparing what was sent with what was read of it.
import { isObject } from "../raw-response.ts";

/** A part of a reply in another form than the contract says. */
export interface LiberalReading {
  /** Dotted path, with `[]` for the items of a list: `data.watchers[].id`. */
  readonly field: string;
  /** What stands there: `text`, `number`, `flag`, `null`, `empty text`, `empty list`, `list`, `object`, or `absent`. */
  readonly form: string;
}

/** All differences of form, each once. */
export function readingsOf(sent: unknown, read: unknown, path: string): LiberalReading[] {
  const found = new Map<string, LiberalReading>();
  compare(sent, read, path, found);
  return [...found.values()];
}

function compare(sent: unknown, read: unknown, field: string, found: Map<string, LiberalReading>): void {
  if (Object.is(sent, read)) return;
  if (Array.isArray(sent) && Array.isArray(read)) {
    for (const [index, item] of read.entries()) compare(sent[index], item, `${field}[]`, found);
    return;
  }
  if (isObject(sent) && isObject(read)) {
    for (const [key, value] of Object.entries(read)) compare(sent[key], value, `${field}.${key}`, found);
    return;
  }
  const form = formOf(sent);
  found.set(`${field} ${form}`, { field, form });
}

function formOf(value: unknown): string {
  if (value === undefined) return "absent";
  if (value === null) return "null";
  if (value === "") return "empty text";
  if (Array.isArray(value)) return value.length === 0 ? "empty list" : "list";
  const names: Readonly<Record<string, string>> = { string: "text", boolean: "flag" };
  return names[typeof value] ?? typeof value;
}
