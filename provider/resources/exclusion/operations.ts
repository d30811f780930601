import { type LiveExclusion, replyTime } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import { orGone } from "../../runtime/create/create-object.ts";
import { type CreateOnce, labelOf, type NonIdempotentCreate } from "../../runtime/definition.ts";
import { type Adoption, findAdopted } from "../adopt.ts";
import { hasValue, warnOfUnsaid } from "../unsaid.ts";
import type { ExclusionComputed, ExclusionInputs } from "./fields.ts";
import { fromLive, isSame, toParams } from "./wire.ts";

export const label = (inputs: Partial<ExclusionInputs>) => labelOf("Exclusion", inputs.pattern);

type Outputs = ExclusionInputs & ExclusionComputed;

export const create: CreateOnce<ExclusionInputs, ExclusionComputed, LiveExclusion> = {
  object: "exclusion",
  takeOver: async (org, inputs) => {
    const found = await findAdopted(org, adoption(org, inputs));
    if (found === undefined) return undefined;
    const { takenAt } = await org.lists.exclusions();
    return await org.claims.adopting(`exclusion:${found.id}`, "this exclusion", async () => ({
      id: String(found.id),
      outputs: fromLive(found, takenAt, inputs),
    }));
  },
  request: async (org, inputs) => requestOf(org, inputs),
  outputs: async (_org, { item, at }, inputs) => fromLive(item, at, inputs),
};

const requestOf = (org: Organization, inputs: ExclusionInputs): NonIdempotentCreate<LiveExclusion> => ({
  kind: "exclusion",
  label: label(inputs),
  key: JSON.stringify([inputs.type, inputs.pattern, inputs.note]),
  list: "exclusions",
  isGone: () => false,
  matches: (live) => isSame(live, inputs),
  send: async () => {
    const reply = await org.api.exclusion.add(toParams(inputs));
    return { item: reply.data.exclusion, at: replyTime(reply) };
  },
});

/** What Anomify has cannot change: this is for the limits, and settles a create whose reply was lost. */
export const update = (recorded: Outputs, inputs: ExclusionInputs): Outputs => ({ ...recorded, ...inputs });

export async function read(org: Organization, id: string, recorded: Outputs | undefined): Promise<Outputs | undefined> {
  const snapshot = await org.lists.visible("exclusions");
  if (org.isStale(snapshot, recorded, label(recorded ?? {}))) return recorded;
  const live = snapshot.items.find((candidate) => String(candidate.id) === id);
  if (live === undefined) org.assertAbsent(snapshot);
  else {
    warnOfUnsaid(org, label({ pattern: live.pattern }), {
      note: { live: live.note, isRecorded: hasValue(recorded?.note) },
    });
  }
  return live && fromLive(live, recorded?.lastWrite ?? snapshot.takenAt, recorded);
}

export async function remove(org: Organization, id: string): Promise<void> {
  if (org.claims.consumeAdoption(`exclusion:${id}`)) return;
  await orGone(org.api.exclusion.delete({ exclusion_id: Number(id) })).finally(() => {
    org.claims.release(`exclusion:${id}`);
    org.lists.invalidate("exclusions");
  });
}

/** How an exclusion is found that is to be taken over. */
export function adoption(org: Organization, inputs: Partial<ExclusionInputs>): Adoption<LiveExclusion> {
  return {
    adopt: inputs.adopt,
    what: "exclusion",
    list: () => org.lists.exclusions(),
    baseline: () => org.lists.baseline("exclusions"),
    isNamed: inputs.type !== undefined && inputs.pattern !== undefined && inputs.note !== undefined,
    same: (live) => isSame(live, inputs),
    obstacle: (live) =>
      isSame(live, inputs)
        ? undefined
        : `exclusion ${live.id} has the type "${live.type}", the pattern "${live.pattern}" and ${live.note ? `the note "${live.note}"` : "no note"}, and Anomify has no call to change an exclusion. Declare what it has; once adopted, change it and leave adopt out`,
  };
}
