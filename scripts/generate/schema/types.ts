// The types of Pulumi's package schema, as far as our properties need them.

/** A type, or a reference to one. */
export interface TypeSpec {
  readonly type?: "string" | "integer" | "number" | "boolean" | "array" | "object";
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
  readonly $ref?: string;
  readonly oneOf?: readonly TypeSpec[];
}

export interface PropertySpec extends TypeSpec {
  readonly description?: string;
  readonly default?: string | number | boolean;
  readonly secret?: true;
  readonly willReplaceOnChanges?: true;
  readonly deprecationMessage?: string;
}

export interface ObjectSpec {
  readonly description?: string;
  readonly type: "object";
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly required: readonly string[];
}

export interface EnumSpec {
  readonly description?: string;
  readonly type: "string";
  readonly enum: ReadonlyArray<{ readonly name: string; readonly value: string }>;
}

export const PACKAGE = "anomify";
export const ANY: TypeSpec = { $ref: "pulumi.json#/Any" };

/** `anomify:index:Watcher` for `Watcher`. */
export const tokenOf = (name: string): string => `${PACKAGE}:index:${name}`;

/** `WaitSeconds` for `waitSeconds` and for `wait-seconds`. */
export const typeName = (name: string): string =>
  name.replaceAll(/(?:^|[-_])(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The named types of the package: objects, and closed sets of texts. */
export class NamedTypes {
  readonly #types = new Map<string, ObjectSpec | EnumSpec>();

  /** @returns the reference to it. @throws Error when two different types have one name */
  add(name: string, spec: ObjectSpec | EnumSpec): TypeSpec {
    const known = this.#types.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(spec)) {
      throw new Error(`two types of the package are called ${name}. Rename the property of one`);
    }
    this.#types.set(name, spec);
    return { $ref: `#/types/${tokenOf(name)}` };
  }

  all(): Record<string, ObjectSpec | EnumSpec> {
    return Object.fromEntries([...this.#types].map(([name, spec]) => [tokenOf(name), spec]));
  }
}

/**
 * One type for several. In typed languages a list has items of one type, so that ids are texts beside texts.
 */
export function unionOf(members: readonly TypeSpec[]): TypeSpec {
  const distinct = [...new Map(members.map((member) => [JSON.stringify(member), member])).values()];
  const hasText = distinct.some(({ type }) => type === "string");
  const kept = hasText ? distinct.filter(({ type }) => type === "string" || type === "boolean") : distinct;
  const [only] = kept;
  if (only === undefined) throw new Error("a property may have no value at all");
  return kept.length === 1 ? only : { oneOf: kept };
}

/** Every list of ours that has numbers is one of ids of people, and the plugin writes these as texts. */
export function listOf(item: TypeSpec): TypeSpec {
  const isId = item.type === "number" || item.type === "integer";
  return { type: "array", items: isId ? { type: "string" } : item };
}
