import { z } from "zod";
import { comparable } from "../../../domain/people/person.ts";
import type { InputsOf, OutputsOf } from "../../runtime/definition.ts";
import * as field from "../fields.ts";

export const userInputs = {
  email: field.documented(
    z
      .string("must be an e-mail address")
      .trim()
      .overwrite(comparable)
      .regex(/^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/, "must be an e-mail address"),
    { description: "Identity: the e-mail address of an existing member.", evidence: "documented" },
  ),
  name: field.documented(field.text.optional(), {
    description: "Display name. Left out or null: not managed.",
    evidence: "assumed",
  }),
  phoneNumber: field.documented(
    field.clearable(z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be in E.164 form, such as "+441632960101"')).optional(),
    {
      description:
        'Phone number in E.164 form; needed for text messages. Left out or null: not managed. `""` clears it.',
      evidence: "assumed",
    },
  ),
  slackMemberId: field.documented(
    field
      .clearable(z.string().regex(/^[UW][A-Z0-9]{5,}$/, 'must be a Slack member id, such as "U0EXAMPLE1"'))
      .optional(),
    {
      description: 'Slack member id; needed for mentions. Left out or null: not managed. `""` clears it.',
      evidence: "assumed",
    },
  ),
  emailAlerts: field.documented(field.flag.optional(), {
    description: "Whether e-mail alerts reach this person. Left out or null: not managed.",
    evidence: "assumed",
  }),
  onDelete: field.documented(z.enum(["release", "remove"], 'must be "release" or "remove"').default("release"), {
    description:
      '`"release"` leaves the person in Anomify, `"remove"` deletes them there; that cannot be undone through the API.',
  }),
};

export const userComputed = {
  userId: field.documented(z.int(), {
    description: "Id of the person in Anomify.",
    evidence: "documented",
  }),
  lastWrite: field.lastWrite,
};

export type UserInputs = InputsOf<typeof userInputs>;
export type UserComputed = OutputsOf<typeof userComputed>;
