import type { z } from "zod";
import { ConfigError } from "../organization/config.ts";
import type { Organization } from "../organization/organization.ts";
import { type Definition, inputKeys, type Values } from "./definition.ts";
import { describeEffect } from "./effect.ts";
import { didYouMean, type Failure, formatPath } from "./messages.ts";
import { plain } from "./record.ts";
import { containsUnknown, isUnknown, valueAt } from "./unknowns.ts";

export interface Checked {
  /** Given inputs and defaults in normal form; what was left out and has no default is null. */
  readonly inputs: Values;
  readonly failures: Failure[];
}

interface CheckOptions {
  /** Whether the object exists, so that nothing is asked of what acts on create alone. @default whether the state has it */
  readonly isLive?: boolean;
}

/**
 * Validates and normalizes inputs: all mistakes at once. Values that are not known yet pass through unjudged.
 * `olds`: the inputs of the state, empty when it does not have the resource. Needs the organization only for look-ups, and those only when everything else is in order with what they ask about.
 */
export async function check(
  definition: Definition,
  given: Values,
  org: () => Promise<Organization>,
  olds: Values = {},
  { isLive = Object.keys(olds).length > 0 }: CheckOptions = {},
): Promise<Checked> {
  const { inputs, valid, askable, failures } = parse(definition, given);
  // Asked always, even without a look-up: a missing token is reported in the preview, not halfway through the update.
  const asked = withoutSpent(definition, { ...valid, ...askable }, isLive);
  const exists = Object.keys(olds).length > 0;
  failures.push(
    ...(await ask(org, async (organization) => {
      const listed = (await definition.listed?.(organization, asked)) ?? {};
      Object.assign(inputs, listed);
      const missing = (await definition.lookUp?.(organization, { ...asked, ...listed })) ?? [];
      return exists ? await namingOrganization(organization, missing) : missing;
    })),
  );
  // What it would do is described for what could be made.
  if (failures.length === 0) {
    failures.push(
      ...(await ask(org, async (organization) => {
        const effect = await describeEffect(definition, organization, inputs, olds);
        Object.assign(inputs, effect.recorded);
        return effect.failures;
      })),
    );
  }
  const label = definition.label(valid);
  return { inputs, failures: failures.map((failure) => present(definition, label, failure)) };
}

/** As `check`, with everything that needs no organization. */
export function checkOffline(definition: Definition, given: Values): Checked {
  const { inputs, valid, failures } = parse(definition, given);
  const label = definition.label(valid);
  return { inputs, failures: failures.map((failure) => present(definition, label, failure)) };
}

interface ParsedInputs extends Checked {
  /** What is in order and known. */
  readonly valid: Values;
  /** Of the rest what can be looked up. */
  readonly askable: Values;
}

function parse(definition: Definition, given: Values): ParsedInputs {
  const failures: Failure[] = [];
  const inputs: Values = {};
  const valid: Values = {};
  const askable: Values = {};
  for (const [key, schema] of Object.entries(definition.inputs.shape)) {
    const found = isTooDeep(given[key]) ? tooDeep(key) : parseInput(schema as z.ZodType, key, given[key]);
    inputs[key] = found.value;
    failures.push(...found.failures);
    // What is known in part is judged when all of it is known.
    if (found.failures.length === 0 && !containsUnknown(found.value)) valid[key] = found.value;
    else if (found.sound !== undefined) askable[key] = found.sound;
  }
  failures.push(...unexpected(definition, given), ...(definition.rules?.(valid) ?? []));
  return { inputs, valid, askable, failures };
}

/** What only the organization knows. Settings that are wrong or missing are reported like any other mistake. */
async function ask(
  org: () => Promise<Organization>,
  question: (organization: Organization) => Promise<Failure[]> | undefined,
): Promise<Failure[]> {
  let organization: Organization;
  try {
    organization = await org();
  } catch (error) {
    if (error instanceof ConfigError) return [{ property: "", reason: error.message }];
    throw error;
  }
  return (await question(organization)) ?? [];
}

/**
 * What was found before and is missing now may be there, in another organization: a check is given inputs alone, and these do
 * not name the organization of the state. So the one that was asked is named.
 */
async function namingOrganization(org: Organization, failures: Failure[]): Promise<Failure[]> {
  if (failures.length === 0) return failures;
  const name = await org.identity.describe();
  if (name === undefined) return failures;
  return failures.map((failure) => ({
    ...failure,
    reason: `${failure.reason.replace(/[.!?]?$/, ".")} The credential belongs to the organization ${name}.`,
  }));
}

/** Nothing is looked up for what acted at create time alone, once the object exists. */
function withoutSpent(definition: Definition, inputs: Values, exists: boolean): Values {
  const spent = exists ? (definition.createOnly ?? []) : [];
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !spent.includes(key)));
}

interface Parsed {
  readonly value: unknown;
  readonly failures: Failure[];
  /** A list without its refused entries, so that the others are looked up in the same round. */
  readonly sound?: unknown;
}

/** No input is nested as deeply as this, and what is much deeper would end the process. */
const DEEPEST = 50;

const tooDeep = (key: string): Parsed => ({
  value: null,
  failures: [{ property: key, reason: `is nested more than ${DEEPEST} levels deep` }],
});

function isTooDeep(value: unknown, left = DEEPEST): boolean {
  if (typeof value !== "object" || value === null) return false;
  return left === 0 || Object.values(value).some((inner) => isTooDeep(inner, left - 1));
}

/** `undefined` of a value on which the schema fails itself: zod compares the `length` of whatever it gets. */
function safeParse(schema: z.ZodType, value: unknown): z.ZodSafeParseResult<unknown> | undefined {
  try {
    return schema.safeParse(value);
  } catch {
    return undefined;
  }
}

/** A refused value as it goes back to the engine; null for one that the wire cannot carry, such as an infinite number. */
function carried(value: unknown): unknown {
  try {
    return plain({ value }).value;
  } catch {
    return null;
  }
}

/** A copy, so that entries can be taken out; `undefined` of what cannot be copied, such as a function. */
function copyOf(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return undefined;
  }
}

function parseInput(schema: z.ZodType, key: string, value: unknown): Parsed {
  if (isUnknown(value)) return { value, failures: [] };
  const result = safeParse(schema, value ?? undefined);
  if (result === undefined) {
    return { value: null, failures: [{ property: key, reason: "has a form that no input has" }] };
  }
  if (result.success) return { value: result.data ?? null, failures: [] };
  const failures = result.error.issues
    .filter((issue) => !isUnknown(valueAt(value, issue.path)))
    .filter((issue) => !(containsUnknown(value) && issue.code === "custom" && issue.path.length === 0))
    .flatMap((issue) => describe(issue, key, value));
  // Only unknown parts were refused: the value passes as it is and is judged again when it is known.
  return {
    value: carried(value),
    failures,
    sound: containsUnknown(value) ? undefined : soundPart(schema, value, result.error.issues),
  };
}

/** The value without the list entries that were refused; `undefined` when that is not enough, or leaves nothing. */
function soundPart(schema: z.ZodType, value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const rest = copyOf(value);
  for (const { path } of issues) {
    const at = path.findLastIndex((step) => typeof step === "number");
    if (at < 0) return undefined;
    const list = valueAt(rest, path.slice(0, at));
    if (!Array.isArray(list)) return undefined;
    delete list[path[at] as number];
  }
  const result = safeParse(schema, withoutHoles(rest));
  return result?.success ? result.data : undefined;
}

function withoutHoles(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(() => true).map(withoutHoles);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutHoles(inner)]));
}

function describe(issue: z.core.$ZodIssue, key: string, value: unknown): Failure[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((name) => ({
      property: formatPath([key, ...issue.path, name]),
      reason: "is not a known property here. Remove it",
    }));
  }
  const missing = issue.code === "invalid_type" && valueAt(value, issue.path) === undefined;
  return [{ property: formatPath([key, ...issue.path]), reason: missing ? "is required" : issue.message }];
}

function unexpected(definition: Definition, given: Values): Failure[] {
  const known = inputKeys(definition);
  return Object.keys(given)
    .filter((key) => !known.includes(key) && !(key in definition.computed.shape))
    .map((key) => ({
      property: key,
      reason: `is not an input of ${definition.kind}.${didYouMean(key, known) || ` Its inputs: ${known.join(", ")}.`}`,
    }));
}

/** The engine prints the value of a failing property, so a secret one is named in the text alone. */
function present(definition: Definition, label: string, failure: Failure): Failure {
  const root = failure.property.split(/[.[]/, 1)[0] ?? "";
  const secret = (definition.secret ?? []).includes(root);
  const subject = failure.property === "" ? label : `${label}, ${failure.property}`;
  return { ...failure, property: secret ? "" : failure.property, reason: `${subject}: ${failure.reason}` };
}
