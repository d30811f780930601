/**
 * Matchers of vitest over `pulumi-anomify/routing`.
 *
 * @module
 */
export { matchesChips } from "./matching.ts";
