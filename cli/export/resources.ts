import type { JudgedObject } from "./judge.ts";
import { inReadingOrder, nameOf, styleOf } from "./kinds.ts";
import type { PlannedResource, PlannedSecret } from "./model.ts";
import { camelCase, slug, UniqueNames, variable } from "./names.ts";

/** Names that a stack has already. */
export interface TakenNames {
  /** Logical names of each kind. */
  readonly logical: ReadonlyMap<string, ReadonlySet<string>>;
  /** Config keys in the namespace of the project. */
  readonly config: ReadonlySet<string>;
}

/** Logical names are unique per kind, constants per file, config keys in the whole program. */
export function named(
  objects: readonly JudgedObject[],
  singleFile: boolean,
  prefix?: string,
  taken?: TakenNames,
): PlannedResource[] {
  const scopes = new Map<string, UniqueNames>([["config", new UniqueNames(taken?.config)]]);
  for (const [kind, names] of taken?.logical ?? []) scopes.set(`names ${kind}`, new UniqueNames(names));
  const scope = (key: string) => {
    const names = scopes.get(key) ?? new UniqueNames();
    scopes.set(key, names);
    return names;
  };
  return inReadingOrder(objects.map(({ kind }) => kind)).flatMap((kind) =>
    objects
      .filter((object) => object.kind === kind)
      .map((object) => {
        const { id, definition, stated } = object;
        const title = nameOf(definition, stated);
        const logical = slug(title) || `${styleOf(definition).file.replace(/s$/, "")}-${id}`;
        const constant = variable(title, kind, id);
        const secret = (definition.secret ?? []).filter((key) => (stated[key] ?? null) !== null);
        const keys = secret.map((key) => [key, scope("config").take(configKey(title, kind, id, key), id, "")]);
        return {
          ...object,
          name: [...(prefix === undefined ? [] : [prefix]), scope(`names ${kind}`).take(logical, id, "-")].join("-"),
          variable: scope(singleFile ? "variables" : `variables ${kind}`).take(constant, id, ""),
          secretKeys: Object.fromEntries(keys),
        };
      }),
  );
}

/** In ASCII, since people type it into a shell. */
function configKey(title: string, kind: string, id: string, property: string): string {
  const name = camelCase(title);
  const base = /^[a-z][a-zA-Z0-9]*$/.test(name) ? name : variable("", kind, id);
  return `${base}${property.slice(0, 1).toUpperCase()}${property.slice(1)}`;
}

/** What a resource takes from the config. */
export function secretsOf({ kind, name, stated, secretKeys }: PlannedResource): PlannedSecret[] {
  return Object.entries(secretKeys).map(([property, key]) => ({
    key,
    kind,
    resource: name,
    property,
    value: String(stated[property]),
  }));
}
