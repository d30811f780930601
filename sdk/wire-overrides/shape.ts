import { didYouMean } from "../../domain/text/did-you-mean.ts";
import type { HttpMethod } from "../endpoint.ts";
import { isObject } from "../raw-response.ts";

/** What overrides say of one operation, well-formed; what was not is left out. */
export interface Entry {
  readonly path: string | undefined;
  readonly method: HttpMethod | undefined;
  /** Parameters that are not to be sent. */
  readonly omit: ReadonlySet<string>;
  readonly params: ReadonlyMap<string, string>;
  readonly reply: ReadonlyMap<string, string>;
}

const parts = ["path", "method", "params", "reply"];
const methods: readonly HttpMethod[] = ["GET", "POST", "PUT"];
const longest = 100;

/** A key that a user wrote, for a message. */
export const quoted = (key: string): string => JSON.stringify(key.length > longest ? `${key.slice(0, longest)}…` : key);

/** Reads the overrides of one operation. Values are not quoted in problems: nobody knows what was pasted. */
export function readEntry(operation: string, given: unknown, problems: string[]): Entry {
  if (!isObject(given)) {
    problems.push(`${operation} must be an object with path, method, params or reply.`);
    return { path: undefined, method: undefined, omit: new Set(), params: new Map(), reply: new Map() };
  }
  for (const key of Object.keys(given)) {
    if (parts.includes(key)) continue;
    problems.push(`${operation}: ${quoted(key)} is none of path, method, params and reply.${didYouMean(key, parts)}`);
  }
  const params = own(given, "params");
  const [omitted, named] = isObject(params) ? parted(params) : [[], params];
  return {
    path: readPath(operation, own(given, "path"), problems),
    method: readMethod(operation, own(given, "method"), problems),
    omit: new Set(omitted),
    params: readNames(`${operation}.params`, named, problems, refusalOfName),
    reply: readNames(`${operation}.reply`, own(given, "reply"), problems, refusalOfKey),
  };
}

const own = (value: Record<string, unknown>, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined;

/** Names without a real one (null), and the others. */
function parted(params: Record<string, unknown>): [omitted: string[], named: Record<string, unknown>] {
  const entries = Object.entries(params);
  const omitted = entries.filter(([, real]) => real === null).map(([name]) => name);
  return [omitted, Object.fromEntries(entries.filter(([, real]) => real !== null))];
}

function readMethod(operation: string, method: unknown, problems: string[]): HttpMethod | undefined {
  if (method === undefined) return undefined;
  const found = methods.find((name) => name === method);
  if (found === undefined) problems.push(`${operation}.method must be GET, POST or PUT.`);
  return found;
}

function readPath(operation: string, path: unknown, problems: string[]): string | undefined {
  if (path === undefined) return undefined;
  const segment = /^(?:[\w.~-]|%[0-9a-f]{2}|\{\w+\})+$/i;
  const [start, ...segments] = typeof path === "string" ? path.split("/") : [];
  const isPath =
    start === "" && segments.length > 0 && segments.every((each) => segment.test(each) && !/^\.+$/.test(each));
  if (isPath) return path as string;
  problems.push(`${operation}.path must be a path such as "/v2/watcher/create", without a query.`);
  return undefined;
}

function readNames(
  where: string,
  given: unknown,
  problems: string[],
  refusalOf: (real: string) => string | undefined,
): Map<string, string> {
  const names = new Map<string, string>();
  if (given === undefined) return names;
  if (!isObject(given)) {
    problems.push(`${where} must be an object: our name to the real one.`);
    return names;
  }
  for (const [name, real] of Object.entries(given)) {
    const reason = typeof real === "string" ? refusalOf(real) : "must be a text";
    if (reason === undefined) names.set(name, real as string);
    else problems.push(`${where}: the real name of ${quoted(name)} ${reason}.`);
  }
  return names;
}

function refusalOfName(real: string): string | undefined {
  if (real === "") return "must not be empty";
  if (real === "__proto__") return "must not be __proto__";
  return real.length <= longest && /^[\x21-\x7e]+$/.test(real)
    ? undefined
    : `must be 1 to ${longest} visible ASCII characters`;
}

const refusalOfKey = (real: string): string | undefined =>
  refusalOfName(real) ?? (/[.[\]]/.test(real) ? "must be the key alone, not a path" : undefined);
