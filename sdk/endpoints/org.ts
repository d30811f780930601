import { z } from "zod";
import { defineEndpoint, definePager } from "../endpoint.ts";
import { AdminAlert, AdminAlerts } from "../models/admin-alert.ts";
import { Image } from "../models/image.ts";
import { Channel, Message, Org, User } from "../models/person.ts";
import { assumed, maybe, model } from "../models/shape.ts";
import { clearable, csv, csvIds, flag, integer, optional, secret, text } from "../wire.ts";
import { paging, span } from "./common.ts";

const orgReply = model({ org: assumed(Org) });

const adminAlertParams = {
  /** Whether alert 1 (no metric at all sends data any more) goes out. */
  type_1_enabled: optional(flag),
  /** Ids of the users to e-mail. */
  type_1_email_users: clearable(csvIds),
  /** Ids of the users to text. */
  type_1_sms_users: clearable(csvIds),
  /** Name without `#`. */
  type_1_slack_channel: clearable(text),
  /** Seconds of silence before the alert; at least 300. */
  type_1_wait_seconds: optional(integer),
  /** Whether alert 2 (some metrics stopped) goes out. */
  type_2_enabled: optional(flag),
  type_2_email_users: clearable(csvIds),
  type_2_sms_users: clearable(csvIds),
  type_2_slack_channel: clearable(text),
  type_2_wait_seconds: optional(integer),
} as const;

const events = defineEndpoint({
  operation: "listOrgEvents",
  method: "GET",
  path: "/org/events",
  call: "safe",
  auth: "token-or-session",
  evidence: "assumed",
  params: { ...span, ...paging },
  data: model({
    events: assumed(
      z.array(
        model({
          id: maybe(z.int()),
          type: maybe(z.string()),
          message: maybe(z.string()),
          timestamp: maybe(z.int()),
          timestamp_string: maybe(z.string()),
          user: maybe(User.nullable()),
        }),
      ),
    ),
  }),
});

const quotaMetrics = defineEndpoint({
  operation: "listQuotaMetrics",
  method: "GET",
  path: "/org/getquotametrics",
  call: "safe",
  auth: "token-or-session",
  evidence: "inferred",
  params: paging,
  data: model({
    metrics_quota: assumed(maybe(z.int())),
    metrics_count: assumed(maybe(z.int())),
    metrics: assumed(z.array(z.string())),
  }),
});

/** Organization, admin alerts, people, channels, quota. Which organization follows from the token or the session. */
export const org = {
  /** The organization. Evidence: inferred. */
  info: defineEndpoint({
    operation: "getOrg",
    method: "GET",
    path: "/org/info",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: {},
    data: orgReply,
  }),

  /** Changes the organization, or mutes its alerts. A parameter that is left out keeps its value. Evidence: inferred. */
  update: defineEndpoint({
    operation: "updateOrg",
    method: "POST",
    path: "/org/update",
    call: "idempotent",
    auth: "token-or-session",
    evidence: "inferred",
    params: {
      /** Display name. */
      name: optional(text),
      /** IANA name from `misc.timezones`. */
      timezone: optional(text),
      /** Mutes all alerts for so long from now; 0 ends the mute. That muting lives on this path is assumed. */
      mute_minutes: optional(integer),
    },
    data: orgReply,
  }),

  /** The organization in numbers. Evidence: inferred. */
  summary: defineEndpoint({
    operation: "getOrgSummary",
    method: "GET",
    path: "/org/summary",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: span,
    data: model({
      summary: assumed(
        model({
          metrics_count: maybe(z.int()),
          anomalies_count: maybe(z.int()),
          matches_count: maybe(z.int()),
          patterns_count: maybe(z.int()),
          watchers_count: maybe(z.int()),
        }),
      ),
    }),
  }),

  /** Graph of the whole organization, as a picture. Evidence: inferred. */
  graph: defineEndpoint({
    operation: "getOrgGraph",
    method: "GET",
    path: "/org/graph",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    reply: "image",
    params: span,
    data: Image,
  }),

  /** People of the organization. Not paged (assumed). Nobody can be added to an existing organization. Evidence: inferred. */
  users: defineEndpoint({
    operation: "listUsers",
    method: "GET",
    path: "/org/users",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: {},
    data: model({ users: assumed(z.array(User)) }),
  }),

  /** Slack channels that can be alerted. Evidence: inferred. */
  channels: defineEndpoint({
    operation: "listChannels",
    method: "GET",
    path: "/org/channels",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: {},
    data: model({ channels: assumed(z.array(Channel)) }),
  }),

  /** Reads the admin alerts. Evidence: documented; the vendor calls it "designing". */
  adminAlerts: defineEndpoint({
    operation: "listAdminAlerts",
    method: "GET",
    path: "/org/adminalerts",
    call: "safe",
    auth: "token-or-session",
    evidence: "documented",
    params: {},
    data: AdminAlerts,
  }),

  /**
   * Changes the admin alerts.
   *
   * A parameter that is left out keeps its value, `null`, `""` or `[]` clear (both assumed). There is no parameter for Teams nor
   * for `expiration_seconds`. Evidence: documented; the vendor calls it "designing".
   */
  updateAdminAlerts: defineEndpoint({
    operation: "updateAdminAlerts",
    method: "PUT",
    path: "/org/adminalerts",
    call: "idempotent",
    auth: "token-or-session",
    evidence: "documented",
    names: "documented",
    params: adminAlertParams,
    data: AdminAlerts,
  }),

  /**
   * Reads the admin alerts when no parameter is given, else changes them. Evidence: documented.
   *
   * @deprecated Use `adminAlerts` and `updateAdminAlerts`.
   */
  updateAdminAlertsDeprecated: defineEndpoint({
    operation: "updateAdminAlertsDeprecated",
    method: "POST",
    path: "/org/adminalerts",
    call: "idempotent",
    auth: "token-or-session",
    evidence: "documented",
    deprecated: true,
    names: "documented",
    params: adminAlertParams,
    data: AdminAlerts,
  }),

  /** The admin alert behind a link in a message. Evidence: assumed. */
  adminAlertByCode: defineEndpoint({
    operation: "getAdminAlertByCode",
    method: "GET",
    path: "/org/adminalert/{alert_code}",
    call: "safe",
    auth: "token-or-session",
    evidence: "assumed",
    params: {
      /** Code from the message. Whoever has it can see the alert, so it is handled as a secret. */
      alert_code: secret(text),
    },
    data: model({
      admin_alert: assumed(AdminAlert),
      timestamp: assumed(maybe(z.int())),
      metrics: assumed(maybe(z.array(z.string()))),
    }),
  }),

  /** One page of what happened in the organization. Evidence: assumed. */
  events,
  /** All of what happened in the organization, page by page. */
  iterateEvents: definePager(events, "events"),

  /** One page of the metrics that count against the quota. Evidence: inferred. */
  quotaMetrics,
  /** All the metrics that count against the quota, page by page. */
  iterateQuotaMetrics: definePager(quotaMetrics, "metrics"),

  /** Frees quota by removing metrics. Destroys data: for people, not for automation. Evidence: inferred. */
  removeQuotaMetrics: defineEndpoint({
    operation: "removeQuotaMetrics",
    method: "POST",
    path: "/org/removequotametrics",
    call: "idempotent",
    auth: "token-or-session",
    evidence: "inferred",
    params: {
      /** Metric names; none with a comma. These or `patterns` are needed. */
      metrics: optional(csv),
      /** Terms that match as those of an exclusion; the metrics of any of them are removed. */
      patterns: optional(csv),
      /** Say what would be removed, and remove nothing. @default false */
      dry_run: optional(flag),
    },
    data: model({
      message: assumed(maybe(z.string())),
      removed_count: assumed(maybe(z.int())),
      /** Names of the metrics that are gone, or would be. */
      metrics: assumed(maybe(z.array(z.string()))),
    }),
  }),

  /** Metrics of the last minutes that came in with the test mark; that this path reads them is inferred. Evidence: inferred. */
  testMetrics: defineEndpoint({
    operation: "listTestMetrics",
    method: "GET",
    path: "/org/testmetrics",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: {
      /** How many names the sample holds at most. @default 20 */
      metrics_limit: optional(integer),
    },
    data: model({
      metrics_count: assumed(maybe(z.int())),
      metrics: assumed(maybe(z.array(z.string()))),
      /** Test metrics that would not be kept. */
      dropped_count: assumed(maybe(z.int())),
      dropped: assumed(maybe(z.array(z.string()))),
    }),
  }),

  /** Where the payment service reports events, with a body of its own. Not for clients. Evidence: assumed. */
  stripeCallback: defineEndpoint({
    operation: "stripeCallback",
    method: "POST",
    path: "/org/stripecallback",
    call: "idempotent",
    auth: "none",
    evidence: "assumed",
    params: {},
    data: Message,
  }),
};
