/**
 * Who is told about which metric, as pure functions: for a team's unit tests, and for the commands of `anomify`.
 *
 * @module
 */
export { type Coverage, coverage, type Overlap, overlaps } from "./coverage.ts";
export { type CoverageNode, coverageTree } from "./coverage-tree.ts";
export {
  type Declaration,
  type DeclaredAdminAlert,
  type DeclaredExclusion,
  type DeclaredPerson,
  type DeclaredWatcher,
  declare,
} from "./declare.ts";
export { explain } from "./explain.ts";
export type { Recipient, Way } from "./lists.ts";
export { chipsOf, matchesChips, matchesPattern, silences } from "./matching.ts";
export type {
  Configuration,
  RoutedAdminAlert,
  RoutedExclusion,
  RoutedMetric,
  RoutedPerson,
  RoutedWatcher,
  Who,
} from "./model.ts";
export type { Reason, WhyNot } from "./obstacles.ts";
export { type Notification, type Recipients, recipientsOf, type Withheld } from "./recipients.ts";
export {
  type ComparedMessages,
  compare,
  type Messages,
  type Replay,
  type ReplayedAlert,
  type ReplayedAnomaly,
  replay,
  replayWatcher,
  type Span,
  type WatcherCounts,
} from "./replay.ts";
export { fromInventory, fromOrganization, fromState, type OrganizationOptions } from "./sources.ts";
