import type { ParamSpecs } from "../params.ts";

/** Seconds of each expiration_time_unit. */
export const units: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
};
const frequency =
  /^(daily-([01][0-9]|2[0-3]):[0-5][0-9]|weekly-(monday|tuesday|wednesday|thursday|friday|saturday|sunday)|monthly-([1-9]|[12][0-9]|3[01]))$/;

const common = {
  expiration_time: { type: "number" },
  expiration_time_unit: { type: "string", enum: Object.keys(units) },
  alert: { type: "boolean" },
} satisfies ParamSpecs;

/** Parameters of a rule, apart from its condition. */
const ruleValues = {
  threshold_value: { type: "number", pattern: /^-?[0-9]+(\.[0-9]+)?$/ },
  threshold_times: { type: "integer", minimum: 1 },
  threshold_function: { type: "string", enum: ["mean", "median"] },
  threshold_function_seconds: { type: "integer" },
  threshold_minimum_avg: { type: "number", pattern: /^-?[0-9]+(\.[0-9]+)?$/ },
  threshold_minimum_avg_seconds: { type: "integer" },
} satisfies ParamSpecs;

const condition = {
  type: "string",
  enum: ["greater_than", "less_than", "drop_off_cliff"],
} satisfies ParamSpecs[string];
const rule = { threshold_condition: condition, ...ruleValues } satisfies ParamSpecs;

const clearable = <Specs extends ParamSpecs>(specs: Specs): ParamSpecs =>
  Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, { ...spec, clearable: true }]));

/** Of POST /watcher/create: nothing may be empty. */
export const createParams = {
  chips: { type: "csv", minLength: 1, required: true },
  name: { type: "string", minLength: 1, required: true },
  ...common,
  slack_channel: { type: "string" },
  ms_teams_webhook: { type: "url" },
  email_users: { type: "csv-integer" },
  sms_users: { type: "csv-integer" },
  slack_mention_users: { type: "csv-integer" },
  summary_report_frequency: { type: "string", pattern: frequency },
  summary_report_users: { type: "csv-integer" },
  fire_test_alert: { type: "boolean" },
} satisfies ParamSpecs;

/** Of POST /watcher/{watcher_id}/update: left out keeps, empty clears. */
export const updateParams = {
  chips: { type: "csv", minLength: 1 },
  name: { type: "string", minLength: 1 },
  ...common,
  slack_channel: { type: "string", clearable: true },
  ms_teams_webhook: { type: "url", clearable: true },
  email_users: { type: "csv-integer", clearable: true },
  sms_users: { type: "csv-integer", clearable: true },
  slack_mention_users: { type: "csv-integer", clearable: true },
  summary_report_frequency: { type: "string", pattern: frequency, clearable: true },
  summary_report_users: { type: "csv-integer", clearable: true },
  threshold_condition: condition,
  ...clearable(ruleValues),
} satisfies ParamSpecs;

export const watcherId = { watcher_id: { type: "integer", required: true } } satisfies ParamSpecs;

/** What must stand beside a parameter at creation. */
export const createNeeds = {
  summary_report_frequency: ["summary_report_users"],
  slack_mention_users: ["slack_channel"],
};

/** Of POST /watcher/threshold. */
export const thresholdParams = {
  ...createParams,
  ...rule,
  threshold_condition: { ...rule.threshold_condition, required: true },
} satisfies ParamSpecs;

/** Parameters of the rule, for threshold watchers only. */
export const ruleNames: readonly string[] = Object.keys(rule);
