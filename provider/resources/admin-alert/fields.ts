import { z } from "zod";
import type { InputsOf, OutputsOf } from "../../runtime/definition.ts";
import * as field from "../fields.ts";
import { onDelete } from "../singleton.ts";

const MIN_WAIT_SECONDS = 300;

const recipients = (by: string) =>
  field.documented(field.people.optional(), {
    description: `People who get ${by}: e-mail address or user id. Left out or null: not managed, the list stays as it is. An empty list clears it.`,
    evidence: "documented",
  });

export const adminAlertInputs = {
  alert: field.documented(
    z.enum(["all-metrics-stopped", "some-metrics-stopped"], 'must be "all-metrics-stopped" or "some-metrics-stopped"'),
    {
      description: "Which of the two admin alerts this is.",
      evidence: "documented",
    },
  ),
  enabled: field.documented(field.flag.default(true), {
    description: "Whether the alert goes out.",
    evidence: "documented",
  }),
  emailUsers: recipients("an e-mail"),
  smsUsers: recipients("a text message"),
  slackChannel: field.documented(field.clearable(field.channel).optional(), {
    description:
      'Slack channel that is notified, with or without `#`. Left out or null: not managed, it stays as it is. `""` clears it.',
    evidence: "documented",
  }),
  waitSeconds: field.documented(
    z.int("must be a whole number of seconds").min(MIN_WAIT_SECONDS, `must be at least ${MIN_WAIT_SECONDS}`).optional(),
    {
      description:
        "How long silence must last before the alert goes out, in seconds; at least 300. Left out or null: not managed.",
      evidence: "documented",
    },
  ),
  onDelete,
};

/** What `onDelete: "restore"` puts back. */
const previous = {
  enabled: z.boolean(),
  emailUsers: z.array(z.number()),
  smsUsers: z.array(z.number()),
  slackChannel: z.string(),
  waitSeconds: z.number(),
};

export const adminAlertComputed = {
  previous: field.documented(z.looseObject(previous), {
    description: 'What was there before this resource: what `onDelete: "restore"` puts back.',
  }),
  lastWrite: field.lastWrite,
};

export type AdminAlertInputs = InputsOf<typeof adminAlertInputs>;
export type AdminAlertComputed = OutputsOf<typeof adminAlertComputed>;
/** What can be set in an admin alert, in the service's terms. */
export type AdminAlertSettings = z.output<z.ZodObject<typeof previous>>;
