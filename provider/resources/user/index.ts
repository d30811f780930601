import { z } from "zod";
import { findPerson } from "../../../domain/people/person.ts";
import { defineResource } from "../../runtime/definition.ts";
import { offlineTolerant } from "../people.ts";
import { userComputed, userInputs } from "./fields.ts";
import { create, label, read, refusal, remove, update } from "./operations.ts";

/** A person of the organization. */
export const user = defineResource({
  kind: "User",
  role: "person",
  title: ["email"],
  identity: { property: "email", shared: "error" },
  alwaysExists: true,
  idOutput: "userId",
  list: "users",
  export: {
    file: "users",
    heading: "People",
    order: 2,
    portable: false,
    name: ({ email }) => (typeof email === "string" ? email.replace(/@.*$/, "") : ""),
  },
  restoreOrder: 2,
  whyGone: async () => "left the organization",
  description: "A person of the organization: how alerts reach them.",
  getDescription: "Reads a person without managing them, by user id.",
  behavior: [
    "Adopts an existing member, found by e-mail address. Anomify has no call to add one: invite them first.",
    "Changes are made in place; changing `email` to the address of another member replaces the resource; another address of the same member is a change in place. What the program leaves out is not managed.",
    'Deleting releases the person; `onDelete: "remove"` deletes them from Anomify for good.',
  ],
  assumed: ["The wire names of `/user/update`, and that a parameter left out keeps its value, are assumed."],
  inputs: z.strictObject(userInputs),
  computed: z.strictObject(userComputed),
  replaceOn: ["email"],
  // Who has another address now is still the same person: the service knows them by their id.
  staysInPlace: async (org, recorded, { email }) =>
    findPerson((await org.lists.users()).items, email)?.id === recorded.userId,
  label,
  lookUp: async (org, { email }) => {
    if (email === undefined) return [];
    return await offlineTolerant(org, "people", async () => {
      const users = (await org.lists.users()).items;
      return findPerson(users, email) ? [] : [{ property: "email", reason: refusal(email, users) }];
    });
  },
  ids: async (org) => (await org.lists.users()).items.map(({ id }) => String(id)),
  create,
  read,
  update: (org, id, _recorded, inputs) => update(org, id, inputs),
  delete: remove,
});
