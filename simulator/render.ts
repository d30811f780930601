import type { OrganizationState, StoredExclusion } from "./state.ts";
import { momentString } from "./time.ts";
import type {
  WireAdminAlert,
  WireAlert,
  WireAlertMuting,
  WireExclusion,
  WireOrg,
  WireUser,
  WireWatcher,
} from "./wire.ts";

// From what is kept to what is sent. All results are fresh copies.

/** The organization, with its muting as it is at that moment. */
export function renderOrg(state: OrganizationState, now: number): WireOrg {
  const { id, name, timezone, ...rest } = structuredClone(state.org);
  return { id, name, timezone, alert_muting: muting(state.mutedUntil, now), ...rest };
}

function muting(until: number | null, now: number): WireAlertMuting {
  if (until === null || until <= now) {
    return { muted: false, muted_until_timestamp: null, muted_until_timestamp_string: null, minutes_remaining: null };
  }
  return {
    muted: true,
    muted_until_timestamp: until,
    muted_until_timestamp_string: momentString(until),
    minutes_remaining: Math.ceil((until - now) / 60),
  };
}

/** A person, with the organization inside, as in every documented reply. */
export function renderUser(state: OrganizationState, user: WireUser, now: number): WireUser {
  const { notifications, onboarding_flags, ...rest } = structuredClone(user);
  return { ...rest, org: renderOrg(state, now), notifications, onboarding_flags };
}

/** The person with this id, or undefined. */
export function findUser(state: OrganizationState, id: number | string | null): WireUser | undefined {
  return state.users.find((user) => String(user.id) === String(id));
}

const methodsOfPeople = new Set(["email", "sms", "slack_mention", "summary_email"]);

function renderAlert<Method extends string>(
  state: OrganizationState,
  alert: WireAlert<Method>,
  now: number,
): WireAlert<Method> {
  const { method, ref } = alert;
  const user = methodsOfPeople.has(method) ? findUser(state, ref) : undefined;
  return { method, ref, ...(user && { user: renderUser(state, user, now) }) };
}

/** A watcher, with the people it notifies, inside. */
export function renderWatcher(state: OrganizationState, watcher: WireWatcher, now: number): WireWatcher {
  return { ...structuredClone(watcher), alerts: watcher.alerts.map((alert) => renderAlert(state, alert, now)) };
}

/** An exclusion, with the person who made it inside; null when made with the token, or when the person is gone. */
export function renderExclusion(state: OrganizationState, exclusion: StoredExclusion, now: number): WireExclusion {
  const { created_user_id, ...rest } = exclusion;
  const user = findUser(state, created_user_id);
  return { ...rest, created_user: user ? renderUser(state, user, now) : null };
}

/** All admin alerts, with the people they notify, inside. */
export function renderAdminAlerts(state: OrganizationState, now: number): WireAdminAlert[] {
  return state.adminAlerts.map((alert) => ({
    ...structuredClone(alert),
    alerts: alert.alerts.map((target) => renderAlert(state, target, now)),
  }));
}
