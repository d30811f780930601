/**
 * Rules for Anomify configuration: plain functions, and a policy pack for Pulumi made of them.
 *
 * @module
 */
export {
  type CheckOptions,
  checkAll,
  type EnforcementLevel,
  type RuleName,
  type RuleOptions,
  rules,
} from "./check.ts";
export { type AnomifyPolicy, createPolicyPack, type PolicyPackOptions, policies } from "./pack.ts";
export type { Finding, Rule, SettingSchema, Severity } from "./rule.ts";
export { adminAlertsOn } from "./rules/admin-alerts.ts";
export { exclusionsCarryNoteAndUntil } from "./rules/exclusions.ts";
export { prodWatchersAreRealTime } from "./rules/production.ts";
export { minimumExpiration, noBroadChips, nobodyNotified } from "./rules/watchers.ts";
export {
  NotKnown,
  type PolicyAdminAlert,
  type PolicyConfiguration,
  type PolicyExclusion,
  type PolicyOrgSettings,
  type PolicyPerson,
  type PolicyWatcher,
} from "./subject.ts";
