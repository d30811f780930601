/** What is inside a parameter; on the wire everything is a string. The words are the contract's. */
export type ValueType =
  | "string"
  | "boolean"
  | "integer"
  | "number"
  | "unix-seconds"
  | "csv"
  | "csv-integer"
  | "email"
  | "url";

/** One parameter of an endpoint: how a value becomes the string that is sent. */
export interface Param<T, Required extends boolean = boolean, Clearable extends boolean = boolean> {
  readonly valueType: ValueType;
  readonly required: Required;
  /** An empty string is accepted by the server, and clears. */
  readonly clearable: Clearable;
  /** The value must never be seen in an error, an event or a log. */
  readonly secret: boolean;
  /** The string to send; undefined when nothing is to be sent. Throws a {@link Refusal}. */
  readonly encode: (value: T) => string | undefined;
}

/** A table of parameters by wire name. */
export type ParamTable = Readonly<Record<string, Param<never>>>;

/** The value that a parameter takes. */
export type ValueOf<P> = P extends Param<infer T> ? T : never;

/** A moment: a `Date`, or unix time in whole seconds. */
export type UnixTime = Date | number;

/** Why a value was refused. The reason never quotes the value: it may be a secret. */
export class Refusal extends Error {
  constructor(reason: string) {
    super(reason);
    Object.defineProperty(this, "name", { value: "Refusal" });
  }
}

function refuse(reason: string): never {
  throw new Refusal(reason);
}

const required = <T>(valueType: ValueType, encode: (value: T) => string): Param<T, true, false> =>
  Object.freeze({ valueType, required: true as const, clearable: false as const, secret: false, encode });

function encodeText(value: unknown): string {
  if (typeof value !== "string") return refuse("must be a text");
  if (value === "") return refuse("must not be empty");
  // Would silently become U+FFFD on the way.
  return value.isWellFormed() ? value : refuse("must be well-formed Unicode");
}

/** Any text but the empty one, sent as it is. */
export const text: Param<string, true, false> = required("string", encodeText);

/** `true` or `false`. */
export const flag: Param<boolean, true, false> = required("boolean", (value) =>
  typeof value === "boolean" ? String(value) : refuse("must be true or false"),
);

function encodeInteger(value: unknown): string {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0
    ? String(Math.abs(value)) // -0 is "0"
    : refuse("must be a whole number, 0 or more");
}

/** A whole number from 0 on, also an id. */
export const integer: Param<number, true, false> = required("integer", encodeInteger);

/** Decimal digits also where JavaScript would write an exponent, which the API is not known to read. */
function plainDecimal(value: number): string {
  const written = String(value === 0 ? 0 : value);
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(written);
  if (parts === null) return written;
  const [, sign = "", lead = "", fraction = "", exponent = "0"] = parts;
  const shift = Number(exponent);
  if (shift < 0) return `${sign}0.${"0".repeat(-shift - 1)}${lead}${fraction}`;
  return sign + lead + fraction.padEnd(shift, "0");
}

/** A finite number, sent as plain decimal digits. `minimum` bounds it, inclusively. */
export const number = ({ minimum = Number.NEGATIVE_INFINITY }: { minimum?: number } = {}): Param<number, true, false> =>
  required("number", (value) => {
    if (typeof value !== "number" || !Number.isFinite(value)) return refuse("must be a finite number");
    return value >= minimum ? plainDecimal(value) : refuse(`must be ${minimum} or more`);
  });

/** Unix time in milliseconds given as seconds would be later than the year 5000. */
const latest = 100_000_000_000;

/** A moment, sent in unix seconds; the milliseconds of a `Date` are dropped. */
export const unixSeconds: Param<UnixTime, true, false> = required("unix-seconds", (value) => {
  const seconds = value instanceof Date ? Math.floor(value.getTime() / 1000) : value;
  if (typeof seconds !== "number" || !Number.isSafeInteger(seconds) || seconds < 0) {
    return refuse("must be a date or a unix time in whole seconds");
  }
  return seconds < latest ? String(Math.abs(seconds)) : refuse("must be in seconds, not milliseconds");
});

function encodeList(value: unknown, encode: (item: unknown) => string): string {
  if (!Array.isArray(value)) return refuse("must be a list");
  if (value.length === 0) return refuse("must not be empty");
  return Array.from(value, (item: unknown, index) => encodeItem(item, index, encode)).join(",");
}

function encodeItem(item: unknown, index: number, encode: (item: unknown) => string): string {
  try {
    const encoded = encode(item);
    return encoded.includes(",") ? refuse("must not contain a comma: the list is sent with commas") : encoded;
  } catch (error) {
    if (error instanceof Refusal) return refuse(`item ${index + 1} ${error.message}`);
    throw error;
  }
}

/** Texts in a comma list. An item with a comma is refused: no way to send it is known. */
export const csv: Param<readonly string[], true, false> = required("csv", (value) => encodeList(value, encodeText));

/** Ids in a comma list. */
export const csvIds: Param<readonly number[], true, false> = required("csv-integer", (value) =>
  encodeList(value, encodeInteger),
);

/** An e-mail address; only checked for an `@` between two parts without spaces. */
export const email: Param<string, true, false> = required("email", (value) =>
  /^[^\s@]+@[^\s@]+$/.test(encodeText(value)) ? value : refuse("must be an e-mail address"),
);

/** An absolute http(s) URL. */
export const url: Param<string, true, false> = required("url", (value) => {
  const parsed = URL.canParse(encodeText(value)) ? new URL(value) : undefined;
  return parsed?.protocol === "https:" || parsed?.protocol === "http:"
    ? value
    : refuse("must be an absolute http(s) URL");
});

/** One of the given words. */
export const choice = <const Words extends readonly string[]>(...words: Words): Param<Words[number], true, false> =>
  required("string", (value) => (words.includes(value) ? value : refuse(`must be one of ${words.join(", ")}`)));

/** A text of a given form; `form` says in words which. */
export const matching = (pattern: RegExp, form: string): Param<string, true, false> =>
  required("string", (value) => (pattern.test(encodeText(value)) ? value : refuse(`must be ${form}`)));

/** May be left out. */
export const optional = <T, C extends boolean>(param: Param<T, boolean, C>): Param<T, false, C> =>
  Object.freeze({ ...param, required: false as const });

const isEmpty = (value: unknown): boolean =>
  value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** May be left out (keeps what is there) or be `null`, `""` or `[]` (clears what is there; an empty string is sent). */
export const clearable = <T>(param: Param<T>): Param<T | null | "", false, true> => {
  const encode = (value: T | null | ""): string | undefined => (isEmpty(value) ? "" : param.encode(value as T));
  return Object.freeze({ ...param, required: false as const, clearable: true as const, encode });
};

/** May be left out; `null`, `""` or `[]` mean the same. For creations, where there is nothing to clear yet. */
export const unlessEmpty = <T>(param: Param<T, boolean, false>): Param<T | null | "", false, false> => {
  const encode = (value: T | null | ""): string | undefined => (isEmpty(value) ? undefined : param.encode(value as T));
  return Object.freeze({ ...param, required: false as const, encode });
};

/** Marks a parameter whose value must never be seen. */
export const secret = <T, R extends boolean, C extends boolean>(param: Param<T, R, C>): Param<T, R, C> =>
  Object.freeze({ ...param, secret: true });
