/** Longest text of somebody else's on the page: what is longer is cut, so that the page stays small. */
const MAX_LENGTH = 400;

/**
 * Text of somebody else's as it can stand on a page: what has no picture, or would turn the text around it, becomes its code
 * point in brackets.
 */
export function visible(text: string): string {
  const whole = text.toWellFormed();
  const short = [...whole.slice(0, MAX_LENGTH * 2)];
  const cut = short.length > MAX_LENGTH ? `${short.slice(0, MAX_LENGTH).join("")}…` : whole;
  return cut.replace(
    HIDDEN,
    (found) => `[U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`,
  );
}

/** Controls, separators and format characters, but for the joiners that emoji and some scripts need. */
const HIDDEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A copy in which every text is `visible`: what is made of it cannot hold any other. */
export function visibleTexts<Value>(value: Value): Value {
  return copied(value) as Value;
}

function copied(value: unknown): unknown {
  if (typeof value === "string") return visible(value);
  if (Array.isArray(value)) return value.map(copied);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copied(inner)]));
}

/** `1,234`. */
export const number = (value: number): string => value.toLocaleString("en-US");

/** `1 watcher`, `1,234 watchers`. */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${number(value)} ${value === 1 ? one : many}`;

/** Never 0% or 100% of what is not none or all. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return "–";
  const rounded = Math.round((part / whole) * 100);
  return `${part > 0 && part < whole ? Math.min(99, Math.max(1, rounded)) : rounded}%`;
}

/** Unix seconds → `25 Nov 2026`. */
export const date = (seconds: number): string =>
  new Date(seconds * 1000).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });

/** Unix seconds → `25 Nov 2026, 17:40 UTC`. */
export const moment = (seconds: number): string =>
  `${date(seconds)}, ${new Date(seconds * 1000).toISOString().slice(11, 16)} UTC`;
