import { isDeepStrictEqual } from "node:util";
import { AnomifyError } from "../../../sdk/index.ts";
import { type LiveWatcher, replyTime } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import { PartialFailure, type RecordIntent, type Values, type Written } from "../../runtime/definition.ts";
import { messageOf } from "../../runtime/messages.ts";
import { type Adoption, findAdopted } from "../adopt.ts";
import { samePeopleOf, type WatcherComputed, type WatcherInputs } from "./fields.ts";
import { sendWatcher } from "./send.ts";
import type { RuleParams, WatcherType } from "./type.ts";
import { readWatcher } from "./wire.ts";

/** Creations that make nothing: a watcher that exists is taken over, or a deleted one comes back. */

export function adoption<Rule extends object, Params extends RuleParams>(
  type: WatcherType<Rule, Params>,
  org: Organization,
  { adopt, name }: Partial<WatcherInputs>,
): Adoption<LiveWatcher> {
  return {
    adopt,
    what: "watcher",
    list: () => org.lists.watchers(),
    baseline: () => org.lists.baseline("watchers"),
    isNamed: name !== undefined,
    same: (live) => live.name.trim() === name,
    obstacle: ({ id, deleted, type: liveType }) => {
      if (deleted) return `watcher ${id} is deleted. Undelete it in Anomify, or set undelete in place of adopt`;
      if (liveType !== type.type)
        return `watcher ${id} is of type ${liveType}, and ${type.kind} is of type ${type.type}`;
      return undefined;
    },
  };
}

/** Takes over the watcher that `adopt` means and updates it, without a test alert; undefined when there is none. */
export async function takeOver<Rule extends object, Params extends RuleParams>(
  type: WatcherType<Rule, Params>,
  org: Organization,
  inputs: WatcherInputs & Rule,
): Promise<Written<WatcherInputs & Rule, WatcherComputed> | undefined> {
  const found = await findAdopted(org, adoption(type, org, inputs));
  if (found === undefined) return undefined;
  return await org.claims.adopting(`watcher:${found.id}`, "this watcher", async () => ({
    id: String(found.id),
    outputs: await sendWatcher(type, org, found.id, inputs),
  }));
}

/** Inputs whose value an adoption changes. */
export async function changesOf<Rule extends object, Params extends RuleParams>(
  type: WatcherType<Rule, Params>,
  org: Organization,
  live: LiveWatcher,
  inputs: Partial<WatcherInputs & Rule>,
): Promise<string[]> {
  const before = (await readWatcher(type, org, live, { recorded: inputs, lastWrite: 0 })) as Values;
  const changed: string[] = [];
  for (const [key, wanted] of Object.entries(inputs)) {
    const equal = isDeepStrictEqual(before[key], wanted) || (await samePeopleOf(org, key, before[key], wanted));
    if (!equal) changed.push(key);
  }
  return changed;
}

/** Finishes an undeletion that did not happen. */
export async function bringBack<Rule extends object, Params extends RuleParams>(
  type: WatcherType<Rule, Params>,
  org: Organization,
  id: number,
  inputs: WatcherInputs & Rule,
): Promise<WatcherInputs & Rule & WatcherComputed> {
  await org.api.watcher.undelete({ watcher_id: id }).finally(() => org.lists.invalidate("watchers"));
  return await sendWatcher(type, org, id, inputs);
}

/**
 * Brings back the one deleted watcher of this name and updates it; undefined when there is none.
 *
 * @param record records, before anything is sent, which one it will be
 */
export async function revive<Rule extends object, Params extends RuleParams>(
  type: WatcherType<Rule, Params>,
  org: Organization,
  inputs: WatcherInputs & Rule,
  record: RecordIntent,
): Promise<Written<WatcherInputs & Rule, WatcherComputed> | undefined> {
  const snapshot = await org.lists.watchers();
  const deleted = snapshot.items.filter(
    (live) =>
      live.deleted &&
      live.type === type.type &&
      live.name.trim() === inputs.name &&
      !org.claims.isClaimed(`watcher:${live.id}`),
  );
  const [found] = deleted;
  if (found === undefined) {
    org.assertAbsent(snapshot);
    return undefined;
  }
  if (deleted.length > 1) {
    const ids = deleted.map(({ id }) => id).join(", ");
    throw new Error(
      `undelete is ambiguous: ${deleted.length} deleted watchers have this name (ids ${ids}). Undelete the right one in Anomify, or set undelete to false`,
    );
  }
  const id = String(found.id);
  const intent = await record(found.id);
  const back = await org.claims
    .claiming(`watcher:${id}`, "this watcher", () => org.api.watcher.undelete({ watcher_id: found.id }))
    .catch(async (error: unknown) => {
      if (!(error instanceof AnomifyError) || error.outcome !== "unknown") {
        await intent?.settle();
        throw error;
      }
      // It may be back: then the next create would find no deleted one, and make another.
      const { lastWrite: _none, ...half } = await readWatcher(type, org, found, { recorded: inputs, lastWrite: 0 });
      throw new PartialFailure(
        `may or may not have been brought back with id ${id}. Run pulumi up again. ${messageOf(error)}`,
        id,
        half,
      );
    })
    .finally(() => org.lists.invalidate("watchers"));
  try {
    return { id, outputs: await sendWatcher(type, org, found.id, inputs) };
  } catch (error) {
    const half = await readWatcher(type, org, back.data.watcher, { recorded: inputs, lastWrite: replyTime(back) });
    throw new PartialFailure(
      `brought back with id ${id}, but not updated. Run pulumi up again. ${messageOf(error)}`,
      id,
      half,
    );
  }
}
