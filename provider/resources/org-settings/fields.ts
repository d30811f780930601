import { z } from "zod";
import type { InputsOf, OutputsOf } from "../../runtime/definition.ts";
import * as field from "../fields.ts";
import { onDelete } from "../singleton.ts";

/** What an editor offers: one for most offsets. Anomify decides which it takes, and its list is not ours. */
const TIMEZONES = [
  "UTC",
  "Europe/London",
  "Europe/Berlin",
  "Europe/Paris",
  "Europe/Madrid",
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Los_Angeles",
  "America/Sao_Paulo",
  "Asia/Dubai",
  "Asia/Kolkata",
  "Asia/Singapore",
  "Asia/Shanghai",
  "Asia/Tokyo",
  "Australia/Sydney",
  "Pacific/Auckland",
] as const;

export const orgSettingsInputs = {
  name: field.documented(field.text.optional(), {
    description: "Display name. Left out or null: not managed. It cannot be empty.",
    evidence: "assumed",
  }),
  timezone: field.documented(field.text.optional(), {
    description: "IANA time zone, such as `Europe/London`, as Anomify lists it. Left out or null: not managed.",
    completions: TIMEZONES,
    evidence: "assumed",
  }),
  onDelete,
};

export const orgSettingsComputed = {
  orgId: field.documented(z.int(), {
    description: "Id of the organization in Anomify.",
    evidence: "documented",
  }),
  previous: field.documented(z.looseObject({ name: z.string(), timezone: z.string() }), {
    description: 'What was there before this resource: what `onDelete: "restore"` puts back.',
  }),
  lastWrite: field.lastWrite,
};

export type OrgSettingsInputs = InputsOf<typeof orgSettingsInputs>;
export type OrgSettingsComputed = OutputsOf<typeof orgSettingsComputed>;
