import { z } from "zod";
import { defineResource, labelOf } from "../runtime/define.ts";
import { createOnce, orGone } from "../runtime/lifecycle.ts";
import { didYouMean } from "../runtime/messages.ts";
import { type LiveExclusion, type Organization, replyTime } from "../runtime/organization.ts";
import * as field from "./fields.ts";
import { offlineTolerant } from "./people.ts";

interface ExclusionInputs {
  type: string;
  pattern: string;
  note: string | null;
}
interface ExclusionComputed {
  exclusionId: number;
  lastWrite: number;
}

const label = (inputs: Partial<ExclusionInputs>) => labelOf("Exclusion", inputs.pattern);

/** Leaves metrics out of something, such as analysis. */
export const exclusion = defineResource<ExclusionInputs, ExclusionComputed>({
  kind: "Exclusion",
  description: "Leaves the metrics that match a pattern out of something, such as analysis.",
  behavior: [
    "Anomify has no call to change an exclusion: every change replaces it. The new one is added before the old one goes, so that there is no gap with neither.",
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
  }),
  computed: z.strictObject({
    exclusionId: field.documented(z.int(), {
      description: "Id of the exclusion in Anomify.",
      type: "number",
      evidence: "assumed",
    }),
    lastWrite: field.lastWrite,
  }),
  replaceOn: ["type", "pattern", "note"],
  label,
  lookUp: async (org, inputs) => {
    const { type } = inputs;
    if (type === undefined) return [];
    return await offlineTolerant(org, "exclusion types", async () => {
      const types = (await org.exclusionTypes()).items.map((known) => known.type);
      if (!types.includes(type)) {
        org.warn(
          `${label(inputs)}: type "${type}" is not among the types that Anomify lists (${types.join(", ")}).${didYouMean(type, types)}`,
        );
      }
      return [];
    });
  },
  ids: async (org) => (await org.exclusions()).items.map(({ id }) => String(id)),
  create: async (org, inputs) => {
    const { item, at } = await createOnce(org, {
      label: label(inputs),
      kind: "exclusion",
      list: () => org.exclusions(),
      outdate: () => org.outdate("exclusions"),
      matches: (live) =>
        live.type === inputs.type && live.pattern === inputs.pattern && (live.note || null) === inputs.note,
      send: () => add(org, inputs),
    });
    return { id: String(item.id), outputs: outputs(item, at) };
  },
  // Never called by the engine: each input replaces. Kept whole, so that a state without a difference stays as it is.
  update: async (_org, _id, recorded, inputs) => ({ ...recorded, ...inputs }),
  read: async (org, id, recorded) => {
    const snapshot = await org.exclusions();
    if (org.isTooOld(snapshot, recorded, label(recorded ?? {}))) return recorded;
    const live = snapshot.items.find((candidate) => String(candidate.id) === id);
    return live && outputs(live, recorded?.lastWrite ?? snapshot.takenAt);
  },
  delete: (org, id) =>
    orGone(org.api.exclusion.delete({ exclusion_id: Number(id) })).finally(() => {
      org.release(`exclusion:${id}`);
      org.outdate("exclusions");
    }),
});

async function add(org: Organization, { type, pattern, note }: ExclusionInputs) {
  const reply = await org.api.exclusion.add({ type, pattern, note });
  return { item: reply.data.exclusion, at: replyTime(reply) };
}

function outputs(live: LiveExclusion, at: number): ExclusionInputs & ExclusionComputed {
  return { type: live.type, pattern: live.pattern, note: live.note || null, exclusionId: live.id, lastWrite: at };
}
