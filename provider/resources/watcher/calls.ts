import { type LiveWatcher, replyTime } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import type { Values } from "../../runtime/define.ts";
import type { WatcherComputed, WatcherInputs } from "./fields.ts";
import { fromWire, toWire } from "./wire.ts";

/** What a type of watcher adds to the common part. */
export interface WatcherKind<Inputs extends WatcherInputs> {
  readonly kind: string;
  readonly type: "anomaly" | "threshold";
  readonly ruleToWire: (inputs: Inputs) => Values;
  readonly ruleFromWire: (live: LiveWatcher) => Partial<Inputs>;
  /** Input that lifts the limit on the number of metrics, where there is one. */
  readonly limited?: ReadonlyArray<keyof Inputs & string>;
  /** What only the program has, and a list does not tell. */
  readonly ours?: (recorded: Partial<Inputs>) => Partial<Inputs>;
  readonly post: (org: Organization, params: Values) => Promise<{ item: LiveWatcher; at: number }>;
}

export async function outputs<Inputs extends WatcherInputs>(
  kind: WatcherKind<Inputs>,
  org: Organization,
  live: LiveWatcher,
  recorded: Partial<Inputs>,
  lastWrite: number,
): Promise<Inputs & WatcherComputed> {
  const ours = kind.ours?.(recorded) ?? {};
  const read = { ...(await fromWire(org, live, recorded)), ...kind.ruleFromWire(live), ...ours, lastWrite };
  return read as unknown as Inputs & WatcherComputed;
}

export async function params<Inputs extends WatcherInputs>(
  kind: WatcherKind<Inputs>,
  org: Organization,
  inputs: Inputs,
) {
  return { ...(await toWire(org, inputs)), ...kind.ruleToWire(inputs) };
}

export async function send<Inputs extends WatcherInputs>(
  kind: WatcherKind<Inputs>,
  org: Organization,
  id: number,
  inputs: Inputs,
): Promise<Inputs & WatcherComputed> {
  const { watcher, at } = await change(kind, org, id, inputs);
  return await outputs(kind, org, watcher, inputs, at);
}

/** Makes a watcher what it is to be; the reply, and the time that it stands for. */
export async function change<Inputs extends WatcherInputs>(
  kind: WatcherKind<Inputs>,
  org: Organization,
  id: number,
  inputs: Inputs,
): Promise<{ watcher: LiveWatcher; at: number }> {
  try {
    const reply = await org.api.watcher.update({ ...(await params(kind, org, inputs)), watcher_id: id });
    return { watcher: reply.data.watcher, at: replyTime(reply) };
  } finally {
    org.lists.invalidate("watchers");
  }
}
