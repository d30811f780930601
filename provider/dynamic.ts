/**
 * What Pulumi's provider process loads: one object per kind. Loads no Pulumi SDK, reads no environment at load time.
 *
 * @module
 */
export * from "./dynamic.gen.ts";
