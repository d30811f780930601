import type { WireAdminAlert, WireAlert, WireChannel, WireThreshold } from "./wire.ts";

/** A person of a tenant, with what it takes to log in. */
export interface TenantUser {
  id: number;
  name: string;
  email: string;
  password: string;
  /** Code that this person must give after the password; fixed, so that tests can give it. */
  second_factor_code?: string;
  phone_number?: string;
  slack_member_id?: string;
  admin?: boolean;
}

/** A watcher that exists from the start. */
export interface TenantWatcher {
  id: number;
  name: string;
  chips: string[];
  alert?: boolean;
  alerts?: WireAlert[];
  expiration_seconds?: number;
  summary_report_frequency?: string;
  threshold?: WireThreshold;
  deleted?: boolean;
  /** Age at the start. */
  days_old: number;
}

/** An exclusion that exists from the start. */
export interface TenantExclusion {
  id: number;
  type: string;
  pattern: string;
  note?: string;
  created_user_id?: number;
  days_old: number;
}

/** Names of metrics: each `{place}` of the template is replaced with each of its values. */
export interface MetricFamily {
  template: string;
  values: Record<string, readonly string[]>;
}

/** An organization to start with. */
export interface Tenant {
  /** Name by which `simulator.organization(name)` finds it. */
  name: string;
  /** Organization token, 32 lower-case hex characters. */
  token: string;
  org: { id: number; name: string; timezone: string; slack: boolean; ms_teams: boolean };
  /** At least one, the first an admin. */
  users: TenantUser[];
  channels: WireChannel[];
  watchers: TenantWatcher[];
  exclusions: TenantExclusion[];
  /** By id; 1 and 2 are there in any case, 3 to 5 only in organizations that list them. `expiration_seconds` is 3600 unless it is set. */
  admin_alerts: (Pick<WireAdminAlert, "id" | "wait_seconds" | "enabled" | "alerts"> &
    Partial<Pick<WireAdminAlert, "expiration_seconds">>)[];
  metrics: MetricFamily[];
  /** Names that came in with the test mark. */
  test_metrics?: string[];
  /** Names that came in with the test mark and would not be kept. */
  dropped_test_metrics?: string[];
  /** How many metrics the organization pays for. */
  metrics_quota: number;
  /** Visitors may enter it without a password. */
  demo?: boolean;
}
