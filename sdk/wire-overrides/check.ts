import { didYouMean } from "../../domain/text/did-you-mean.ts";
import {
  type Endpoint,
  type Evidence,
  evidenceOfName,
  type HttpMethod,
  isOmittable,
  namesInPath,
  type Pager,
} from "../endpoint.ts";
import { groups } from "../endpoints/index.ts";
import { fieldsOf } from "../evidence.ts";
import { isObject } from "../raw-response.ts";
import { type Entry, quoted, readEntry } from "./shape.ts";

/** Real names of one operation, in full. */
export interface OperationNames {
  readonly endpoint: Endpoint;
  readonly path: string | undefined;
  readonly method: HttpMethod | undefined;
  /** Parameters that are not sent. */
  readonly omit: ReadonlySet<string>;
  readonly params: ReadonlyMap<string, string>;
  readonly reply: ReadonlyMap<string, string>;
}

/** What may be mapped in one operation. */
interface Subject {
  readonly endpoint: Endpoint;
  readonly params: ReadonlyMap<string, Evidence>;
  readonly reply: ReadonlyMap<string, Evidence>;
}

const halves = ["params", "reply"] as const;
type Half = (typeof halves)[number];
const halfInWords = { params: "a parameter", reply: "a reply field" } as const;

/** Reads overrides. `problems` are whole sentences; with any, `names` is not to be used. */
export function readOverrides(value: unknown): { problems: string[]; names: OperationNames[] } {
  if (!isObject(value)) return { problems: ["It must be an object of operations."], names: [] };
  const problems: string[] = [];
  const subjects = allSubjects();
  const entries = new Map<string, Entry>();
  for (const [operation, given] of Object.entries(value)) {
    if (operation === "*" || subjects.has(operation)) entries.set(operation, readEntry(operation, given, problems));
    else problems.push(`${quoted(operation)} is not an operation.${didYouMean(operation, subjects.keys())}`);
  }
  const general = entries.get("*");
  if (general !== undefined) checkGeneral(general, [...subjects.values()], problems);
  const names = Array.from(subjects, ([operation, subject]) => {
    const entry = entries.get(operation);
    if (entry !== undefined) checkEntry(entry, subject, problems);
    return namesOf(subject, general, entry);
  }).filter(
    ({ path, method, omit, params, reply }) =>
      path !== undefined || method !== undefined || omit.size + params.size + reply.size > 0,
  );
  for (const each of names) problems.push(...clashes(each));
  return { problems, names };
}

function allSubjects(): Map<string, Subject> {
  const rows = Object.values(groups).flatMap((group) => Object.values<Endpoint | Pager>(group));
  const endpoints = rows.flatMap((row) => ("items" in row ? [] : [row]));
  return new Map(endpoints.map((endpoint) => [endpoint.operation, subjectOf(endpoint)]));
}

function subjectOf(endpoint: Endpoint): Subject {
  const hasFields = endpoint.reply === "envelope" || endpoint.reply === "document";
  return {
    endpoint,
    params: new Map(Object.keys(endpoint.params).map((name) => [name, evidenceOfName(endpoint, name)])),
    reply: hasFields ? fieldsOf(endpoint.data, endpoint.evidence) : new Map(),
  };
}

function checkEntry(entry: Entry, subject: Subject, problems: string[]): void {
  const { endpoint } = subject;
  const { operation } = endpoint;
  if (entry.path !== undefined) {
    if (endpoint.evidence === "documented") problems.push(`${operation}.path cannot be mapped: it is documented.`);
    const [ours, theirs] = [endpoint.path, entry.path].map((path) => namesInPath(path).sort().join());
    if (ours !== theirs) problems.push(`${operation}.path must have the same {parameters} as ${endpoint.path}.`);
  }
  if (entry.method === "GET" && endpoint.call !== "safe")
    problems.push(`${operation}.method cannot be GET: it writes.`);
  for (const name of entry.omit) {
    const reason = refusalToOmit(name, [subject]);
    if (reason !== undefined) problems.push(`${operation}.params: ${reason}`);
  }
  for (const half of halves) {
    for (const [name, real] of entry[half]) {
      const reason = refusal(half, name, real, [subject]);
      if (reason !== undefined) problems.push(`${operation}.${half}: ${reason}`);
    }
  }
}

function checkGeneral(entry: Entry, subjects: readonly Subject[], problems: string[]): void {
  if (entry.path !== undefined) problems.push("*.path cannot be mapped: each operation has a path of its own.");
  if (entry.method !== undefined) problems.push("*.method cannot be set: each operation has a method of its own.");
  for (const name of entry.omit) {
    const reason = refusalToOmit(name, subjects);
    if (reason !== undefined) problems.push(`*.params: ${reason}`);
  }
  for (const half of halves) {
    for (const [name, real] of entry[half]) {
      const reason = refusal(half, name, real, subjects);
      if (reason !== undefined) problems.push(`*.${half}: ${reason}`);
    }
  }
}

function refusalToOmit(name: string, subjects: readonly Subject[]): string | undefined {
  if (subjects.some(({ endpoint }) => isOmittable(endpoint, name))) return undefined;
  if (subjects.every(({ params }) => !params.has(name))) return unknown("params", name, "", subjects);
  return `"${name}" cannot be left out (null): that is for parameters of reads that say how much is given.`;
}

/** Why none of the operations can have this mapped. */
function refusal(half: Half, name: string, real: string, subjects: readonly Subject[]): string | undefined {
  const found = subjects.filter((subject) => subject[half].has(name));
  const [only] = found;
  if (only === undefined) return unknown(half, name, real, subjects);
  if (found.some((subject) => subject[half].get(name) !== "documented")) return undefined;
  if (half === "params" && namesInPath(only.endpoint.path).includes(name)) {
    return `"${name}" travels in the path, where its name is not sent.`;
  }
  return `"${name}" is documented and cannot be mapped.`;
}

function unknown(half: Half, name: string, real: string, subjects: readonly Subject[]): string {
  const known = new Set(subjects.flatMap((subject) => [...subject[half].keys()]));
  const what = `${quoted(name)} is not ${halfInWords[half]}`;
  // Left over from before a release that corrected the name.
  const corrected = name.replace(/[^.[\]]*$/, "") + real;
  if (known.has(corrected)) return `${what}, "${corrected}" is: this release knows the real name, remove the entry.`;
  const rewritten = name.replace(/^data\./, "").replace(/\[\d+\]/g, "[]");
  if (half === "reply" && known.has(rewritten)) return `${what}. Did you mean "${rewritten}"?`;
  return `${what}.${didYouMean(name, known)}`;
}

function namesOf(subject: Subject, general: Entry | undefined, entry: Entry | undefined): OperationNames {
  const merged = (half: Half): Map<string, string> => {
    const shared = [...(general?.[half] ?? [])].filter(
      ([name]) => (subject[half].get(name) ?? "documented") !== "documented",
    );
    return new Map([...shared, ...(entry?.[half] ?? [])]);
  };
  const { endpoint } = subject;
  const shared = [...(general?.omit ?? [])].filter((name) => isOmittable(endpoint, name) && !entry?.params.has(name));
  return {
    endpoint,
    path: entry?.path,
    method: entry?.method,
    omit: new Set([...shared, ...(entry?.omit ?? [])]),
    params: merged("params"),
    reply: merged("reply"),
  };
}

/** Names of ours that would become one. */
function clashes({ endpoint, params, reply }: OperationNames): string[] {
  const inPath = namesInPath(endpoint.path);
  const sent = Object.keys(endpoint.params).filter((name) => !inPath.includes(name));
  const fields = reply.size === 0 ? [] : [...fieldsOf(endpoint.data, endpoint.evidence).keys()];
  const at = (path: string): string => path.replace(/[^.[\]]*$/, "");
  return [
    ...doubles(sent, (name) => params.get(name) ?? name).map(
      (names) => `${endpoint.operation}.params: ${names} would be sent under one name.`,
    ),
    ...doubles(fields, (path) => (reply.has(path) ? at(path) + reply.get(path) : path)).map(
      (names) => `${endpoint.operation}.reply: ${names} would be read from one key.`,
    ),
  ];
}

function doubles(names: readonly string[], real: (name: string) => string): string[] {
  const byReal = Map.groupBy(names, real);
  return [...byReal.values()].filter((same) => same.length > 1).map((same) => same.join(" and "));
}
