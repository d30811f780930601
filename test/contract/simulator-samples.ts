import type { Simulator } from "pulumi-anomify/simulator";
import type { RequestParts } from "./openapi-validator.ts";

/** A request that must succeed. */
export interface Sample extends RequestParts {
  /** @default "token" */
  as?: "token" | "session" | "nobody" | "attempt";
}

/** Makes the sample of an operation; may prepare what it needs first. */
export type SampleMaker = (simulator: Simulator) => Sample | Promise<Sample>;

const watcher = {
  chips: "checkout,latency",
  name: "Checkout latency",
  alert: "true",
  slack_channel: "ops-alerts",
  ms_teams_webhook: "https://example.com/teams-webhook",
  expiration_time: "15",
  expiration_time_unit: "minute",
  email_users: "101,102",
  sms_users: "101",
  slack_mention_users: "101",
  summary_report_frequency: "weekly-monday",
  summary_report_users: "102",
};
const rule = { threshold_condition: "greater_than", threshold_value: "500", threshold_times: "3" };
const adminAlerts = {
  type_1_enabled: "true",
  type_1_email_users: "101,102",
  type_1_sms_users: "101",
  type_1_slack_channel: "ops-alerts",
  type_1_wait_seconds: "300",
  type_2_enabled: "false",
  type_2_email_users: "101",
  type_2_sms_users: "103",
  type_2_slack_channel: "general",
  type_2_wait_seconds: "900",
};
const passwords = { old_password: "correct horse ana", new_password_1: "another one", new_password_2: "another one" };

async function post(simulator: Simulator, path: string, form: Record<string, string>): Promise<void> {
  await fetch(simulator.url + path, { method: "POST", body: new URLSearchParams(form) });
}

/** A request with all parameters for each operation, against tenant acme. */
export const samples: Readonly<Record<string, SampleMaker>> = {
  createWatcher: () => ({ form: { ...watcher, fire_test_alert: "true" } }),
  createThresholdWatcher: () => ({ form: { ...watcher, ...rule, fire_test_alert: "false" } }),
  updateWatcher: () => ({ path: { watcher_id: "502" }, form: { ...watcher, ...rule } }),
  deleteWatcher: () => ({ path: { watcher_id: "501" } }),
  undeleteWatcher: () => ({ path: { watcher_id: "499" } }),
  listWatchers: () => ({ query: { include_deleted: "true" } }),
  listChips: () => ({ query: { chips: "checkout,latency", metrics_limit: "3" } }),
  addExclusion: () => ({ form: { type: "skip_analysis", pattern: "staging", note: "Noise" }, as: "session" }),
  deleteExclusion: () => ({ form: { exclusion_id: "31" } }),
  listExclusions: () => ({}),
  testExclusion: () => ({ query: { type: "skip_analysis", pattern: "staging.loadtest", metrics_limit: "2" } }),
  listExclusionTypes: () => ({}),
  getOrg: () => ({}),
  updateOrg: () => ({ form: { name: "Acme Two", timezone: "Europe/Paris", mute_minutes: "30" } }),
  listUsers: () => ({}),
  listChannels: () => ({}),
  listAdminAlerts: () => ({}),
  updateAdminAlerts: () => ({ form: adminAlerts }),
  updateAdminAlertsDeprecated: () => ({ form: adminAlerts }),
  getUser: () => ({ query: { user_id: "101" } }),
  updateUser: () => ({
    form: {
      user_id: "102",
      name: "Ben",
      phone_number: "+441632960102",
      slack_member_id: "U0BEN",
      email_alerts: "false",
    },
  }),
  deleteUser: () => ({ form: { user_id: "102" } }),
  pingUser: () => ({ as: "session" }),
  logout: () => ({ as: "session" }),
  reportIssue: () => ({ form: { message: "Help" }, as: "session" }),
  updatePassword: () => ({ form: passwords, as: "session" }),
  updatePasswordOld: () => ({ form: passwords, as: "session" }),
  login: () => ({ form: { email: "ana@acme.example", password: "correct horse ana" }, as: "nobody" }),
  validateClient: async (simulator) => {
    await post(simulator, "/login", { email: "chidi@acme.example", password: "correct horse chidi" });
    const token = simulator.organization("acme").outbox().at(-1)?.token ?? "";
    return {
      form: { code: simulator.organization("acme").secondFactorCode("chidi@acme.example"), token },
      as: "attempt",
    };
  },
  forgotPassword: () => ({ form: { email: "ana@acme.example" }, as: "nobody" }),
  resetPassword: async (simulator) => {
    await post(simulator, "/login/forgotpassword", { email: "ana@acme.example" });
    const token = simulator.organization("acme").outbox().at(-1)?.token ?? "";
    return { form: { token, new_password_1: "another one", new_password_2: "another one" }, as: "nobody" };
  },
  ping: () => ({ as: "nobody" }),
  getStatus: () => ({ as: "nobody" }),
  getOpenApi: () => ({ as: "nobody" }),
  listTimezones: () => ({ as: "nobody" }),
};
