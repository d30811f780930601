import { metricNames } from "./metric-names.ts";
import type { Tenant, TenantUser, TenantWatcher } from "./tenant.ts";
import { momentString } from "./time.ts";
import type {
  WireAdminAlert,
  WireChannel,
  WireExclusion,
  WireExclusionType,
  WireOnboardingFlags,
  WireOrg,
  WireUser,
  WireWatcher,
} from "./wire.ts";

/** An exclusion as kept: the person is a reference, so that a reply shows them as they are now. */
export interface StoredExclusion extends Omit<WireExclusion, "created_user"> {
  created_user_id: number | null;
}

/** What a person needs to log in. Kept apart from the person, who travels in replies. */
export interface Credentials {
  password: string;
  secondFactorCode: string | null;
}

/** An e-mail or text message that would have gone out. */
export interface SentMessage {
  to: string;
  kind: "password-reset" | "second-factor" | "signup-verification" | "issue";
  /** What the message lets its reader do next: 32 hex characters. */
  token: string | null;
  text: string;
  timestamp: number;
}

/** A metric; its numbers are computed from the id, the name and the time. */
export interface StoredMetric {
  id: number;
  name: string;
  /** Stopped sending at this time. */
  stopped: number | null;
}

/** Everything the service holds about one organization. Alerts and exclusions refer to people by id. */
export interface OrganizationState {
  org: WireOrg;
  /** Unix seconds until which alerts are muted. */
  mutedUntil: number | null;
  users: WireUser[];
  credentials: Map<number, Credentials>;
  channels: WireChannel[];
  watchers: WireWatcher[];
  exclusions: StoredExclusion[];
  exclusionTypes: WireExclusionType[];
  adminAlerts: WireAdminAlert[];
  /** How many test alerts went out. */
  testAlertsFired: number;
  outbox: SentMessage[];
  metrics: StoredMetric[];
  metricsQuota: number;
  /** Highest ids given out, by kind: an id never comes back. */
  lastIds: Map<string, number>;
}

const day = 86_400;

/** First steps of somebody who has done none. */
export const noFlags = (): WireOnboardingFlags => ({
  main_intro: false,
  alerts_intro: false,
  alerts_from_search: false,
  training_intro: false,
  alert_created: false,
  test_alert_sent: false,
  two_alerts_sent: false,
  pattern_trained: false,
});

const exclusionTypes = (): WireExclusionType[] => [
  { type: "skip_analysis", name: "Skip analysis", description: "Matching metrics are kept but not analyzed." },
  {
    type: "no_stale_alert",
    name: "No alert when stopped",
    description: "Nobody is told when a matching metric stops.",
  },
  {
    type: "no_learning",
    name: "No automatic learning",
    description: "Repeated shapes of matching metrics are not learnt.",
  },
];

/** The state an organization starts with. */
export function seedOrganization(tenant: Tenant, now: number): OrganizationState {
  const start = Math.floor(now);
  const metrics = metricNames(tenant.metrics).map((name, index) => ({
    id: tenant.org.id * 1000 + index,
    name,
    stopped: null,
  }));
  const { id, name, timezone, slack, ms_teams } = tenant.org;
  return {
    org: {
      id,
      name,
      timezone,
      onboarding_status_id: metrics.length > 0 ? 300 : 1,
      connected_services: { slack, ms_teams },
    },
    mutedUntil: null,
    users: tenant.users.map((user) => seedUser(user, tenant)),
    credentials: new Map(
      tenant.users.map((user) => [
        user.id,
        { password: user.password, secondFactorCode: user.second_factor_code ?? null },
      ]),
    ),
    channels: structuredClone(tenant.channels),
    watchers: tenant.watchers.map((watcher) => seedWatcher(watcher, start)),
    exclusions: tenant.exclusions.map(({ days_old, note, created_user_id, ...rest }) => ({
      ...rest,
      note: note ?? null,
      created_timestamp: start - days_old * day,
      created_user_id: created_user_id ?? null,
    })),
    exclusionTypes: exclusionTypes(),
    adminAlerts: [seedAdminAlert(tenant, 1, "All metrics stopped"), seedAdminAlert(tenant, 2, "Some metrics stopped")],
    testAlertsFired: 0,
    outbox: [],
    metrics,
    metricsQuota: tenant.metrics_quota,
    lastIds: new Map(),
  };
}

function seedUser(user: TenantUser, tenant: Tenant): WireUser {
  return {
    id: user.id,
    org_id: tenant.org.id,
    name: user.name,
    email: user.email,
    phone_number: user.phone_number ?? null,
    slack_member_id: user.slack_member_id ?? null,
    demo: tenant.demo ?? false,
    admin: user.admin ?? false,
    notifications: { email_alerts: true },
    onboarding_flags: noFlags(),
  };
}

function seedWatcher(watcher: TenantWatcher, start: number): WireWatcher {
  const created = start - watcher.days_old * day;
  return {
    id: watcher.id,
    type: watcher.threshold ? "threshold" : "anomaly",
    name: watcher.name,
    chips: [...watcher.chips],
    alert: watcher.alert ?? false,
    alerts: structuredClone(watcher.alerts ?? []),
    expiration_seconds: watcher.expiration_seconds ?? 3600,
    summary_report_frequency: watcher.summary_report_frequency ?? null,
    threshold: watcher.threshold ? { ...watcher.threshold } : null,
    deleted: watcher.deleted ?? false,
    created_timestamp: created,
    created_string: momentString(created),
    updated_timestamp: created,
  };
}

function seedAdminAlert(tenant: Tenant, id: number, name: string): WireAdminAlert {
  const given = tenant.admin_alerts.find((alert) => alert.id === id);
  return {
    id,
    name,
    wait_seconds: given?.wait_seconds ?? 300,
    expiration_seconds: 3600,
    enabled: given?.enabled ?? false,
    alerts: structuredClone(given?.alerts ?? []),
  };
}

/** The next free id of a kind; `existing` may hold ids that came in from outside. */
export function nextId(
  state: OrganizationState,
  kind: string,
  existing: ReadonlyArray<{ id: number }>,
  first = 1,
): number {
  const highest = existing.reduce((high, { id }) => Math.max(high, id), state.lastIds.get(kind) ?? first - 1);
  state.lastIds.set(kind, highest + 1);
  return highest + 1;
}
