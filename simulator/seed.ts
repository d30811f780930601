import { hash } from "./random.ts";
import type { OrganizationState, SentAdminAlert, StoredEvent, Telemetry } from "./state.ts";
import { noFlags } from "./state.ts";
import { seedTelemetry } from "./telemetry.ts";
import type { Tenant, TenantUser, TenantWatcher } from "./tenant.ts";
import { momentString } from "./time.ts";
import type { WireAdminAlert, WireExclusionType, WireUser, WireWatcher } from "./wire.ts";

const day = 86_400;

const exclusionTypes = (): WireExclusionType[] => [
  { type: "skip_analysis", name: "Skip analysis", description: "Matching metrics are kept but not analyzed." },
  {
    type: "no_stale_alert",
    name: "No alert when stopped",
    description: "Nobody is notified when a matching metric stops.",
  },
  {
    type: "no_learning",
    name: "No automatic learning",
    description: "Repeated shapes of matching metrics are not learnt.",
  },
  // The keys of the engine, for the same effects.
  { type: "skip_metrics", name: "Skip metrics", description: "Matching metrics are not kept, or not analyzed." },
  { type: "drop_metrics", name: "Drop metrics", description: "The same as skip_metrics." },
  {
    type: "learn_repetitive_patterns",
    name: "Learn repetitive patterns",
    description: "Repeated shapes of matching metrics are not learnt.",
  },
  {
    type: "alert_on_stale_metrics",
    name: "Alert on stale metrics",
    description: "Nobody is alerted when a matching metric stops.",
  },
];

/** By id, from 1. Only the first two can be set. */
const adminAlertNames = [
  "All metrics stopped",
  "Some metrics stopped",
  "Metric quota exceeded",
  "Threshold matches too many metrics",
  "Invalid metrics",
];

/** The state an organization starts with. */
export function seedOrganization(tenant: Tenant, now: number): OrganizationState {
  const start = Math.floor(now);
  const telemetry = seedTelemetry(tenant, start);
  const { id, name, timezone, slack, ms_teams } = tenant.org;
  return {
    org: {
      id,
      name,
      timezone,
      onboarding_status_id: telemetry.metrics.length > 0 ? 300 : 1,
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
    adminAlerts: adminAlertNames
      .map((title, index) => seedAdminAlert(tenant, index + 1, title))
      .filter((alert) => alert.id <= 2 || tenant.admin_alerts.some((listed) => listed.id === alert.id)),
    testAlertsFired: 0,
    outbox: [],
    ...telemetry,
    events: seedEvents(tenant, start),
    sentAdminAlerts: seedSentAdminAlerts(tenant, telemetry),
    testMetrics: [...(tenant.test_metrics ?? [])],
    droppedTestMetrics: [...(tenant.dropped_test_metrics ?? [])],
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
    expiration_seconds: given?.expiration_seconds ?? 3600,
    enabled: given?.enabled ?? false,
    alerts: structuredClone(given?.alerts ?? []),
  };
}

function seedEvents(tenant: Tenant, start: number): StoredEvent[] {
  const user_id = tenant.users[0]?.id ?? null;
  const happened = [
    { type: "org_created", message: "The organization has been created.", days_old: 90 },
    ...tenant.watchers.map(({ name, days_old }) => ({
      type: "watcher_created",
      message: `Watcher "${name}" has been created.`,
      days_old,
    })),
  ];
  return happened
    .sort((a, b) => b.days_old - a.days_old)
    .map(({ type, message, days_old }, index) => ({
      id: index + 1,
      type,
      message,
      timestamp: start - days_old * day,
      user_id,
    }));
}

/** The metrics that have stopped were reported, five minutes later. */
function seedSentAdminAlerts(tenant: Tenant, { metrics }: Telemetry): SentAdminAlert[] {
  const stopped = metrics.filter(({ stopped_timestamp }) => stopped_timestamp !== null);
  const timestamp = stopped[0]?.stopped_timestamp;
  if (!timestamp) return [];
  const code = hash(`${tenant.name} stopped`).toString(16).padStart(8, "0");
  return [{ code, admin_alert_id: 2, timestamp: timestamp + 300, metrics: stopped.map(({ name }) => name) }];
}
