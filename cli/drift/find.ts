import { type Diagnostic, describe, diagnose, formatDiagnostic } from "../../domain/diagnostics/index.ts";
import type { LiveObject } from "../../provider/inventory.ts";
import { isFreshEnough, type Snapshot } from "../../provider/organization/live.ts";
import type { Organization } from "../../provider/organization/organization.ts";
import { membersOf } from "../../provider/resources/people.ts";
import { type Definition, labelOf, type Values } from "../../provider/runtime/definition.ts";
import { changedKeys } from "../../provider/runtime/diff.ts";
import type { StateResource } from "../../provider/stack/read-state.ts";
import { definitionOf, isAdopted, roleOf, titleOf } from "../compare/kinds.ts";
import { type Change, SECRET } from "../compare/objects.ts";

/** An object that something is said about. */
export interface Subject {
  readonly kind: string;
  readonly id: string;
  /** What people call it. */
  readonly title: string;
  /** The resource that manages it; absent when none does. */
  readonly urn?: string;
}

export interface Compared {
  /** Every resource that was looked at. */
  readonly subjects: Subject[];
  readonly drift: Array<Subject & { readonly changes: readonly Change[] }>;
  readonly gone: Array<Subject & { readonly reason: string }>;
  /** Written after the list was taken: nothing can be said. */
  readonly unknown: Array<Subject & { readonly reason: string }>;
  readonly notCompared: Array<Subject & { readonly property: string }>;
}

/** Compares recorded outputs with the live object, each in the form in which the record has it, as a refresh does. */
export async function compareResources(org: Organization, resources: readonly StateResource[]): Promise<Compared> {
  const found: Compared = { subjects: [], drift: [], gone: [], unknown: [], notCompared: [] };
  for (const resource of resources.filter(({ external }) => !external)) await compareOne(org, resource, found);
  return found;
}

async function compareOne(org: Organization, resource: StateResource, found: Compared): Promise<void> {
  const definition = definitionOf(resource.kind);
  const subject = subjectOf(resource);
  found.subjects.push(subject);
  const recorded = withDefaults(definition, resource.outputs);
  const list = await listOf(org, resource.kind);
  if (!isFreshEnough(list, resource.outputs.lastWrite as number | undefined)) {
    found.unknown.push({ ...subject, reason: `written after the list that Anomify answers with (${age(list)})` });
    return;
  }
  const live = await definition.read(org, resource.id, recorded);
  if (live === undefined) {
    found.gone.push({ ...subject, reason: await whyGone(org, resource) });
    return;
  }
  const changed = await changedKeys(definition, recorded, live, async () => org);
  const unreadable = resource.unreadable.filter((key) => key in definition.inputs.shape);
  const changes = changed
    .filter((key) => !unreadable.includes(key))
    .map((key) => changeOf(definition, resource, key, recorded, live));
  if (changes.length > 0) found.drift.push({ ...subject, changes });
  found.notCompared.push(...unreadable.map((property) => ({ ...subject, property })));
}

function changeOf(
  definition: Definition,
  resource: StateResource,
  key: string,
  recorded: Values,
  live: Values,
): Change {
  const secret = definition.secret?.includes(key) || resource.secrets.includes(key);
  const hide = (value: unknown) => (secret && (value ?? null) !== null ? SECRET : (value ?? null));
  return { property: key, before: hide(recorded[key]), after: hide(live[key]) };
}

/** A record from before a property existed means its default. */
function withDefaults({ inputs }: Definition, outputs: Values): Values {
  const missing = Object.entries(inputs.shape).filter(([key]) => outputs[key] === undefined);
  const defaults = missing.map(([key, schema]) => [key, schema.safeParse(undefined).data ?? null]);
  return { ...outputs, ...Object.fromEntries(defaults) };
}

export function subjectOf({ kind, id, name, outputs, secrets, urn }: StateResource): Subject {
  const title = titleOf(kind, outputs);
  // A name that somebody made a secret is not shown.
  const isPlain = title !== kind && !secrets.some((key) => definitionOf(kind).title.includes(key));
  return { kind, id, title: isPlain ? title : name, urn };
}

function listOf(org: Organization, kind: string): Promise<Snapshot<unknown>> {
  return org.lists.read(definitionOf(kind).list);
}

async function whyGone(org: Organization, { kind, id }: StateResource): Promise<string> {
  return (await definitionOf(kind).whyGone?.(org, id)) ?? "deleted";
}

const age = ({ takenAt }: Snapshot<unknown>) => `of ${new Date(takenAt * 1000).toISOString().replace(/\.\d+Z$/, "Z")}`;

/** Live objects that no resource has. */
export function unmanagedObjects(
  objects: readonly LiveObject[],
  states: readonly StateResource[],
  withAdopted: boolean,
): Subject[] {
  const managed = new Set(states.map(({ kind, id }) => `${kind} ${id}`));
  return objects
    .filter(({ kind, id }) => !managed.has(`${kind} ${id}`) && (withAdopted || !isAdopted(kind)))
    .map(({ kind, id, inputs }) => ({ kind, id, title: titleOf(kind, inputs) }));
}

export interface Unreachable extends Subject {
  readonly property: string;
  readonly reason: string;
}

/** Exclusions of the program that are past their date. */
export interface Expired extends Subject {
  readonly until: string;
  readonly reason: string;
}

export interface Unhealthy {
  /** Recipients, declared or live, whom no alert can reach any more. */
  readonly unreachable: Unreachable[];
  readonly expired: Expired[];
  /** What is hardly meant, but works as written: said, and never counted. */
  readonly doubts: string[];
}

/** What `anomify health` finds of recipients and dates, in the state and in the organization. One list of each. */
export async function findUnhealthy(
  org: Organization,
  resources: readonly StateResource[],
  objects: readonly LiveObject[],
): Promise<Unhealthy> {
  // A renamed object keeps the name that the program gives it.
  const subjects = new Map(resources.map((resource) => [`${resource.kind} ${resource.id}`, subjectOf(resource)]));
  const live = objects.map(({ kind, id, inputs }) => ({
    subject: subjects.get(`${kind} ${id}`) ?? { kind, id, title: titleOf(kind, inputs) },
    inputs,
  }));
  const declared = resources.map((resource) => ({ subject: subjectOf(resource), inputs: resource.outputs }));
  const facts = {
    people: await membersOf(org),
    channels: (await org.lists.channels()).items.map(({ name }) => name),
    adminAlerts: objects.filter(({ kind }) => roleOf(kind) === "admin-alert").map(({ inputs }) => inputs),
  };
  const all = [...declared, ...live];
  const diagnostics = diagnose(
    all.map(({ subject: { kind, title }, inputs }, index) => ({
      kind,
      role: roleOf(kind),
      id: `${index}`,
      label: labelOf(kind, title),
      inputs,
    })),
    facts,
  );
  const found = new Map<string, { diagnostic: Diagnostic; subject: Subject; inputs: Values }>();
  for (const diagnostic of diagnostics) {
    const one = all[Number(diagnostic.id)];
    if (one === undefined) continue;
    const key = [one.subject.kind, one.subject.id, diagnostic.property, diagnostic.message].join("\n");
    if (!found.has(key)) found.set(key, { diagnostic, ...one });
  }
  const each = [...found.values()];
  const isDate = ({ diagnostic }: (typeof each)[number]) => diagnostic.code === "exclusion-past";
  return {
    unreachable: each
      .filter(({ diagnostic }) => diagnostic.severity === "error")
      .map(({ subject, diagnostic }) => ({
        ...subject,
        property: diagnostic.property,
        reason: describe(diagnostic),
      })),
    expired: each.filter(isDate).map(({ subject, inputs, diagnostic }) => ({
      ...subject,
      until: String(inputs.until),
      reason: describe(diagnostic),
    })),
    doubts: each
      .filter((one) => one.diagnostic.severity === "warning" && !isDate(one))
      .map(({ diagnostic }) => formatDiagnostic(diagnostic)),
  };
}
