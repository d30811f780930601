import type { Call } from "../call.ts";
import { checkChannel, checkPeople } from "../recipients.ts";
import type { WatcherAlertMethod, WireAlert, WireWatcher } from "../wire.ts";
import { ruleNames, units } from "./watcher-params.ts";

const leastExpirationSeconds = 60;

/** Methods in the order in which a reply lists them, with the parameter that sets each. */
const methods: ReadonlyArray<readonly [WatcherAlertMethod, string]> = [
  ["email", "email_users"],
  ["sms", "sms_users"],
  ["slack", "slack_channel"],
  ["slack_mention", "slack_mention_users"],
  ["ms_teams", "ms_teams_webhook"],
  ["summary_email", "summary_report_users"],
];

/** Recipients after the request: a parameter that was sent replaces those of its method. */
export function alertsAfter(call: Call, before: readonly WireAlert[]): WireAlert[] {
  return methods.flatMap(([method, parameter]) => {
    if (!call.params.has(parameter)) return before.filter((alert) => alert.method === method);
    const single = method === "slack" || method === "ms_teams";
    const refs = single ? [call.params.text(parameter) ?? ""].filter(Boolean) : (call.params.list(parameter) ?? []);
    return refs.map((ref) => ({ method, ref }));
  });
}

/** The default of the time is taken in whatever unit is sent: what the service makes of that is unknown. */
export function expirationSeconds(call: Call): number | undefined {
  const time = call.params.number("expiration_time");
  const unit = call.params.text("expiration_time_unit");
  if (time === undefined && unit === undefined) return undefined;
  return Math.round((time ?? 3600) * (units[unit ?? "second"] ?? 1));
}

/** Notes what is wrong beyond the form of single parameters; `before` is the watcher to be updated. */
export function checkWatcher(call: Call, before?: WireWatcher): void {
  checkPeople(call, "email_users");
  checkPeople(call, "sms_users", "phone_number");
  checkPeople(call, "slack_mention_users", "slack_member_id");
  checkPeople(call, "summary_report_users");
  checkChannel(call, "slack_channel");
  const seconds = expirationSeconds(call);
  if (seconds !== undefined && seconds < leastExpirationSeconds) {
    call.problems.add("expiration_time", `Must be at least ${leastExpirationSeconds} seconds.`);
  }
  if (before) checkResult(call, before);
}

/** The same of a threshold watcher to be created. */
export function checkThreshold(call: Call): void {
  checkWatcher(call);
  const hasValue = call.params.has("threshold_value");
  // A value that came and was refused has its reason already.
  if (!hasValue && call.params.text("threshold_condition") !== "drop_off_cliff") {
    call.problems.add("threshold_value", "Is missing.");
  }
}

/** What must hold after an update that touches one of two parameters that belong together. */
function checkResult(call: Call, before: WireWatcher): void {
  const { params, problems } = call;
  const after = alertsAfter(call, before.alerts);
  const has = (method: WatcherAlertMethod) => after.some((alert) => alert.method === method);
  const sent = (...names: string[]) => names.some((name) => params.has(name));
  const reports = params.text("summary_report_frequency") ?? before.summary_report_frequency;
  if (sent("summary_report_frequency", "summary_report_users") && reports && !has("summary_email")) {
    problems.add("summary_report_users", "At least one is needed for summary reports.");
  }
  if (sent("slack_channel", "slack_mention_users") && has("slack_mention") && !has("slack")) {
    problems.add("slack_mention_users", "Needs slack_channel.");
  }
  if (before.type === "threshold") return;
  for (const name of ruleNames) if (params.has(name)) problems.add(name, "For threshold watchers only.");
}
