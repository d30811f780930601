/**
 * Who is told about which metric, as pure functions: for a team's unit tests, and for the commands of `anomify`.
 *
 * @module
 */
export { chipsOf, matchesChips, matchesPattern } from "./matching.ts";
