/**
 * Who is notified of which metric, as pure functions: for a team's unit tests, and for the commands of `anomify`.
 *
 * @module
 */

export { chipsOf, matchesChips, matchesPattern, silences } from "../domain/metrics/matching.ts";
export { type Coverage, coverage, type Overlap, overlaps } from "../domain/routing/coverage.ts";
export { type CoverageNode, coverageTree } from "../domain/routing/coverage-tree.ts";
export type { Recipient, Way } from "../domain/routing/lists.ts";
export type {
  Configuration,
  RoutedAdminAlert,
  RoutedExclusion,
  RoutedMetric,
  RoutedPerson,
  RoutedWatcher,
  Who,
} from "../domain/routing/model.ts";
export type { Reason, WhyNot } from "../domain/routing/obstacles.ts";
export { type Notification, type Recipients, recipientsOf, type Withheld } from "../domain/routing/recipients.ts";
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
} from "../domain/routing/replay.ts";
export {
  type Declaration,
  type DeclaredAdminAlert,
  type DeclaredExclusion,
  type DeclaredPerson,
  type DeclaredWatcher,
  declare,
} from "./declare.ts";
export { explain } from "./explain.ts";
export { fromInventory, fromOrganization, fromState, type OrganizationOptions } from "./sources.ts";
