import type { LiveWatcher } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import type { CreatedObject } from "../../runtime/definition.ts";
import type { LiveDescription, WatcherParams } from "./params.ts";

/**
 * What a type of watcher adds to the common part.
 *
 * @typeParam Rule inputs of the type alone
 * @typeParam Params request parameters of the type alone
 */
export interface WatcherType<Rule extends object, Params extends object> {
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
  update(org: Organization, id: number, params: WatcherParams & Params): Promise<LiveDescription>;
}
