import { z } from "zod";
import { evidence, maybe, model } from "./shape.ts";

/** Which first steps in the dashboard are done. More keys may follow. */
export const OnboardingFlags = evidence(
  "documented",
  model({
    main_intro: maybe(z.boolean()),
    alerts_intro: maybe(z.boolean()),
    alerts_from_search: maybe(z.boolean()),
    training_intro: maybe(z.boolean()),
    alert_created: maybe(z.boolean()),
    test_alert_sent: maybe(z.boolean()),
    two_alerts_sent: maybe(z.boolean()),
    pattern_trained: maybe(z.boolean()),
  }),
);
export type OnboardingFlags = z.infer<typeof OnboardingFlags>;

/** First half of every reply, as sent, but without the session that the server may tie to a request: it is never adopted. */
export const ReplyStatus = evidence(
  "documented",
  model({
    /** Mirrors the HTTP status. */
    code: z.int(),
    /** When the reply was made, unix seconds. */
    created_timestamp: maybe(z.number()),
    /** The same moment for people. */
    created_string: maybe(z.string()),
    /** Seconds spent on the reply (unit inferred). */
    duration: maybe(z.number()),
    language: maybe(z.string()),
    timezone: maybe(model({ timezone_type: maybe(z.int()), timezone: maybe(z.string()) })),
    /** Age of the oldest cached part of the reply, in seconds (unit inferred); 0 when nothing came from a cache. */
    oldest_cached_component_age: maybe(z.number()),
    org_onboarding_status_id: maybe(z.int()),
    /** Host that answered. */
    api_host: maybe(z.string()),
    user_onboarding_flags: maybe(OnboardingFlags),
  }),
);
export type ReplyStatus = Readonly<z.infer<typeof ReplyStatus>>;
