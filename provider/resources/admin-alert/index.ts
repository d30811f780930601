import { z } from "zod";
import { defineResource } from "../../runtime/definition.ts";
import { checkAdminAlertHealth } from "../health-check.ts";
import { samePeople } from "../people.ts";
import { adminAlertComputed, adminAlertInputs } from "./fields.ts";
import { create, label, read, remove, update } from "./operations.ts";
import { fromLive, nameOf } from "./wire.ts";

/** Notifies people that the data feed itself stopped. */
export const adminAlert = defineResource({
  kind: "AdminAlert",
  role: "admin-alert",
  title: ["alert"],
  identity: { property: "alert", shared: "error" },
  alwaysExists: true,
  list: "adminAlerts",
  export: { file: "admin-alerts", heading: "Alerts about the data feed itself", order: 3, portable: true },
  restoreOrder: 6,
  description: "Notifies people that the data feed itself stopped. Each organization has exactly one of each kind.",
  getDescription:
    "Reads an admin alert without managing it: id `1` is `all-metrics-stopped`, `2` is `some-metrics-stopped`.",
  behavior: [
    "Always exists: the resource adopts it, and remembers in `previous` what was there.",
    "Changes are made in place; changing `alert` replaces the resource.",
    "Only the parameters of its own kind that the program sets are sent.",
    'Deleting releases it as it is, or with `onDelete: "restore"` puts back what was there.',
  ],
  assumed: [
    'The parameters are documented, yet labelled "designing" by the vendor: they may not be live.',
    "That a parameter left out keeps its value, and whether an organization's token may write here, is assumed.",
  ],
  inputs: z.strictObject(adminAlertInputs),
  computed: z.strictObject(adminAlertComputed),
  replaceOn: ["alert"],
  label,
  lookUp: (org, inputs) =>
    checkAdminAlertHealth(
      org,
      { kind: "AdminAlert", role: "admin-alert", label: label(inputs), inputs: { ...inputs } },
      async () => {
        const known = (await org.lists.adminAlerts()).items.map(async (live) => {
          const alert = nameOf(live.id);
          return alert === undefined ? [] : [{ ...(await fromLive(org, alert, live, undefined)) }];
        });
        return (await Promise.all(known)).flat();
      },
    ),
  equivalent: (org, _key, recorded, wanted) => samePeople(org, recorded, wanted),
  ids: async (org) =>
    (await org.lists.adminAlerts()).items.filter(({ id }) => nameOf(id) !== undefined).map(({ id }) => String(id)),
  create,
  read,
  update: (org, _id, recorded, inputs) => update(org, recorded.previous, inputs),
  delete: remove,
});
