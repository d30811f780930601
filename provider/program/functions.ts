import type * as pulumi from "@pulumi/pulumi";
import type * as results from "../lookups/results.ts";
import { type InputArgs, invoke, invokeOutput, type LookupOptions } from "./invoke.ts";

/**
 * Look-ups: what an organization has, for a program to choose from. They run in the program, in previews too, and read only.
 * Each list is asked for once per run, however many calls there are, so that nothing that the run itself changes shows.
 */

type Args<Given> = pulumi.Input<InputArgs<Given>>;

/**
 * A person of the organization, by e-mail address or user id. Fails when there is none, with the addresses that are near.
 *
 * @example
 * const ana = await anomify.getUser({ email: "ana@acme.example" });
 */
export function getUser(args: results.GetUserArgs, opts?: LookupOptions): Promise<results.GetUserResult> {
  return invoke("getUser", args, opts);
}
/** As `getUser`, with arguments that may be known only later. */
export function getUserOutput(
  args: Args<results.GetUserArgs>,
  opts?: LookupOptions,
): pulumi.Output<results.GetUserResult> {
  return invokeOutput("getUser", args, opts);
}

/** All people of the organization. */
export function getUsers(opts?: LookupOptions): Promise<results.GetUserResult[]> {
  return invoke("getUsers", {}, opts);
}
/** As `getUsers`, as an output: for a provider whose settings are known only later. */
export function getUsersOutput(opts?: LookupOptions): pulumi.Output<results.GetUserResult[]> {
  return invokeOutput("getUsers", {}, opts);
}

/**
 * A Slack channel that can be alerted, by name. Fails when the organization has no such channel, with the names that are near.
 *
 * @example
 * const ops = await anomify.getChannel({ name: "#ops-alerts" });
 */
export function getChannel(args: results.GetChannelArgs, opts?: LookupOptions): Promise<results.GetChannelResult> {
  return invoke("getChannel", args, opts);
}
/** As `getChannel`, with arguments that may be known only later. */
export function getChannelOutput(
  args: Args<results.GetChannelArgs>,
  opts?: LookupOptions,
): pulumi.Output<results.GetChannelResult> {
  return invokeOutput("getChannel", args, opts);
}

/** All Slack channels that can be alerted. Empty while Slack is not connected. */
export function getChannels(opts?: LookupOptions): Promise<results.GetChannelResult[]> {
  return invoke("getChannels", {}, opts);
}
/** As `getChannels`, as an output: for a provider whose settings are known only later. */
export function getChannelsOutput(opts?: LookupOptions): pulumi.Output<results.GetChannelResult[]> {
  return invokeOutput("getChannels", {}, opts);
}

/**
 * The chips that a watcher can choose, and how many metrics the chosen ones match.
 *
 * @example
 * const { metricsCount } = await anomify.getChips({ chips: ["checkout", "latency"] });
 */
export function getChips(args: results.GetChipsArgs = {}, opts?: LookupOptions): Promise<results.GetChipsResult> {
  return invoke("getChips", args, opts);
}
/** As `getChips`, with arguments that may be known only later. */
export function getChipsOutput(
  args: Args<results.GetChipsArgs> = {},
  opts?: LookupOptions,
): pulumi.Output<results.GetChipsResult> {
  return invokeOutput("getChips", args, opts);
}

/**
 * Metrics that the organization sends, at most `limit`.
 *
 * @example
 * const errors = await anomify.getMetrics({ search: "prod.errors", limit: 20 });
 */
export function getMetrics(
  args: results.GetMetricsArgs = {},
  opts?: LookupOptions,
): Promise<results.GetMetricResult[]> {
  return invoke("getMetrics", args, opts);
}
/** As `getMetrics`, with arguments that may be known only later. */
export function getMetricsOutput(
  args: Args<results.GetMetricsArgs> = {},
  opts?: LookupOptions,
): pulumi.Output<results.GetMetricResult[]> {
  return invokeOutput("getMetrics", args, opts);
}

/**
 * The one watcher of this name. Fails when there is none, with the names that are near, and when there are several.
 *
 * @example
 * const { chips } = await anomify.getWatcher({ name: "Checkout latency" });
 */
export function getWatcher(args: results.GetWatcherArgs, opts?: LookupOptions): Promise<results.GetWatcherResult> {
  return invoke("getWatcher", args, opts);
}
/** As `getWatcher`, with arguments that may be known only later. */
export function getWatcherOutput(
  args: Args<results.GetWatcherArgs>,
  opts?: LookupOptions,
): pulumi.Output<results.GetWatcherResult> {
  return invokeOutput("getWatcher", args, opts);
}

/** Watchers of both types. All of them, those of one name, or the softly deleted ones. */
export function getWatchers(
  args: results.GetWatchersArgs = {},
  opts?: LookupOptions,
): Promise<results.GetWatcherResult[]> {
  return invoke("getWatchers", args, opts);
}
/** As `getWatchers`, with arguments that may be known only later. */
export function getWatchersOutput(
  args: Args<results.GetWatchersArgs> = {},
  opts?: LookupOptions,
): pulumi.Output<results.GetWatcherResult[]> {
  return invokeOutput("getWatchers", args, opts);
}

/** The kinds of exclusion that Anomify has. */
export function getExclusionTypes(opts?: LookupOptions): Promise<results.GetExclusionTypeResult[]> {
  return invoke("getExclusionTypes", {}, opts);
}
/** As `getExclusionTypes`, as an output: for a provider whose settings are known only later. */
export function getExclusionTypesOutput(opts?: LookupOptions): pulumi.Output<results.GetExclusionTypeResult[]> {
  return invokeOutput("getExclusionTypes", {}, opts);
}

/** The organization that the settings lead to. */
export function getOrganization(opts?: LookupOptions): Promise<results.GetOrganizationResult> {
  return invoke("getOrganization", {}, opts);
}
/** As `getOrganization`, as an output: for a provider whose settings are known only later. */
export function getOrganizationOutput(opts?: LookupOptions): pulumi.Output<results.GetOrganizationResult> {
  return invokeOutput("getOrganization", {}, opts);
}
