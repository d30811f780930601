import { isDeepStrictEqual } from "node:util";
import { AnomifyError } from "../../../sdk/index.ts";
import { type LiveWatcher, replyTime } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import type { Entry } from "../../runtime/create/intent-log.ts";
import { PartialFailure, type Values, type Written } from "../../runtime/define.ts";
import { messageOf } from "../../runtime/messages.ts";
import { type Adoption, findAdopted } from "../adopt.ts";
import { outputs, send, type WatcherKind } from "./calls.ts";
import { samePeopleOf, type WatcherComputed, type WatcherInputs } from "./fields.ts";

/** Creations that make nothing: a watcher that exists is taken over, or a deleted one comes back. */

export function adoption<Inputs extends WatcherInputs>(
  kind: WatcherKind<Inputs>,
  org: Organization,
  { adopt, name }: Partial<WatcherInputs>,
): Adoption<LiveWatcher> {
  return {
    adopt,
    what: "watcher",
    list: () => org.lists.watchers(),
    same: (live) => live.name === name,
    obstacle: ({ id, deleted, type }) => {
      if (deleted) return `watcher ${id} is deleted. Undelete it in Anomify, or set undelete in place of adopt`;
      if (type !== kind.type) return `watcher ${id} is of type ${type}, and ${kind.kind} is of type ${kind.type}`;
      return undefined;
    },
  };
}

/** Takes over the watcher that `adopt` means and updates it, without a test alert; undefined when there is none. */
export async function takeOver<Inputs extends WatcherInputs>(
  kind: WatcherKind<Inputs>,
  org: Organization,
  inputs: Inputs,
): Promise<Written<Inputs, WatcherComputed> | undefined> {
  const found = await findAdopted(org, adoption(kind, org, inputs));
  if (found === undefined) return undefined;
  return await org.claims.adopting(`watcher:${found.id}`, "this watcher", async () => ({
    id: String(found.id),
    outputs: await send(kind, org, found.id, inputs),
  }));
}

/** Inputs whose value an adoption changes. */
export async function changesOf<Inputs extends WatcherInputs>(
  kind: WatcherKind<Inputs>,
  org: Organization,
  live: LiveWatcher,
  inputs: Partial<Inputs>,
): Promise<string[]> {
  const before = (await outputs(kind, org, live, inputs, 0)) as Values;
  const changed: string[] = [];
  for (const [key, wanted] of Object.entries(inputs)) {
    const equal = isDeepStrictEqual(before[key], wanted) || (await samePeopleOf(org, key, before[key], wanted));
    if (!equal) changed.push(key);
  }
  return changed;
}

/** Finishes an undeletion that did not happen. */
export async function bringBack<Inputs extends WatcherInputs>(
  kind: WatcherKind<Inputs>,
  org: Organization,
  id: number,
  inputs: Inputs,
): Promise<Inputs & WatcherComputed> {
  await org.api.watcher.undelete({ watcher_id: id }).finally(() => org.lists.invalidate("watchers"));
  return await send(kind, org, id, inputs);
}

/**
 * Brings back the one deleted watcher of this name and updates it; undefined when there is none.
 *
 * @param noting notes, before anything is sent, which one it will be
 */
export async function revive<Inputs extends WatcherInputs>(
  kind: WatcherKind<Inputs>,
  org: Organization,
  inputs: Inputs,
  noting: (id: number) => Promise<Entry | undefined>,
): Promise<Written<Inputs, WatcherComputed> | undefined> {
  const deleted = (await org.lists.watchers()).items.filter(
    (live) =>
      live.deleted &&
      live.type === kind.type &&
      live.name === inputs.name &&
      !org.claims.isClaimed(`watcher:${live.id}`),
  );
  const [found] = deleted;
  if (found === undefined) return undefined;
  if (deleted.length > 1) {
    const ids = deleted.map(({ id }) => id).join(", ");
    throw new Error(
      `undelete is ambiguous: ${deleted.length} deleted watchers have this name (ids ${ids}). Undelete the right one in Anomify, or set undelete to false`,
    );
  }
  const id = String(found.id);
  const entry = await noting(found.id);
  const back = await org.claims
    .claiming(`watcher:${id}`, "this watcher", () => org.api.watcher.undelete({ watcher_id: found.id }))
    .catch(async (error: unknown) => {
      if (!(error instanceof AnomifyError) || error.outcome !== "unknown") {
        await entry?.end();
        throw error;
      }
      // It may be back: then the next create would find no deleted one, and make another.
      const { lastWrite: _none, ...half } = await outputs(kind, org, found, inputs, 0);
      throw new PartialFailure(
        `may or may not have been brought back with id ${id}. Run pulumi up again. ${messageOf(error)}`,
        id,
        half,
      );
    })
    .finally(() => org.lists.invalidate("watchers"));
  try {
    return { id, outputs: await send(kind, org, found.id, inputs) };
  } catch (error) {
    const half = await outputs(kind, org, back.data.watcher, inputs, replyTime(back));
    throw new PartialFailure(
      `brought back with id ${id}, but not updated. Run pulumi up again. ${messageOf(error)}`,
      id,
      half,
    );
  }
}
