import { replyTime, unlessLittle, writeTime } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import type { WatcherComputed, WatcherInputs } from "./fields.ts";
import type { LiveDescription } from "./params.ts";
import type { RuleParams, WatcherType } from "./type.ts";
import { readWatcher, toParams } from "./wire.ts";

/** Makes a watcher what it is to be; the reply, and the time that it stands for. */
export async function changeWatcher<Rule extends object, Params extends RuleParams>(
  type: WatcherType<Rule, Params>,
  org: Organization,
  id: number,
  inputs: WatcherInputs & Rule,
): Promise<LiveDescription> {
  try {
    const reply = await org.api.watcher.update({ ...(await toParams(type, org, inputs)), watcher_id: id });
    return { live: reply.data.watcher, at: replyTime(reply) };
  } finally {
    org.lists.invalidate("watchers");
  }
}

/** Sends all properties to a watcher that exists. @throws AnomifyError */
export async function sendWatcher<Rule extends object, Params extends RuleParams>(
  type: WatcherType<Rule, Params>,
  org: Organization,
  id: number,
  inputs: WatcherInputs & Rule,
): Promise<WatcherInputs & Rule & WatcherComputed> {
  const changed = await unlessLittle(changeWatcher(type, org, id, inputs));
  // What the reply does not say is what was sent.
  if (changed === undefined) return { ...inputs, watcherId: id, lastWrite: writeTime() };
  const { live, at } = changed;
  return await readWatcher(type, org, live, { recorded: inputs, lastWrite: at });
}
