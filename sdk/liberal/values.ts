// Single values in any form that can mean only one thing. What could mean two stays as it is, and the schema then says what is
// wrong with it. `key` is the name of the property.

const YES: readonly unknown[] = [1, "1", "true", "yes"];
const NO: readonly unknown[] = [0, "0", "false", "no"];

/** A flag: true, 1, "1", "true", "yes", and their opposites. */
export function flagOf(value: unknown): unknown {
  const form = typeof value === "string" ? value.toLowerCase() : value;
  if (YES.includes(form)) return true;
  return NO.includes(form) ? false : value;
}

/** Later than any time in seconds, earlier than any in milliseconds that this service can speak of. */
const MAX_SECONDS = 100_000_000_000;
/** Without a zone it could be any of them. */
const ISO_TEXT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;

/** A number, as a text too; a time (`…_timestamp`) in seconds, as milliseconds or ISO 8601 text with a zone too. */
export function numberOf(value: unknown, key: string): unknown {
  const number = typeof value === "string" && DECIMAL.test(value) ? Number(value) : value;
  if (!key.endsWith("_timestamp")) return number;
  if (typeof number === "string" && ISO_TEXT.test(number)) return Math.floor(Date.parse(number) / 1000);
  return typeof number === "number" && number > MAX_SECONDS ? Math.floor(number / 1000) : number;
}

/** A text; where it stands for an object, the number of that object too. */
export function textOf(value: unknown, key: string): unknown {
  const isReference = key === "id" || key === "ref" || key.endsWith("_id");
  return isReference && typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
}

/** Whether a value says that there is none: null, an empty text, or [] as PHP writes an empty object. */
export const isNone = (value: unknown): boolean =>
  value === null || value === "" || (Array.isArray(value) && value.length === 0);
