import { z } from "zod";
import { type LiveOrg, replyTime } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import { defineResource } from "../../runtime/definition.ts";
import { didYouMean } from "../../runtime/messages.ts";
import * as field from "../fields.ts";
import { managed, type OnDelete, onDelete, onlyManaged, previousOf } from "../singleton.ts";

interface OrgSettingsInputs {
  name: string | null;
  timezone: string | null;
  onDelete: OnDelete;
}
interface OrgSettingsComputed {
  orgId: number;
  previous: { name: string; timezone: string };
  lastWrite: number;
}

const label = (_inputs: Partial<OrgSettingsInputs>) => "OrgSettings";

/** Settings of the organization itself. */
export const orgSettings = defineResource<OrgSettingsInputs, OrgSettingsComputed>({
  kind: "OrgSettings",
  role: "settings",
  title: [],
  identity: { shared: "error" },
  alwaysExists: true,
  list: "org",
  export: {
    file: "settings",
    heading: "Settings of the organization",
    order: 1,
    portable: false,
    name: () => "settings",
  },
  restoreOrder: 1,
  description: "Settings of the organization itself. Each organization has exactly one.",
  behavior: [
    "Always exists: the resource adopts it, and remembers in `previous` what was there.",
    "Changes are made in place; what the program leaves out is not managed.",
    "Muting is what an operator does by hand: never state, never drift.",
    'Deleting releases it as it is, or with `onDelete: "restore"` puts back what was there.',
  ],
  assumed: ["The wire names of `/org/update` are assumed, and that a parameter left out keeps its value."],
  inputs: z.strictObject({
    name: field.documented(field.text.optional(), {
      description: "Display name. Left out: not managed.",
      type: "string",
      evidence: "assumed",
    }),
    timezone: field.documented(
      field.text
        .refine(isTimezone, {
          error: (issue) =>
            `must be an IANA time zone, such as "Europe/London".${didYouMean(String(issue.input), Intl.supportedValuesOf("timeZone"))}`,
        })
        .optional(),
      {
        description: "IANA time zone, such as `Europe/London`. Left out: not managed.",
        type: "string",
        evidence: "assumed",
      },
    ),
    onDelete,
  }),
  computed: z.strictObject({
    orgId: field.documented(z.int(), {
      description: "Id of the organization in Anomify.",
      type: "number",
      evidence: "documented",
    }),
    previous: field.documented(z.looseObject({}), {
      description: 'What was there before this resource: what `onDelete: "restore"` puts back.',
      type: "{ name: string; timezone: string }",
    }),
    lastWrite: field.lastWrite,
  }),
  label,
  ids: async (org) => (await org.lists.info()).items.map(({ id }) => String(id)),
  create: async (org, inputs) => {
    const before = await current(org);
    const previous = { name: before.name, timezone: before.timezone };
    return await org.claims.claiming("org-settings", "the settings of this organization", async () => ({
      id: String(before.id),
      outputs: { ...(await write(org, inputs)), previous },
    }));
  },
  update: async (org, _id, recorded, inputs) => ({ ...(await write(org, inputs)), previous: recorded.previous }),
  read: async (org, id, recorded) => {
    const snapshot = await org.lists.info();
    const [live] = snapshot.items;
    if (org.isStale(snapshot, recorded, label(recorded ?? {}))) return recorded;
    if (live === undefined || String(live.id) !== id) {
      // Names both organizations, where the state names its own.
      await org.identity.verify();
      throw new Error(
        `the token belongs to organization ${live?.id ?? "unknown"}, but this resource is of organization ${id}. Check anomify:token and anomify:endpoint`,
      );
    }
    const previous = recorded?.previous ?? { name: live.name, timezone: live.timezone };
    return { ...describe(live, recorded), previous, lastWrite: recorded?.lastWrite ?? snapshot.takenAt };
  },
  delete: async (org, _id, recorded) => {
    org.claims.release("org-settings");
    if (recorded.onDelete !== "restore") return;
    const { name, timezone } = previousOf(recorded.previous);
    await org.api.org.update({ name, timezone });
    org.lists.invalidate("org");
  },
});

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

async function current(org: Organization): Promise<LiveOrg> {
  const [live] = (await org.lists.info()).items;
  if (live === undefined) throw new Error("Anomify did not say which organization this is. Check anomify:token");
  return live;
}

async function write(org: Organization, inputs: OrgSettingsInputs) {
  try {
    const reply = await org.api.org.update(managed({ name: inputs.name, timezone: inputs.timezone }));
    return { ...describe(reply.data.org, inputs), lastWrite: replyTime(reply) };
  } finally {
    org.lists.invalidate("org");
  }
}

function describe(live: LiveOrg, recorded: Partial<OrgSettingsInputs> | undefined) {
  return {
    ...onlyManaged({ name: live.name, timezone: live.timezone }, recorded),
    onDelete: recorded?.onDelete ?? "release",
    orgId: live.id,
  };
}
