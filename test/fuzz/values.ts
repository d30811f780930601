import fc from "fast-check";
import { afterAll, expect } from "vitest";

/** Cases of all suites together: few in CI, many with `npm run fuzz`. */
const TOTAL = Number(process.env.FUZZ_RUNS ?? 6000);
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const counted = new Map<string, number>();

/** Counts a case under the name of what it tries. */
export function count(name: string): void {
  counted.set(name, (counted.get(name) ?? 0) + 1);
}

/** Parameters of a property that gets `share` (0 to 1) of all cases. */
export const runs = (share: number) => ({
  seed,
  numRuns: Math.max(20, Math.ceil(TOTAL * share)),
});

afterAll(() => {
  const cases = [...counted].map(([name, number]) => `${name} ${number}`).join(", ");
  console.log(`fuzz: seed ${seed}, cases: ${cases}`);
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(own.object);
  expect(Object.getOwnPropertyNames(Array.prototype).sort()).toEqual(own.array);
});

const own = {
  object: Object.getOwnPropertyNames(Object.prototype).sort(),
  array: Object.getOwnPropertyNames(Array.prototype).sort(),
};

/** Looks like a secret, and must be in no message. */
export const SECRET = "s3cret-Zx81kQ";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const words = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "length", "valueOf", SIGNATURE];
export const key = fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...words) }, fc.string({ maxLength: 8 }));

const texts = [
  "",
  " ",
  "\0",
  "\ud800",
  "\udfff x",
  "‮",
  "💥",
  "a,b",
  "..",
  "/../",
  "%2e%2e",
  "\r\nx: 1",
  "=1+1",
  "<b>",
  UNKNOWN,
  "NaN",
  "null",
  "1e999",
  "0x10",
  "٣",
  "2026-02-30",
  "P1D",
  "-1",
  "https://[",
  "x@",
  "ana@acme.example",
  "90m",
  ...words,
];
const huge = [10_000, 200_000].map((length) => "x".repeat(length));
const numbers = [0, -0, 1, -1, 0.1, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 53, 2 ** 53 + 2, 1e21];

/** A value inside another one, many times. */
export const nested = (value: unknown, depth: number, inArrays: boolean): unknown => {
  let whole = value;
  for (let level = 0; level < depth; level += 1) whole = inArrays ? [whole] : { a: whole };
  return whole;
};

const text = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom(...texts) },
  { weight: 30, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom(...huge) },
);
const simple = fc.oneof(text, fc.constantFrom(...numbers), fc.boolean(), fc.constant(null), fc.double());
const tree = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: simple },
    { weight: 1, arbitrary: fc.array(tie("value"), { maxLength: 4 }) },
    {
      weight: 1,
      arbitrary: fc.array(fc.tuple(key, tie("value")), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs)),
    },
  ),
})).value;

/** Anything that JSON can say, and rather what nobody expects. */
export const json: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 30, arbitrary: tree },
  {
    weight: 1,
    arbitrary: fc.tuple(simple, fc.constantFrom(40, 600), fc.boolean()).map((args) => nested(...args)),
  },
);

/** What only JavaScript can say besides. */
export const beyondJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: json },
  fc.constantFrom<unknown>(
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    10n,
    Symbol("s"),
    new Date(0),
    /x/,
    () => 1,
    new Map([[1, 2]]),
  ),
  fc.constantFrom<unknown>(
    [undefined, 1],
    Object.create(null),
    Object.freeze(["a"]),
    { toString: null },
    Array(2),
    new Error("e"),
  ),
);

type Change = { where: number[]; how: number; value: unknown; key: string };

/** A sample with a few things in it changed at random: replaced, left out, added, doubled, dressed as another type. */
export function mutated<Value>(sample: fc.Arbitrary<Value>, value = json): fc.Arbitrary<unknown> {
  const change = fc.record<Change>({
    where: fc.array(fc.nat(50), { minLength: 1, maxLength: 7 }),
    how: fc.nat(7),
    value,
    key,
  });
  return fc
    .tuple(sample, fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([base, changes]) => changes.reduce<unknown>(changed, base));
}

function changed(base: unknown, change: Change, depth = 0): unknown {
  const step = change.where[depth];
  if (typeof base !== "object" || base === null || step === undefined) return dressed(base, change);
  const entries: Array<[string, unknown]> = Object.entries(base);
  if (entries.length === 0) return dressed(base, change);
  const at = step % entries.length;
  const [name, inner] = entries[at] as [string, unknown];
  const isLast = depth + 1 === change.where.length || step > 40;
  if (isLast && change.how === 0) entries.splice(at, 1);
  else if (isLast && change.how === 1) entries.push([change.key, change.value]);
  else if (isLast && change.how === 2) entries.push([`${entries.length}`, inner]);
  else entries[at] = [name, changed(inner, change, isLast ? 99 : depth + 1)];
  return Array.isArray(base) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

function dressed(inner: unknown, { how, value, key: name }: Change): unknown {
  if (how === 3) return [inner];
  if (how === 4) return { [name]: inner };
  if (how === 5 && typeof inner !== "object") return String(inner);
  if (how === 6) return null;
  return value;
}

/** A value as JSON; one that is too deep for that as some other deep text. */
export function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return `${'{"a":['.repeat(20_000)}1${"]}".repeat(20_000)}`;
  }
}

/** Texts that show a mistake of ours, not of the input. */
const crash =
  /Cannot (read|set|convert)|is not (a function|iterable|defined|an object)|undefined is not|Maximum call stack|Invalid (array|string) length|internal error|\[object Object\]/;

/** An error that may be shown: one of ours by its looks, of a bearable length, and without the secret. */
export function expectShowable(error: unknown, what: string): asserts error is Error {
  expect(error, what).toBeInstanceOf(Error);
  const { name, message } = error as Error;
  if (crash.test(message) || ["TypeError", "RangeError", "ReferenceError", "SyntaxError", "ZodError"].includes(name)) {
    throw new Error(`${what}: crashed`, { cause: error });
  }
  expect(message.length, what).toBeGreaterThan(10);
  expectPrintable(message, what);
}

/** A text that may be shown. */
export function expectPrintable(message: string, what: string): void {
  expect(message.length, what).toBeLessThan(20_000);
  expect(message.includes(SECRET), what).toBe(false);
}

/** What a function gives back, or the error that it throws, which must be one that may be shown. */
export async function outcome<Result>(
  what: string,
  work: () => Result | Promise<Result>,
): Promise<{ result?: Result; error?: Error }> {
  count(what);
  try {
    return { result: await work() };
  } catch (error) {
    expectShowable(error, what);
    return { error };
  }
}
