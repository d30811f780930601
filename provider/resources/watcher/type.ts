import type { AnomifyClient } from "../../../sdk/index.ts";
import type { LiveWatcher } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import type { CreatedObject } from "../../runtime/definition.ts";
import type { WatcherParams } from "./params.ts";

/** Request parameters of a rule: the one call that changes a watcher takes them for either type. */
export type RuleParams = Omit<Parameters<AnomifyClient["watcher"]["update"]>[0], keyof WatcherParams | "watcher_id">;

/**
 * What a type of watcher adds to the common part.
 *
 * @typeParam Rule inputs of the type alone
 * @typeParam Params request parameters of the type alone
 */
export interface WatcherType<Rule extends object, Params extends RuleParams> {
  /** Name of the resource's class. */
  readonly kind: string;
  /** What it is to alerting. */
  readonly role: "watcher" | "threshold-watcher";
  /** As the service names it. */
  readonly type: LiveWatcher["type"];
  readonly ruleToParams: (inputs: Rule) => Params;
  /** The inputs of the type alone. `recorded` lends what only the program has. */
  readonly ruleFromLive: (live: LiveWatcher, recorded: Partial<Rule>) => Rule;
  /** Sends the create, once. */
  create(
    org: Organization,
    params: WatcherParams & Params,
    fireTestAlert: boolean,
  ): Promise<CreatedObject<LiveWatcher>>;
}
