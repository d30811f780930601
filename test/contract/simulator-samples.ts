import type { Simulator } from "pulumi-anomify/simulator";
import type { RequestParts } from "./openapi-validator.ts";

/** A request that must succeed. */
export interface Sample extends RequestParts {
  /** @default "token" */
  as?: "token" | "session" | "nobody" | "attempt";
}

/** Makes the sample of an operation; may prepare what it needs first. */
export type SampleMaker = (simulator: Simulator) => Sample | Promise<Sample>;

/** The time at which the samples are meant to be sent. */
export const samplesNow = 1_768_230_060;

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

const newcomer = { email: "new@example.com", user_name: "Nia New", org_name: "Example Org", timezone: "Europe/Paris" };
const labelled = 'http.requests{service="checkout",code="500"}';
const span = { from: String(samplesNow - 30 * 86_400), until: String(samplesNow) };
const page = { limit: "3", offset: "0" };

/** The latest anomaly. */
function anomalyOf(simulator: Simulator): { anomaly_id: string; metric: string; timestamp: string } {
  let found = { anomaly_id: "", metric: "", timestamp: "" };
  simulator.organization("acme").edit(({ anomalies, metrics }) => {
    const anomaly = anomalies.at(-1);
    const metric = metrics.find(({ id }) => id === anomaly?.metric_id);
    found = { anomaly_id: String(anomaly?.id), metric: metric?.name ?? "", timestamp: String(anomaly?.timestamp) };
  });
  return found;
}

/** A pattern that has matched. */
function patternOf(simulator: Simulator): { pattern_id: string; match_id: string; metric: string } {
  let found = { pattern_id: "", match_id: "", metric: "" };
  simulator.organization("acme").edit(({ matches, patterns, metrics }) => {
    const [match] = matches;
    const pattern = patterns.find(({ id }) => id === match?.pattern_id);
    const metric = metrics.find(({ id }) => id === pattern?.metric_id);
    found = { pattern_id: String(pattern?.id), match_id: String(match?.id), metric: metric?.name ?? "" };
  });
  return found;
}

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
  signupDemo: async (simulator) => {
    const { data } = (await (await fetch(`${simulator.url}/signup/demo-orgs`)).json()) as {
      data: { demo_orgs: { id: number }[] };
    };
    return { form: { email: "visitor@example.com", demo_org_id: String(data.demo_orgs[0]?.id) }, as: "nobody" };
  },
  listDemoOrgs: () => ({ as: "nobody" }),
  signup: () => ({ form: { ...newcomer, test_data: "true" }, as: "nobody" }),
  verifySignup: async (simulator) => {
    await post(simulator, "/signup/selfserve", newcomer);
    const verification_token = simulator.organization("Example Org").outbox().at(-1)?.token ?? "";
    return {
      form: { email: newcomer.email, verification_token, password_1: "a secret", password_2: "a secret" },
      as: "nobody",
    };
  },
  listAnomalies: (simulator) => ({ query: { metric: anomalyOf(simulator).metric, ...span, ...page } }),
  lookupAnomaly: (simulator) => {
    const { metric, timestamp } = anomalyOf(simulator);
    return { query: { metric, timestamp } };
  },
  trainAnomaly: (simulator) => ({
    form: { anomaly_id: anomalyOf(simulator).anomaly_id, label: "Sale", duration: "3600" },
    as: "session",
  }),
  getAnomaly: (simulator) => ({ path: { anomaly_id: anomalyOf(simulator).anomaly_id } }),
  getAnomalyImage: (simulator) => ({
    query: { anomaly_id: anomalyOf(simulator).anomaly_id, width: "320", height: "200" },
  }),
  getMetricImage: () => ({ query: { metric: labelled, ...span, width: "320", height: "200" } }),
  getMatch: (simulator) => ({ path: { match_id: patternOf(simulator).match_id } }),
  getMatchGraph: (simulator) => ({ path: { match_id: patternOf(simulator).match_id } }),
  getMatchMotifGraph: (simulator) => ({ path: { match_id: patternOf(simulator).match_id } }),
  getPattern: (simulator) => ({ path: { pattern_id: patternOf(simulator).pattern_id } }),
  disablePattern: (simulator) => ({ path: { pattern_id: patternOf(simulator).pattern_id } }),
  listPatternMatches: (simulator) => ({
    path: { pattern_id: patternOf(simulator).pattern_id },
    query: { ...span, ...page },
  }),
  getPatternTimeseries: (simulator) => ({ path: { pattern_id: patternOf(simulator).pattern_id } }),
  listPendingPatterns: async (simulator) => {
    const { anomaly_id } = anomalyOf(simulator);
    await post(simulator, "/anomaly/train", { anomaly_id, session_id: simulator.organization("acme").session() });
    return {};
  },
  getMetric: () => ({ path: { metric_name: labelled } }),
  listMetricAnomalies: (simulator) => ({
    path: { metric_name: anomalyOf(simulator).metric },
    query: { ...span, ...page },
  }),
  getMetricAnomalySummary: (simulator) => ({ path: { metric_name: anomalyOf(simulator).metric }, query: span }),
  getMetricBundle: (simulator) => ({ path: { metric_name: patternOf(simulator).metric }, query: span }),
  getMetricGraph: (simulator) => ({
    path: { metric_name: patternOf(simulator).metric },
    query: {
      ...span,
      display_x_axis: "below",
      display_y_axis: "right",
      display_legend: "true",
      display_anomalies: "true",
      display_matches: "true",
    },
  }),
  listMetricPatterns: (simulator) => ({ path: { metric_name: patternOf(simulator).metric } }),
  getMetricTimeseries: () => ({ path: { metric_name: labelled }, query: span }),
  getMetricExpectedRange: () => ({ path: { metric_name: labelled }, query: span }),
  listMetrics: () => ({ query: { search: "checkout", ...page } }),
  listMostAnomalousMetrics: () => ({ query: { ...span, limit: "5" } }),
  listMostRecentlyAnomalousMetrics: () => ({ query: { limit: "5" } }),
  listMostRecentlyMatchedMetrics: () => ({ query: { limit: "5" } }),
  listPhoneCodes: () => ({ as: "nobody" }),
  getTimeSince: () => ({ query: { timestamp: span.from }, as: "nobody" }),
  getEventSenderScript: () => ({ as: "nobody" }),
  getAdminAlertByCode: (simulator) => {
    let alert_code = "";
    simulator.organization("acme").edit((state) => {
      alert_code = state.sentAdminAlerts[0]?.code ?? "";
    });
    return { path: { alert_code } };
  },
  listOrgEvents: () => ({ query: { ...span, ...page } }),
  listQuotaMetrics: () => ({ query: page }),
  getOrgGraph: () => ({ query: span }),
  removeQuotaMetrics: () => ({ form: { metrics: "prod.web1.cart.cpu,prod.web1.cart.memory" } }),
  stripeCallback: () => ({ as: "nobody" }),
  getOrgSummary: () => ({ query: span }),
  listTestMetrics: () => ({ query: { metrics_limit: "2" } }),
  billingCheckoutCallback: () => ({ query: { checkout_session_id: "cs_1" }, as: "session" }),
  getBillingCheckoutSession: () => ({ query: { plan: "large" }, as: "session" }),
  getBillingPortalSession: () => ({ as: "session" }),
  listBillingHistory: () => ({ query: { from: "0", ...page }, as: "session" }),
};
