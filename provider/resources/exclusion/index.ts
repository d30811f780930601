import { z } from "zod";
import { didYouMean } from "../../../domain/text/did-you-mean.ts";
import type { LiveExclusion } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import { defineResource } from "../../runtime/definition.ts";
import type { Failure } from "../../runtime/messages.ts";
import { checkAdoption } from "../adopt.ts";
import { checkExclusionHealth } from "../health-check.ts";
import { asListed } from "../listed.ts";
import { offlineTolerant } from "../people.ts";
import { exclusionEffect } from "./effect.ts";
import { type ExclusionComputed, type ExclusionInputs, exclusionComputed, exclusionInputs } from "./fields.ts";
import { adoption, create, label, read, remove, update } from "./operations.ts";

/** Leaves metrics out of something, such as analysis. */
export const exclusion = defineResource<ExclusionInputs, ExclusionComputed, LiveExclusion>({
  kind: "Exclusion",
  role: "exclusion",
  title: ["type", "pattern"],
  idOutput: "exclusionId",
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
  inputs: z.strictObject(exclusionInputs),
  computed: z.strictObject(exclusionComputed),
  createOnly: ["adopt"],
  programOnly: ["maxMetrics", "until"],
  replaceOn: ["type", "pattern", "note"],
  label,
  effect: { keys: ["type", "pattern", "maxMetrics"], describe: exclusionEffect },
  listed: async (org, { type }) => {
    if (type === undefined) return {};
    const found = await listedTypes(org).catch(() => []);
    return { type: asListed(type, found) };
  },
  lookUp: async (org, inputs) => [
    ...(await checkType(org, inputs)),
    ...(await checkExclusionHealth(org, { kind: "Exclusion", role: "exclusion", label: label(inputs), inputs })),
    ...(await checkAdoption(org, adoption(org, inputs), label(inputs), async () => [])),
  ],
  ids: async (org) => (await org.lists.exclusions()).items.map(({ id }) => String(id)),
  createOnce: create,
  read,
  update: async (_org, _id, recorded, inputs) => update(recorded, inputs),
  delete: remove,
});

const listedTypes = async (org: Organization): Promise<string[]> =>
  (await org.lists.exclusionTypes()).items.map(({ type }) => type);

async function checkType(org: Organization, inputs: Partial<ExclusionInputs>): Promise<Failure[]> {
  const { type } = inputs;
  if (type === undefined) return [];
  return await offlineTolerant(org, "exclusion types", async () => {
    const types = await listedTypes(org);
    if (!types.includes(type)) {
      org.reporter.warn(
        `${label(inputs)}: type "${type}" is not among the types that Anomify lists (${types.join(", ")}).${didYouMean(type, types)}`,
      );
    }
    return [];
  });
}
