/**
 * Who is told about which metric, as pure functions: for a team's unit tests, and for the commands of `anomify`.
 *
 * @module
 */
export {
  type Declaration,
  type DeclaredAdminAlert,
  type DeclaredExclusion,
  type DeclaredPerson,
  type DeclaredWatcher,
  declare,
} from "./declare.ts";
export { chipsOf, matchesChips, matchesPattern } from "./matching.ts";
export type {
  Configuration,
  RoutedAdminAlert,
  RoutedExclusion,
  RoutedMetric,
  RoutedPerson,
  RoutedWatcher,
  Who,
} from "./model.ts";
export { fromInventory, fromOrganization, fromState, type OrganizationOptions } from "./sources.ts";
