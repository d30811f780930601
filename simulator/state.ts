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

/** A metric; its data points are computed from its name and the time. */
export interface StoredMetric {
  id: number;
  name: string;
  first_timestamp: number;
  /** Has sent nothing since; null while it sends. */
  stopped_timestamp: number | null;
}

/** An anomaly. */
export interface StoredAnomaly {
  id: number;
  metric_id: number;
  value: number;
  score: number;
  timestamp: number;
  until_timestamp: number;
}

/** A shape that was learnt, or is being learnt. */
export interface StoredPattern {
  id: number;
  metric_id: number;
  anomaly_id: number | null;
  creator_user_id: number | null;
  duration: number;
  created_timestamp: number;
  /** Pending until then. */
  ready_timestamp: number;
  enabled: boolean;
  /** Times it was tried. */
  checks: number;
  label: string | null;
}

/** A run in which a pattern explained the data. */
export interface StoredMatch {
  id: number;
  pattern_id: number;
  timestamp: number;
}

/** What the metrics of an organization show. */
export interface Telemetry {
  metrics: StoredMetric[];
  anomalies: StoredAnomaly[];
  patterns: StoredPattern[];
  matches: StoredMatch[];
}

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

/** Something that happened in the organization. */
export interface StoredEvent {
  id: number;
  type: string;
  message: string;
  timestamp: number;
  user_id: number | null;
}

/** An admin alert that went out; the code stands in the link of its message. */
export interface SentAdminAlert {
  code: string;
  admin_alert_id: number;
  timestamp: number;
  metrics: string[];
}

/** Everything the service holds about one organization. Alerts and exclusions refer to people by id. */
export interface OrganizationState extends Telemetry {
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
  events: StoredEvent[];
  sentAdminAlerts: SentAdminAlert[];
  /** Names that came in with the test mark. */
  testMetrics: string[];
  /** Those of them that would not be kept. */
  droppedTestMetrics: string[];
  metricsQuota: number;
  /** Highest ids given out, by kind: an id never comes back. */
  lastIds: Map<string, number>;
}

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
