import { z } from "zod";
import { type LiveExclusion, replyTime } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import { orGone } from "../../runtime/create/create-object.ts";
import { defineResource, labelOf, type NonIdempotentCreate } from "../../runtime/definition.ts";
import { didYouMean, type Failure } from "../../runtime/messages.ts";
import { type Adopt, type Adoption, adoptInput, checkAdoption, findAdopted } from "../adopt.ts";
import * as field from "../fields.ts";
import { checkExclusionHealth } from "../health-check.ts";
import { offlineTolerant } from "../people.ts";
import { type ExclusionLimits, exclusionEffect } from "./effect.ts";

interface ExclusionInputs extends ExclusionLimits {
  type: string;
  pattern: string;
  note: string | null;
  adopt: Adopt;
}
interface ExclusionComputed {
  exclusionId: number;
  lastWrite: number;
}

const label = (inputs: Partial<ExclusionInputs>) => labelOf("Exclusion", inputs.pattern);

/** Leaves metrics out of something, such as analysis. */
export const exclusion = defineResource<ExclusionInputs, ExclusionComputed, LiveExclusion>({
  kind: "Exclusion",
  role: "exclusion",
  title: ["type", "pattern"],
  list: "exclusions",
  export: {
    file: "exclusions",
    heading: "Exclusions",
    order: 6,
    portable: true,
    name: ({ pattern }) => (typeof pattern === "string" ? pattern : ""),
  },
  restoreOrder: 5,
  description: "Leaves the metrics that match a pattern out of something, such as analysis.",
  behavior: [
    "Anomify has no call to change an exclusion: a change of type, pattern or note replaces it. The new one is added before the old one goes, so that there is no gap with neither.",
    "`maxMetrics` and `until` are the program's own: a change of them sends nothing.",
    "Deleting one that is already gone counts as done.",
  ],
  assumed: [
    "All wire names, the type keys and the matching rule of a pattern are assumed.",
    "That deletion is final is assumed.",
  ],
  inputs: z.strictObject({
    type: field.documented(field.text, {
      description:
        "Key of an exclusion type, as Anomify lists them. An unknown key is a warning, since the set is open.",
      type: "string",
      evidence: "assumed",
    }),
    pattern: field.documented(field.text, {
      description: "What metric names are compared with. How Anomify matches is not documented.",
      type: "string",
      evidence: "assumed",
    }),
    note: field.documented(field.text.optional(), {
      description: "Reason, for people.",
      type: "string",
      evidence: "assumed",
    }),
    maxMetrics: field.documented(field.count.optional(), {
      description:
        "Most metrics that the pattern may leave out: a wider one is an error in the preview. Stays in the program. `anomify:exclusionMaxMetrics` sets one for all.",
      type: "number",
    }),
    until: field.documented(field.day.optional(), {
      description:
        "Last day on which it is meant to be there, such as `2027-01-31` (UTC). Afterwards each preview warns, or fails with `anomify:strict`, and `anomify drift` lists it. Stays in the program: Anomify ends nothing by itself.",
      type: "string",
    }),
    adopt: adoptInput("type, pattern and note"),
  }),
  computed: z.strictObject({
    exclusionId: field.documented(z.int(), {
      description: "Id of the exclusion in Anomify.",
      type: "number",
      evidence: "assumed",
    }),
    effect: field.effect,
    lastWrite: field.lastWrite,
  }),
  createOnly: ["adopt"],
  programOnly: ["maxMetrics", "until"],
  replaceOn: ["type", "pattern", "note"],
  label,
  effect: { keys: ["type", "pattern", "maxMetrics"], describe: exclusionEffect },
  lookUp: async (org, inputs) => [
    ...(await checkType(org, inputs)),
    ...(await checkExclusionHealth(org, { kind: "Exclusion", role: "exclusion", label: label(inputs), inputs })),
    ...(await checkAdoption(org, adoption(org, inputs), label(inputs), async () => [])),
  ],
  ids: async (org) => (await org.lists.exclusions()).items.map(({ id }) => String(id)),
  createOnce: {
    object: "exclusion",
    idKey: "exclusionId",
    takeOver,
    request: async (org, inputs) => requestOf(org, inputs),
    outputs: async (_org, { item, at }, inputs) => outputs(item, at, inputs),
  },
  // What Anomify has cannot change: this is for the limits, and settles a create whose reply was lost.
  update: async (_org, _id, recorded, inputs) => ({ ...recorded, ...inputs }),
  read: async (org, id, recorded) => {
    const snapshot = await org.lists.exclusions();
    if (org.isStale(snapshot, recorded, label(recorded ?? {}))) return recorded;
    const live = snapshot.items.find((candidate) => String(candidate.id) === id);
    return live && outputs(live, recorded?.lastWrite ?? snapshot.takenAt, recorded);
  },
  delete: async (org, id) => {
    if (org.claims.consumeAdoption(`exclusion:${id}`)) return;
    await orGone(org.api.exclusion.delete({ exclusion_id: Number(id) })).finally(() => {
      org.claims.release(`exclusion:${id}`);
      org.lists.invalidate("exclusions");
    });
  },
});

async function checkType(org: Organization, inputs: Partial<ExclusionInputs>): Promise<Failure[]> {
  const { type } = inputs;
  if (type === undefined) return [];
  return await offlineTolerant(org, "exclusion types", async () => {
    const types = (await org.lists.exclusionTypes()).items.map((known) => known.type);
    if (!types.includes(type)) {
      org.reporter.warn(
        `${label(inputs)}: type "${type}" is not among the types that Anomify lists (${types.join(", ")}).${didYouMean(type, types)}`,
      );
    }
    return [];
  });
}

const equals = (live: LiveExclusion, { type, pattern, note }: Partial<ExclusionInputs>) =>
  live.type === type && live.pattern === pattern && (live.note || null) === (note ?? null);

const requestOf = (org: Organization, inputs: ExclusionInputs): NonIdempotentCreate<LiveExclusion> => ({
  kind: "exclusion",
  label: label(inputs),
  key: JSON.stringify([inputs.type, inputs.pattern, inputs.note]),
  list: "exclusions",
  isGone: () => false,
  matches: (live) => equals(live, inputs),
  send: () => add(org, inputs),
});

function adoption(org: Organization, inputs: Partial<ExclusionInputs>): Adoption<LiveExclusion> {
  return {
    adopt: inputs.adopt,
    what: "exclusion",
    list: () => org.lists.exclusions(),
    same: (live) => equals(live, inputs),
    obstacle: (live) =>
      equals(live, inputs)
        ? undefined
        : `exclusion ${live.id} has the type "${live.type}", the pattern "${live.pattern}" and ${live.note ? `the note "${live.note}"` : "no note"}, and Anomify has no call to change an exclusion. Declare what it has; once adopted, change it and leave adopt out`,
  };
}

async function takeOver(org: Organization, inputs: ExclusionInputs) {
  const found = await findAdopted(org, adoption(org, inputs));
  if (found === undefined) return undefined;
  const { takenAt } = await org.lists.exclusions();
  return await org.claims.adopting(`exclusion:${found.id}`, "this exclusion", async () => ({
    id: String(found.id),
    outputs: outputs(found, takenAt, inputs),
  }));
}

async function add(org: Organization, { type, pattern, note }: ExclusionInputs) {
  const reply = await org.api.exclusion.add({ type, pattern, note });
  return { item: reply.data.exclusion, at: replyTime(reply) };
}

function outputs(
  live: LiveExclusion,
  at: number,
  ours: Partial<ExclusionInputs> | undefined,
): ExclusionInputs & ExclusionComputed {
  return {
    type: live.type,
    pattern: live.pattern,
    note: live.note || null,
    maxMetrics: ours?.maxMetrics ?? null,
    until: ours?.until ?? null,
    adopt: ours?.adopt ?? null,
    exclusionId: live.id,
    lastWrite: at,
  };
}
