import { type LiveOrg, replyTime, unlessLittle, writeTime } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import type { Written } from "../../runtime/definition.ts";
import { isHeldByAnother, previousOf } from "../singleton.ts";
import type { OrgSettingsComputed, OrgSettingsInputs } from "./fields.ts";
import { fromLive, toParams } from "./wire.ts";

export const label = () => "OrgSettings";

type Outputs = OrgSettingsInputs & OrgSettingsComputed;

/** Adopts the settings, which always exist. */
export async function create(
  org: Organization,
  inputs: OrgSettingsInputs,
): Promise<Written<OrgSettingsInputs, OrgSettingsComputed>> {
  const { id, name, timezone } = await current(org);
  return await org.claims.holding("org-settings", "the settings of this organization", async () => ({
    id: String(id),
    outputs: await update(org, { name, timezone }, inputs),
  }));
}

export async function update(
  org: Organization,
  previous: OrgSettingsComputed["previous"],
  inputs: OrgSettingsInputs,
): Promise<Outputs> {
  try {
    const reply = await unlessLittle(org.api.org.update(toParams(inputs)));
    const lastWrite = reply === undefined ? writeTime() : replyTime(reply);
    org.claims.wrote("org-settings", lastWrite);
    // What the reply does not say is what was sent.
    if (reply === undefined) return { ...inputs, orgId: (await current(org)).id, previous, lastWrite };
    return { ...fromLive(reply.data.org, inputs), previous, lastWrite };
  } finally {
    org.lists.invalidate("org");
  }
}

export async function read(org: Organization, id: string, recorded: Outputs | undefined): Promise<Outputs | undefined> {
  const snapshot = await org.lists.info();
  const [live] = snapshot.items;
  if (org.isStale(snapshot, recorded, label())) return recorded;
  if (live === undefined || String(live.id) !== id) {
    // Names both organizations, where the state names its own.
    await org.identity.verify();
    throw new Error(
      `the token belongs to organization ${live?.id ?? "unknown"}, but this resource is of organization ${id}. Check anomify:token and anomify:endpoint`,
    );
  }
  const previous = recorded?.previous ?? { name: live.name, timezone: live.timezone };
  return { ...fromLive(live, recorded), previous, lastWrite: recorded?.lastWrite ?? snapshot.takenAt };
}

export async function remove(org: Organization, _id: string, recorded: Outputs): Promise<void> {
  if (await isHeldByAnother(org, "org-settings", { label: label(), lastWrite: recorded.lastWrite })) return;
  if (recorded.onDelete !== "restore") return;
  const { name, timezone } = previousOf(recorded.previous);
  await unlessLittle(org.api.org.update({ name, timezone }));
  org.lists.invalidate("org");
}

async function current(org: Organization): Promise<LiveOrg> {
  const [live] = (await org.lists.info()).items;
  if (live === undefined) throw new Error("Anomify did not say which organization this is. Check anomify:token");
  return live;
}
