import { z } from "zod";
import { defineResource } from "../../runtime/definition.ts";
import { orgSettingsComputed, orgSettingsInputs } from "./fields.ts";
import { create, label, read, remove, update } from "./operations.ts";
import { checkTimezone, listedTimezone } from "./timezone.ts";

/** Settings of the organization itself. */
export const orgSettings = defineResource({
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
  getDescription: "Reads the settings without managing them; the id is the organization's.",
  behavior: [
    "Always exists: the resource adopts it, and remembers in `previous` what was there.",
    "Changes are made in place; what the program leaves out is not managed.",
    "Muting is what an operator does by hand: never state, never drift.",
    'Deleting releases it as it is, or with `onDelete: "restore"` puts back what was there.',
  ],
  assumed: ["The wire names of `/org/update` are assumed, and that a parameter left out keeps its value."],
  inputs: z.strictObject(orgSettingsInputs),
  computed: z.strictObject(orgSettingsComputed),
  label,
  listed: listedTimezone,
  lookUp: checkTimezone,
  ids: async (org) => (await org.lists.info()).items.map(({ id }) => String(id)),
  create,
  read,
  update: (org, _id, recorded, inputs) => update(org, recorded.previous, inputs),
  delete: remove,
});
