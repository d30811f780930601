import { z } from "zod";
import { comparable } from "../../domain/people/person.ts";
import { bareChannel } from "../../domain/text/channel-name.ts";
import { DURATION_UNITS, formatDuration, parseDuration } from "../../domain/time/duration.ts";
import { FREQUENCY, FREQUENCY_COMPLETIONS, FREQUENCY_HINT } from "../../domain/time/schedule.ts";
import type { PropertyDoc } from "../runtime/definition.ts";
import { asSet } from "../runtime/sets.ts";

/** A schema with its documentation. Written first in a chain's last step, since zod keeps metadata per instance. */
export function documented<Schema extends z.ZodType>(schema: Schema, doc: PropertyDoc): Schema {
  return schema.meta({ ...doc }) as Schema;
}

const email = z
  .string("must be an e-mail address or a numeric user id")
  .trim()
  .overwrite(comparable)
  .regex(/^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/, "must be an e-mail address or a numeric user id");
const userId = z.int("must be an e-mail address or a numeric user id").positive("must be a positive user id");
/** In typed languages a list has one type, so that people are texts there, ids too. */
const userIdText = z
  .string()
  .trim()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number);

/** An e-mail address, or the id of a user. */
export const person = z.union([userId, userIdText, email], "must be an e-mail address or a numeric user id");

/** People, as a set: sorted and without duplicates. */
export const people = z.array(person, "must be a list of e-mail addresses or user ids").transform(asSet);

/** A part of a metric name; comma lists carry it, so it cannot hold a comma. */
const chip = z
  .string("must be text")
  .trim()
  .min(1, "is empty. Remove it, or name a part of the metric names")
  .refine((text) => !text.includes(","), "contains a comma, which separates chips. Write two chips instead");

/** Chips, as a set. */
export const chips = z.array(chip, "must be a list of texts").min(1, "needs at least one chip").transform(asSet);

/** A Slack channel's name, without the `#`. */
export const channel = z
  .string("must be the name of a Slack channel")
  .trim()
  .transform(bareChannel)
  .pipe(z.string().min(1, "must be the name of a Slack channel"));

/** A value that may be cleared: an empty text takes away what is there. */
export const clearable = <Schema extends z.ZodType<string, string>>(schema: Schema) =>
  z
    .string("must be text")
    .trim()
    .pipe(z.union([z.literal(""), schema]));

/** Text that is not empty. */
export const text = z.string("must be text").trim().min(1, "must not be empty");

export const flag = z.boolean("must be true or false");

const WRONG = 'must be a duration such as "90m", "1h" or { value: 90, unit: "minute" }';
const MIN_EXPIRATION_SECONDS = 60;
/** A hundred years: what is larger would not survive being written as text. */
const MAX_EXPIRATION_SECONDS = 100 * 365 * 86_400;

/** A duration in normal form: the largest unit that divides it, such as `"90m"` and `"1h"`. */
export const duration = z
  .union([z.string(), z.strictObject({ value: z.number(), unit: z.enum(DURATION_UNITS) })], WRONG)
  .transform((given, context) => {
    const seconds = parseDuration(given);
    if (seconds === undefined || !Number.isInteger(seconds)) {
      context.addIssue({ code: "custom", message: WRONG });
      return z.NEVER;
    }
    if (seconds < MIN_EXPIRATION_SECONDS) {
      context.addIssue({
        code: "custom",
        message: `must be at least ${MIN_EXPIRATION_SECONDS} seconds (the least that Anomify is assumed to take)`,
      });
      return z.NEVER;
    }
    if (seconds > MAX_EXPIRATION_SECONDS) {
      context.addIssue({ code: "custom", message: "must be at most 100 years" });
      return z.NEVER;
    }
    return formatDuration(seconds);
  });

/** A count of something, none included. */
export const count = z.int("must be a whole number").min(0, "must not be negative").transform(withoutNegativeZero);

/** JSON has no negative zero: it would come back as another value than was sent. */
export function withoutNegativeZero(number: number): number {
  return number + 0;
}

const DAY_HINT = "must be a date such as 2027-01-31";
/** A day of the calendar. */
export const day = z.iso.date(DAY_HINT);

/** Digest of a watcher: when it goes out, and to whom. */
export const summaryReport = z.strictObject(
  {
    frequency: z.string(FREQUENCY_HINT).trim().toLowerCase().regex(FREQUENCY, FREQUENCY_HINT).meta({
      completions: FREQUENCY_COMPLETIONS,
      description: "When it goes out: `daily-HH:MM`, `weekly-<weekday>` or `monthly-<day>`.",
    }),
    emailUsers: z
      .array(person, "must be a list of e-mail addresses or user ids")
      .min(1, "needs at least one recipient: a summary without anybody to read it is refused")
      .transform(asSet)
      .describe("Who gets it, at least one person: e-mail address or user id."),
  },
  "must be { frequency, emailUsers }",
);
export type SummaryReport = z.output<typeof summaryReport>;

/** Webhook URL of a Microsoft Teams channel. */
export const webhook = z
  .string("must be an https:// URL")
  .trim()
  .refine((url) => URL.canParse(url) && new URL(url).protocol === "https:", "must be an https:// URL");

/** Outputs that every kind has: proof of age for lists read from a cache. */
export const lastWrite = documented(z.int(), {
  description:
    "Time of this provider's last write, in unix seconds of the service's clock. A list older than this proves nothing about the resource.",
});

/** Output of the kinds that select metrics. */
export const effect = documented(z.string().optional(), {
  description:
    "What it did to the organization's metrics when its selection last changed, such as `38 metrics, such as prod.db1.cpu.idle`. Shown by a preview; never compared.",
});

/** The default of an input, from its schema. */
export function defaultOf<Schema extends z.ZodType>(schema: Schema): z.output<Schema> {
  return schema.parse(undefined);
}
