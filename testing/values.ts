import { isDeepStrictEqual } from "node:util";
import type { PropertyMap } from "./types.ts";

/** The key that marks a special value on the wire and in state. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

/** Stands for a value that is not known yet; programs send all types of unknowns in this form. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWNS: ReadonlySet<unknown> = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
]);

export interface Secret {
  [SIGNATURE]: typeof SECRET;
  value: unknown;
}

type ObjectValue = Record<string, unknown>;

export const isObject = (value: unknown): value is ObjectValue =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isSecret = (value: unknown): value is Secret => isObject(value) && value[SIGNATURE] === SECRET;

export const isUnknown = (value: unknown): boolean => UNKNOWNS.has(value);

/** An object that is neither a secret nor another special value. */
export const isPlainObject = (value: unknown): value is ObjectValue => isObject(value) && !(SIGNATURE in value);

export const makeSecret = (value: unknown): Secret =>
  isSecret(value) ? value : { [SIGNATURE]: SECRET, value: revealed(value) };

/** The envelope of a secret in exported state. */
export const secretEnvelope = (content: { ciphertext: string } | { plaintext: string }): ObjectValue => ({
  [SIGNATURE]: SECRET,
  ...content,
});

/** Whether anything at any depth satisfies the condition. */
export function someValue(value: unknown, condition: (value: unknown) => boolean): boolean {
  if (condition(value)) return true;
  if (Array.isArray(value)) return value.some((element) => someValue(element, condition));
  return isObject(value) && Object.values(value).some((element) => someValue(element, condition));
}

export const containsSecrets = (value: unknown): boolean => someValue(value, isSecret);
export const containsUnknowns = (value: unknown): boolean => someValue(value, isUnknown);

/** Rebuilds a value from the inside out: `replace` sees each special value and each leaf. */
function mapValue(value: unknown, replace: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((element) => mapValue(element, replace));
  if (!isPlainObject(value)) return replace(value);
  return mapEntries(value, (element) => mapValue(element, replace));
}

const mapEntries = (map: ObjectValue, change: (value: unknown) => unknown): ObjectValue =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));

/** The value without its secret marks. */
export function revealed(value: unknown): unknown {
  return mapValue(value, (inner) => (isSecret(inner) ? revealed(inner.value) : inner));
}

/** What a provider gets that knows neither secrets nor resource references: plain values, and ids for resources. */
export function forProvider(map: PropertyMap): PropertyMap {
  const plain = (value: unknown): unknown =>
    mapValue(value, (inner) => {
      if (isSecret(inner)) return plain(inner.value);
      if (isObject(inner) && inner[SIGNATURE] === RESOURCE) return inner.id ? inner.id : inner.urn;
      return inner;
    });
  return mapEntries(map, plain);
}

/** The value as it may be shown: `[secret]` and `[unknown]` instead of what must not or cannot be shown. */
export function masked(value: unknown): unknown {
  return mapValue(value, (inner) => {
    if (isSecret(inner)) return "[secret]";
    return isUnknown(inner) ? "[unknown]" : inner;
  });
}

/** Properties for display, without internal ones such as `__provider`. */
export function maskedMap(map: PropertyMap): PropertyMap {
  return masked(Object.fromEntries(Object.entries(map).filter(([key]) => !key.startsWith("__")))) as PropertyMap;
}

/**
 * Marks values as secret where the value of the same name is or holds a secret. Objects are walked, lists are marked as a
 * whole, since a provider may change their order. Returns a new map.
 */
export function annotateSecrets(outs: PropertyMap, ins: PropertyMap): PropertyMap {
  const result = { ...outs };
  for (const [key, input] of Object.entries(ins)) {
    if (!(key in result)) continue;
    const out = result[key];
    if (isPlainObject(out) && isPlainObject(input)) result[key] = annotateSecrets(out, input);
    else if (!isSecret(out) && containsSecrets(input)) result[key] = makeSecret(out);
  }
  return result;
}

/** Fails when a provider returned an unknown although everything is known: such a value must never get into the state. */
export function rejectUnknowns(map: PropertyMap): PropertyMap {
  for (const [key, value] of Object.entries(map)) {
    if (isUnknown(value)) throw new Error(`unexpected unknown property value for ${JSON.stringify(key)}`);
    if (isPlainObject(value)) rejectUnknowns(value);
    else if (containsUnknowns(value)) throw new Error(`unexpected unknown property value for ${JSON.stringify(key)}`);
  }
  return map;
}

export const equal = (left: unknown, right: unknown): boolean => isDeepStrictEqual(left, right);

/**
 * Properties as a transform gets them: what is secret, unknown or depends on resources is an output value, so that it arrives
 * in the program as an output.
 */
export function toOutputValues(
  map: PropertyMap,
  dependencies: Readonly<Record<string, readonly string[]>>,
): PropertyMap {
  const upgrade = (value: unknown): unknown =>
    mapValue(value, (inner) => {
      if (isUnknown(inner)) return { [SIGNATURE]: OUTPUT };
      return isSecret(inner) ? { [SIGNATURE]: OUTPUT, value: upgrade(inner.value), secret: true } : inner;
    });
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => {
      const upgraded = upgrade(value);
      const urns = dependencies[key] ?? [];
      if (urns.length === 0) return [key, upgraded];
      const isOutput = isObject(upgraded) && upgraded[SIGNATURE] === OUTPUT;
      const output: ObjectValue = isOutput ? upgraded : { [SIGNATURE]: OUTPUT, value: upgraded };
      return [key, { ...output, dependencies: urns }];
    }),
  );
}

/** The way back: properties as a program registers them, and what each of them depends on. */
export function fromOutputValues(map: PropertyMap): {
  readonly properties: PropertyMap;
  readonly dependencies: Readonly<Record<string, string[]>>;
} {
  const dependencies: Record<string, string[]> = {};
  const properties: PropertyMap = {};
  for (const [key, given] of Object.entries(map)) {
    const urns = new Set<string>();
    const downgrade = (value: unknown): unknown =>
      mapValue(value, (inner) => {
        if (!isObject(inner) || inner[SIGNATURE] !== OUTPUT) return inner;
        for (const urn of Array.isArray(inner.dependencies) ? inner.dependencies : []) urns.add(String(urn));
        if (!("value" in inner)) return UNKNOWN;
        const value = downgrade(inner.value);
        return inner.secret === true ? makeSecret(value) : value;
      });
    properties[key] = downgrade(given);
    if (urns.size > 0) dependencies[key] = [...urns];
  }
  return { properties, dependencies };
}
