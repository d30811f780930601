import { isObject } from "../raw-response.ts";

/** What is renamed at one place of a reply and inside it. */
interface Place {
  /** Our key to the real one, and back. */
  readonly real: Map<string, string>;
  readonly ours: Map<string, string>;
  /** By our key; `[]` for the items of a list. */
  readonly inside: Map<string, Place>;
}

const newPlace = (): Place => ({ real: new Map(), ours: new Map(), inside: new Map() });

/** Makes the function that gives a reply our names, from dotted paths in our names to real keys. */
export function renamer(names: ReadonlyMap<string, string>): (data: unknown) => unknown {
  if (names.size === 0) return (data) => data;
  const root = newPlace();
  for (const [path, real] of names) {
    const steps = stepsOf(path);
    const key = steps.pop() ?? "";
    const place = steps.reduce(enter, root);
    place.real.set(key, real);
    place.ours.set(real, key);
  }
  return (data) => rename(data, root);
}

/** `watchers[].name` → `watchers`, `[]`, `name`. */
const stepsOf = (path: string): string[] =>
  path.split(".").flatMap((step) => [step.replace(/(\[\])+$/, ""), ...(step.match(/\[\](?=(\[\])*$)/g) ?? [])]);

function enter(place: Place, step: string): Place {
  const known = place.inside.get(step) ?? newPlace();
  place.inside.set(step, known);
  return known;
}

function rename(value: unknown, place: Place | undefined): unknown {
  if (place === undefined) return value;
  if (Array.isArray(value)) {
    const items = place.inside.get("[]");
    return items === undefined ? value : value.map((item) => rename(item, items));
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    const ours = place.ours.get(key);
    if (ours === undefined && isOverruled(key, value, place)) return [];
    const name = ours ?? key;
    return [[name, rename(inner, place.inside.get(name))] as const];
  });
  // Defines the properties, so that a key `__proto__` stays a key.
  return Object.fromEntries(entries);
}

/** The real key is there too, and wins. */
function isOverruled(key: string, value: object, { real }: Place): boolean {
  const name = real.get(key);
  return name !== undefined && Object.hasOwn(value, name);
}
