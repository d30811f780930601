import * as pulumi from "@pulumi/pulumi";
import { type ProviderArgs, providerInputs, remember } from "./provider.ts";

/**
 * One Anomify organization, for programs that manage several: pass it as `{ provider }`. A program with a single one needs
 * none, and sets `anomify:token` in the stack's config.
 *
 * @example
 * const eu = new anomify.Provider("eu", { token: config.requireSecret("euToken") });
 * new anomify.Watcher("cpu", { name: "CPU", chips: ["cpu"] }, { provider: eu });
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs, opts?: pulumi.ResourceOptions) {
    const inputs = providerInputs(name, args);
    // Without the alias a stack that moves would get a second provider, and lose the first. The settings keep the names of the
    // dynamic host: where it finds no change, the engine configures a provider with what the state has, not with what it is given.
    const moved: pulumi.ResourceOptions = { aliases: [{ type: "pulumi:providers:pulumi-nodejs" }] };
    super("anomify", name, { ...inputs }, pulumi.mergeOptions(moved, opts));
    remember(this, inputs);
  }
}
