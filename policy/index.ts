/**
 * Rules for Anomify configuration: plain functions, and a policy pack for Pulumi made of them.
 *
 * @module
 */
export { matchesChips } from "../routing/matching.ts";
