/**
 * Anomify configuration as code: the resources, `Provider` for several organizations, and look-ups of what there is.
 *
 * @module
 */

export * from "./classes.gen.ts";
export type * from "./lookups/results.ts";
export * from "./program/functions.ts";
export type { InputArgs, LookupOptions } from "./program/invoke.ts";
export { Provider, type ProviderArgs } from "./program/provider.ts";
export type * from "./types.gen.ts";
