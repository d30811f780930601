import type { Evidence } from "../../sdk/endpoint.ts";
import { type Check, differs, type Finding } from "./findings.ts";
import { type Believed, keyOf, placeOf } from "./names.ts";
import type { ApiField } from "./openapi.ts";
import { compatible, pairUp } from "./pairs.ts";

/** The fields of a reply, as sent or as the service's document describes them. */
export interface SeenFields {
  readonly check: Check;
  readonly fields: ReadonlyMap<string, Pick<ApiField, "types" | "description"> & { readonly always: boolean }>;
  /** Places that hold fields, such as `watchers[]`; `` for the reply itself. */
  readonly places: ReadonlySet<string>;
}

/** One part of a mapping. */
export interface Hint {
  readonly operation: string;
  readonly part: "path" | "params" | "reply";
  /** Our name; for a path nothing. */
  readonly ours: string;
  readonly evidence: Evidence;
  /** One name when it is beyond doubt, else all that it could be. */
  readonly real: readonly string[];
  readonly sure: boolean;
}

export interface Compared {
  readonly findings: readonly Finding[];
  readonly hints: readonly Hint[];
}

/** Compares the fields of a reply with what is believed of them. */
export function compareFields(believed: Believed, seen: SeenFields): Compared {
  const { id } = believed.operation;
  const findings: Finding[] = [];
  const about = (ours: string) => ({ check: seen.check, operation: id, at: `data.${ours}` });
  const missing = believed.fields.filter(
    (field) => seen.places.has(placeOf(field.real)) && !seen.fields.has(field.real),
  );
  for (const { ours, real, required, evidence } of missing) {
    const name = ours === real ? "" : `, nor is ${keyOf(real)}, its name by the mapping`;
    if (required) findings.push(differs({ ...about(ours), evidence, finding: `${keyOf(ours)} is not there${name}` }));
  }
  for (const { ours, real, required, evidence, types } of believed.fields) {
    const field = seen.fields.get(real);
    if (field === undefined) continue;
    if (!compatible(types, field.types)) {
      const finding = `${keyOf(ours)} is ${field.types.join(" or ")}, not ${types.join(" or ")}`;
      findings.push(differs({ ...about(ours), evidence, finding, next: "Report it: a type cannot be mapped." }));
    } else if (required && !field.always && seen.check === "reads") {
      findings.push(
        differs({ ...about(ours), evidence, finding: `${keyOf(ours)} is not always there`, next: "Report it." }),
      );
    }
  }
  const known = new Set(believed.fields.map(({ real }) => real));
  const unknown = Array.from(seen.fields.keys()).filter((path) => !known.has(path) && isPlace(believed, placeOf(path)));
  for (const path of unknown) {
    const finding = `the reply has ${named(keyOf(path))}, which the contract does not know`;
    findings.push({
      check: seen.check,
      result: "note",
      operation: id,
      at: `data.${path.split(".").map(named).join(".")}`,
      finding,
    });
  }
  return { findings, hints: hintsOf(believed, missing, unknown, seen) };
}

/** A key that looks like data, as in an object by metric name, is not repeated. */
const named = (key: string): string => (/^[a-z][a-z0-9_]{0,39}(\[\])*$/i.test(key) ? key : "<key>");

/** A place that is not described in the contract may hold anything. */
const isPlace = ({ fields }: Believed, place: string): boolean =>
  place === "" || fields.some(({ real }) => placeOf(real) === place);

function hintsOf(
  believed: Believed,
  missing: Believed["fields"],
  unknown: readonly string[],
  seen: SeenFields,
): Hint[] {
  const wanted = missing.filter(({ required, evidence }) => required && evidence !== "documented");
  return [...new Set(wanted.map(({ real }) => placeOf(real)))].flatMap((place) => {
    const here = wanted.filter(({ real }) => placeOf(real) === place);
    const others = unknown.filter((path) => placeOf(path) === place);
    const { sure, open } = pairUp(
      here.map(({ ours, types, description }) => ({ name: keyOf(ours), types, description })),
      others.map((path) => ({ name: keyOf(path), types: [], description: "", ...seen.fields.get(path) })),
    );
    const hint = (key: string, real: readonly string[], isSure: boolean): Hint[] => {
      const field = here.find(({ ours }) => keyOf(ours) === key);
      if (field === undefined) return [];
      return [
        {
          operation: believed.operation.id,
          part: "reply",
          ours: field.ours,
          evidence: field.evidence,
          real,
          sure: isSure,
        },
      ];
    };
    return [
      ...sure.flatMap((pair) => hint(pair.missing, [pair.unknown], true)),
      ...open.flatMap((pair) => hint(pair.missing, pair.candidates.map(named), false)),
    ];
  });
}

/** The fields that a reply has. */
export function observe(data: unknown): SeenFields {
  const types = new Map<string, { seen: Set<string>; count: number }>();
  const places = new Map<string, number>();
  walk(data, "", types, places);
  const fields = Array.from(types, ([path, { seen, count }]) => {
    const always = count === places.get(placeOf(path));
    return [path, { types: [...seen], description: "", always }] as const;
  });
  return { check: "reads", fields: new Map(fields), places: new Set(places.keys()) };
}

function walk(
  value: unknown,
  path: string,
  types: Map<string, { seen: Set<string>; count: number }>,
  places: Map<string, number>,
): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, `${path}[]`, types, places);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  places.set(path, (places.get(path) ?? 0) + 1);
  for (const [key, inner] of Object.entries(value)) {
    const field = path === "" ? key : `${path}.${key}`;
    const entry = types.get(field) ?? { seen: new Set<string>(), count: 0 };
    entry.seen.add(typeOf(inner));
    entry.count += 1;
    types.set(field, entry);
    walk(inner, field, types, places);
  }
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}
