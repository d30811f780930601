import { z } from "zod";
import { findPerson } from "../../../domain/people/person.ts";
import { notAMember } from "../../../domain/people/reachability.ts";
import { didYouMean } from "../../../domain/text/did-you-mean.ts";
import { type LiveUser, replyTime } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import { orGone } from "../../runtime/create/create-object.ts";
import { defineResource, labelOf } from "../../runtime/definition.ts";
import * as field from "../fields.ts";
import { offlineTolerant } from "../people.ts";
import { managed, onlyManaged } from "../singleton.ts";

interface UserInputs {
  email: string;
  name: string | null;
  phoneNumber: string | null;
  slackMemberId: string | null;
  emailAlerts: boolean | null;
  onDelete: "release" | "remove";
}
interface UserComputed {
  userId: number;
  lastWrite: number;
}

const label = (inputs: Partial<UserInputs>) => labelOf("User", inputs.email);

/** A person of the organization. */
export const user = defineResource<UserInputs, UserComputed>({
  kind: "User",
  role: "person",
  title: ["email"],
  identity: { property: "email", shared: "error" },
  alwaysExists: true,
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
  behavior: [
    "Adopts an existing member, found by e-mail address. Anomify has no call to add one: invite them first.",
    "Changes are made in place; changing `email` replaces the resource, that is, adopts another member. What the program leaves out is not managed.",
    'Deleting releases the person; `onDelete: "remove"` deletes them from Anomify for good.',
  ],
  assumed: ["The wire names of `/user/update`, and that a parameter left out keeps its value, are assumed."],
  inputs: z.strictObject({
    email: field.documented(
      z
        .string("must be an e-mail address")
        .trim()
        .toLowerCase()
        .regex(/^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/, "must be an e-mail address"),
      { description: "Identity: the e-mail address of an existing member.", type: "string", evidence: "documented" },
    ),
    name: field.documented(field.text.optional(), {
      description: "Display name. Left out: not managed.",
      type: "string",
      evidence: "assumed",
    }),
    phoneNumber: field.documented(
      z
        .string("must be text")
        .trim()
        .regex(/^\+[1-9]\d{6,14}$/, 'must be in E.164 form, such as "+441632960101"')
        .optional(),
      {
        description: "Phone number in E.164 form; needed for text messages. Left out: not managed.",
        type: "string",
        evidence: "assumed",
      },
    ),
    slackMemberId: field.documented(
      z
        .string("must be text")
        .trim()
        .regex(/^[UW][A-Z0-9]{5,}$/, 'must be a Slack member id, such as "U0EXAMPLE1"')
        .optional(),
      {
        description: "Slack member id; needed for mentions. Left out: not managed.",
        type: "string",
        evidence: "assumed",
      },
    ),
    emailAlerts: field.documented(field.flag.optional(), {
      description: "Whether e-mail alerts reach this person. Left out: not managed.",
      type: "boolean",
      evidence: "assumed",
    }),
    onDelete: field.documented(z.enum(["release", "remove"], 'must be "release" or "remove"').default("release"), {
      description:
        '`"release"` leaves the person in Anomify, `"remove"` deletes them there; that cannot be undone through the API.',
      default: '"release"',
      type: '"release" | "remove"',
    }),
  }),
  computed: z.strictObject({
    userId: field.documented(z.int(), {
      description: "Id of the person in Anomify.",
      type: "number",
      evidence: "documented",
    }),
    lastWrite: field.lastWrite,
  }),
  replaceOn: ["email"],
  label,
  lookUp: async (org, { email }) => {
    if (email === undefined) return [];
    return await offlineTolerant(org, "people", async () => {
      const users = (await org.lists.users()).items;
      return findPerson(users, email) ? [] : [{ property: "email", reason: refusal(email, users) }];
    });
  },
  ids: async (org) => (await org.lists.users()).items.map(({ id }) => String(id)),
  create: async (org, inputs) => {
    const users = (await org.lists.users()).items;
    const found = findPerson(users, inputs.email);
    if (found === undefined) throw new Error(refusal(inputs.email, users));
    return await org.claims.claiming(`user:${found.id}`, "this person", async () => ({
      id: String(found.id),
      outputs: await write(org, found.id, inputs),
    }));
  },
  update: (org, id, _recorded, inputs) => write(org, Number(id), inputs),
  read: async (org, id, recorded) => {
    const snapshot = await org.lists.users();
    if (org.isStale(snapshot, recorded, label(recorded ?? {}))) return recorded;
    const live = snapshot.items.find((candidate) => String(candidate.id) === id);
    return live && { ...describe(live, recorded), lastWrite: recorded?.lastWrite ?? snapshot.takenAt };
  },
  delete: async (org, id, recorded) => {
    org.claims.release(`user:${id}`);
    if (recorded.onDelete !== "remove") return;
    await orGone(org.api.user.delete({ user_id: Number(id) })).finally(() => org.lists.invalidate("users"));
  },
});

/** The API has no call that adds a member. */
function refusal(email: string, users: readonly LiveUser[]): string {
  const { message } = notAMember(email);
  const hint = didYouMean(
    email,
    users.map((candidate) => candidate.email),
  );
  return `${message}, and the API has no way to add one. Invite them in Anomify first, then run pulumi up again.${hint}`;
}

async function write(org: Organization, id: number, inputs: UserInputs): Promise<UserInputs & UserComputed> {
  const { name, phoneNumber: phone_number, slackMemberId: slack_member_id, emailAlerts: email_alerts } = inputs;
  try {
    const reply = await org.api.user.update({
      user_id: id,
      ...managed({ name, phone_number, slack_member_id, email_alerts }),
    });
    return { ...describe(reply.data.user, inputs), lastWrite: replyTime(reply) };
  } finally {
    org.lists.invalidate("users");
  }
}

function describe(live: LiveUser, recorded: Partial<UserInputs> | undefined) {
  const all = {
    name: live.name,
    phoneNumber: live.phone_number,
    slackMemberId: live.slack_member_id,
    emailAlerts: live.notifications?.email_alerts ?? null,
  };
  return {
    email: live.email.toLowerCase(),
    ...onlyManaged(all, recorded),
    onDelete: recorded?.onDelete ?? ("release" as const),
    userId: live.id,
  };
}
