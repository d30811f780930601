import { z } from "zod";
import type { Values } from "../../provider/runtime/definition.ts";
import { asSet } from "../../provider/runtime/sets.ts";

const names = z.record(z.string(), z.string()).default({});
const schema = z.strictObject({ people: names, channels: names, chips: names, patterns: names });

/** What the people, channels, chips and patterns of exclusions of one organization are called in another. */
export type Mapping = z.output<typeof schema>;

export const NO_MAPPING: Mapping = { people: {}, channels: {}, chips: {}, patterns: {} };

/** What a file of it has in it. */
export const MAPPING_SHAPE =
  'Its shape is {"people": {"from": "to"}}, and the same for "channels", "chips" and "patterns".';

/** @throws Error naming the file and what is wrong with it */
export function parseMapping(text: string, file: string): Mapping {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`${file} is not JSON. ${MAPPING_SHAPE}`);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new Error(`${file} is not a mapping: ${z.prettifyError(parsed.error)}\n${MAPPING_SHAPE}`);
  const { people, channels, ...others } = parsed.data;
  const plain = (name: string) => name.replace(/^#/, "");
  return { people: rename(people, (who) => who.toLowerCase()), channels: rename(channels, plain), ...others };
}

function rename(table: Record<string, string>, form: (name: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(table).map(([from, to]) => [form(from), form(to)]));
}

const PEOPLE = ["emailUsers", "smsUsers", "slackMentionUsers"];

/** Inputs under the names of the other organization, in normal form again. */
export function applyMapping(inputs: Values, mapping: Mapping): Values {
  const mapped: Values = { ...inputs };
  for (const key of PEOPLE) if (Array.isArray(inputs[key])) mapped[key] = mapAll(inputs[key], mapping.people);
  if (Array.isArray(inputs.chips)) mapped.chips = mapAll(inputs.chips, mapping.chips);
  if (typeof inputs.slackChannel === "string") mapped.slackChannel = mapOne(inputs.slackChannel, mapping.channels);
  if (typeof inputs.pattern === "string") mapped.pattern = mapOne(inputs.pattern, mapping.patterns);
  if (typeof inputs.email === "string") mapped.email = mapOne(inputs.email, mapping.people);
  const report = inputs.summaryReport as { emailUsers?: unknown } | null | undefined;
  if (Array.isArray(report?.emailUsers)) {
    mapped.summaryReport = { ...report, emailUsers: mapAll(report.emailUsers, mapping.people) };
  }
  return mapped;
}

function mapOne<Name>(name: Name, table: Readonly<Record<string, string>>): Name | string {
  return typeof name === "string" && Object.hasOwn(table, name) ? (table[name] ?? name) : name;
}

function mapAll(list: readonly (string | number)[], table: Readonly<Record<string, string>>): (string | number)[] {
  return asSet(list.map((name) => mapOne(name, table)));
}
