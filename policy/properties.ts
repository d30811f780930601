import { isWatching } from "../domain/roles.ts";
import { roleOf } from "../provider/catalog.ts";
import { typeToken } from "../provider/hosts/dynamic/provider-text.ts";
import { kindNames } from "../provider/kind-names.gen.ts";
import type { Sort } from "./rule.ts";

/** Properties as a policy gets them: reading one that is not known yet throws. */
export type PolicyProperties = Record<string, unknown>;

export type Kind = (typeof kindNames)[number];
const BY_TYPE: ReadonlyMap<string, Kind> = new Map(kindNames.map((kind) => [typeToken(kind), kind]));

/** Kind of a resource by its type in Pulumi; undefined for other packages. */
export function kindOf(type: string): Kind | undefined {
  return BY_TYPE.get(type);
}

export function sortOf(type: string): Sort | undefined {
  const kind = kindOf(type);
  const role = kind && roleOf(kind);
  if (role === undefined) return undefined;
  if (isWatching(role)) return "watcher";
  return role === "exclusion" ? "exclusion" : undefined;
}

/** Properties of a resource without Pulumi's dress. */
export interface Plain<Subject> {
  /** What is not known yet is there as what stands for it on Pulumi's wire. The provider's own text is left out. */
  readonly properties: Subject;
  /** Pulumi's own errors about what is not known yet. */
  readonly unknown: readonly UnknownError[];
}

/** What Pulumi throws when a value is read that a preview does not know yet. */
export interface UnknownError extends Error {
  readonly unknownTypeSentinel: string;
  /** Path of the value. */
  readonly props: readonly string[];
}

const isUnknownError = (error: unknown): error is UnknownError =>
  error instanceof Error && "unknownTypeSentinel" in error && "props" in error;

export function plainProperties<Subject>(given: PolicyProperties): Plain<Subject> {
  const unknown: UnknownError[] = [];
  const read = (get: () => unknown): unknown => {
    try {
      return plainly(get());
    } catch (error) {
      if (!isUnknownError(error)) throw error;
      unknown.push(error);
      return error.unknownTypeSentinel;
    }
  };
  const plainly = (value: unknown): unknown => {
    if (Array.isArray(value)) return Array.from({ length: value.length }, (_, index) => read(() => value[index]));
    if (typeof value !== "object" || value === null) return value;
    const object = value as PolicyProperties;
    return Object.fromEntries(Object.keys(object).map((key) => [key, read(() => object[key])]));
  };
  const { __provider: _text, ...properties } = plainly(given) as PolicyProperties;
  return { properties: properties as Subject, unknown };
}
