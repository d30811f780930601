import { z } from "zod";
import { assumed, documented, evidence, inferred, maybe, model, unsaid } from "./shape.ts";
import { OnboardingFlags } from "./status.ts";

/** Organization-wide, time-boxed silence: what an operator does by hand, not desired state. */
const AlertMuting = model({
  muted: documented(maybe(z.boolean())),
  /** Unix seconds. */
  muted_until_timestamp: inferred(maybe(z.int().nullable())),
  muted_until_timestamp_string: inferred(maybe(z.string().nullable())),
  minutes_remaining: inferred(maybe(z.int().nullable())),
});

/** Organization. The two onboarding shapes and `connected_services` are each optional. */
export const Org = model({
  id: documented(z.int()),
  name: documented(z.string()),
  /** IANA name, e.g. `Europe/London`. */
  timezone: documented(z.string()),
  alert_muting: documented(maybe(AlertMuting)),
  onboarding_status_id: documented(maybe(z.int())),
  onboarding_status: documented(maybe(model({ id: maybe(z.int()), name: maybe(z.string()) }))),
  connected_services: documented(maybe(model({ slack: maybe(z.boolean()), ms_teams: maybe(z.boolean()) }))),
});
export type Org = z.infer<typeof Org>;

/** Person. */
export const User = evidence(
  "documented",
  model({
    id: z.int(),
    org_id: maybe(z.int()),
    /** May be empty. */
    name: z.string(),
    email: z.string(),
    /** International form; null when unknown, and then no SMS can reach the person. */
    phone_number: unsaid(z.string().nullable()),
    /** Null when unknown, and then no Slack mention can reach the person. */
    slack_member_id: unsaid(z.string().nullable()),
    demo: maybe(z.boolean()),
    admin: maybe(z.boolean()),
    org: maybe(Org),
    notifications: maybe(model({ email_alerts: maybe(z.boolean()) })),
    onboarding_flags: maybe(OnboardingFlags),
  }),
);
export type User = z.infer<typeof User>;

/** A login. That `user` is missing until the second factor is given is assumed, hence optional. */
export const Session = model({
  /** 32 lower-case hex characters. A secret. */
  id: documented(z.string()),
  user: documented(maybe(User)),
});
export type Session = z.infer<typeof Session>;

/** Slack channel of the connected workspace. */
export const Channel = evidence(
  "assumed",
  model({
    id: maybe(z.string()),
    /** Without `#`. */
    name: z.string(),
    private: maybe(z.boolean()),
  }),
);
export type Channel = z.infer<typeof Channel>;

/** Reply of calls that only say that it is done. */
export const Message = model({ message: assumed(maybe(z.string())) });
