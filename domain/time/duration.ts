/** Durations as programs write them, such as `"90m"`, and as the API takes them: a number and its unit. */

const SECONDS = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 } as const;
export type DurationUnit = keyof typeof SECONDS;
export const DURATION_UNITS = ["second", "minute", "hour", "day", "week"] as const satisfies readonly DurationUnit[];

const LETTERS: Readonly<Record<string, DurationUnit>> = { s: "second", m: "minute", h: "hour", d: "day", w: "week" };
const TEXT = /^(\d+(?:\.\d+)?)\s*([smhdw])$/;

/** A number and its unit. */
export interface SplitDuration {
  readonly value: number;
  readonly unit: DurationUnit;
}

/** `"90m"` or a number with its unit → seconds; undefined for a text that is no duration. */
export function parseDuration(given: string | SplitDuration): number | undefined {
  if (typeof given !== "string") return given.value * SECONDS[given.unit];
  const [, value, letter] = TEXT.exec(given.trim()) ?? [];
  const unit = LETTERS[letter ?? ""];
  return unit === undefined ? undefined : Number(value) * SECONDS[unit];
}

/** Seconds → the normal form: the largest unit that divides them, such as `"90m"` and `"1h"`. */
export function formatDuration(seconds: number): string {
  const [letter, unit] = largestUnit(seconds);
  return `${seconds / SECONDS[unit]}${letter}`;
}

/** Normal form → seconds; 0 for anything else. */
export function durationSeconds(normal: string): number {
  return parseDuration(normal) ?? 0;
}

/** Normal form → what the API takes. */
export function splitDuration(normal: string): SplitDuration {
  const seconds = durationSeconds(normal);
  const [, unit] = largestUnit(seconds);
  return { value: seconds / SECONDS[unit], unit };
}

function largestUnit(seconds: number): [string, DurationUnit] {
  const found = Object.entries(LETTERS)
    .reverse()
    .find(([, unit]) => seconds % SECONDS[unit] === 0);
  return found ?? ["s", "second"];
}
