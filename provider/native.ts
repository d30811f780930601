/**
 * The resources, `Provider` and look-ups of `pulumi-anomify`, served by the native plugin: for stacks of hundreds of resources,
 * and for `pulumi import`. A program moves by the name that it imports from.
 *
 * @module
 */

export type * from "./lookups/results.ts";
export * from "./native.gen.ts";
export * from "./program/functions.ts";
export type { InputArgs, LookupOptions } from "./program/invoke.ts";
export { Provider } from "./program/native-provider.ts";
export type { ProviderArgs } from "./program/provider.ts";
export type * from "./types.gen.ts";
