import { isDeepStrictEqual } from "node:util";
import { NotFoundError } from "../../../sdk/index.ts";
import type { LiveWatcher } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import { createOnce, orGone, type Sending, takeLeft } from "../../runtime/create/create-once.ts";
import type { OnceWrite } from "../../runtime/create/find-created.ts";
import { note } from "../../runtime/create/recover.ts";
import { labelOf, type ResourceSpec, type Written } from "../../runtime/define.ts";
import { checkAdoption } from "../adopt.ts";
import { checkWatcherHealth } from "../health-check.ts";
import { change, outputs, params, send, type WatcherKind } from "./calls.ts";
import { watcherEffect } from "./effect.ts";
import { adoption, bringBack, changesOf, revive, takeOver } from "./existing.ts";
import { samePeopleOf, type WatcherComputed, type WatcherInputs, watcherRules } from "./fields.ts";
import { replaySentence } from "./replay.ts";

type Own = "description" | "behavior" | "assumed" | "inputs" | "computed";

/** All of a definition that both types of watcher share. */
export function watcherKind<Inputs extends WatcherInputs>(
  kind: WatcherKind<Inputs>,
): Omit<ResourceSpec<Inputs, WatcherComputed>, Own> {
  const label = (inputs: Partial<WatcherInputs>) => labelOf(kind.kind, inputs.name);
  return {
    kind: kind.kind,
    secret: ["msTeamsWebhook"],
    createOnly: ["fireTestAlertOnCreate", "undelete", "adopt"],
    label,
    rules: watcherRules,
    lookUp: async (org, inputs) => [
      ...(await checkWatcherHealth(org, { kind: kind.kind, label: label(inputs), inputs })),
      ...(await checkAdoption(org, adoption(kind, org, inputs), label(inputs), (live) =>
        changesOf(kind, org, live, inputs),
      )),
    ],
    effect: {
      keys: ["chips", ...(kind.limited ?? [])],
      tell: async (org, inputs, before) =>
        await watcherEffect(org, label(inputs), inputs, { before, limited: kind.limited !== undefined }),
      // Stored anomalies tell nothing of thresholds.
      ...(kind.limited === undefined
        ? { replay: async (org, inputs, before) => await replaySentence(org, label(inputs), inputs, before) }
        : {}),
    },
    equivalent: samePeopleOf,
    ids: async (org) =>
      (await org.lists.watchers()).items
        .filter((live) => live.type === kind.type && !live.deleted)
        .map(({ id }) => String(id)),
    once: { object: "watcher", idKey: "watcherId", write: (org, inputs) => once(kind, org, inputs) },
    create: async (org, inputs, sending) => {
      const adopted = await takeOver(kind, org, inputs);
      return (
        adopted ??
        (inputs.undelete ? await undelete(kind, org, inputs, sending) : undefined) ??
        (await post(kind, org, inputs, sending))
      );
    },
    update: async (org, id, recorded, inputs) => {
      try {
        return await send(kind, org, Number(id), inputs);
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error;
        // Its undeletion was never answered, and has not happened.
        if (recorded.lastWrite === null) return await bringBack(kind, org, Number(id), inputs);
        throw new Error(
          `watcher ${id} no longer exists in Anomify. Run pulumi refresh, then pulumi up: it will be created again`,
        );
      }
    },
    read: async (org, id, recorded) => {
      const snapshot = await org.lists.watchers();
      if (org.isStale(snapshot, recorded, label(recorded ?? {}))) return recorded;
      const live = snapshot.items.find((candidate) => String(candidate.id) === id && candidate.type === kind.type);
      if (live === undefined || live.deleted) return undefined;
      return await outputs(kind, org, live, recorded ?? {}, recorded?.lastWrite ?? snapshot.takenAt);
    },
    delete: async (org, id) => {
      if (org.claims.consumeAdoption(`watcher:${id}`)) return;
      await orGone(org.api.watcher.delete({ watcher_id: Number(id) })).finally(() => {
        org.claims.release(`watcher:${id}`);
        org.lists.invalidate("watchers");
      });
    },
  };
}

async function undelete<Inputs extends WatcherInputs>(
  kind: WatcherKind<Inputs>,
  org: Organization,
  inputs: Inputs,
  sending: Sending | undefined,
): Promise<Written<Inputs, WatcherComputed> | undefined> {
  const write = await once(kind, org, inputs);
  // What a killed process brought back is not among the deleted ones any more.
  const left = await takeLeft(org, write, sending);
  if (left) return { id: String(left.item.id), outputs: await outputs(kind, org, left.item, inputs, left.at) };
  return await revive(kind, org, inputs, (id) => note(org, write, sending?.noted, [], id));
}

async function post<Inputs extends WatcherInputs>(
  kind: WatcherKind<Inputs>,
  org: Organization,
  inputs: Inputs,
  sending: Sending | undefined,
): Promise<Written<Inputs, WatcherComputed>> {
  const { item, at } = await createOnce(org, await once(kind, org, inputs), sending);
  return { id: String(item.id), outputs: await outputs(kind, org, item, inputs, at) };
}

async function once<Inputs extends WatcherInputs>(
  kind: WatcherKind<Inputs>,
  org: Organization,
  inputs: Inputs,
): Promise<OnceWrite<LiveWatcher>> {
  const wanted = await params(kind, org, inputs);
  return {
    kind: "watcher",
    label: labelOf(kind.kind, inputs.name),
    key: JSON.stringify([kind.type, wanted]),
    list: () => org.lists.watchers(),
    outdate: () => org.lists.invalidate("watchers"),
    isGone: (live) => live.deleted,
    // Compared with thousands: what differs by its name costs no promise.
    matches: (live) => {
      if (live.deleted || live.type !== kind.type || live.name !== inputs.name) return false;
      return outputs(kind, org, live, inputs, 0)
        .then((own) => params(kind, org, own))
        .then((own) => isDeepStrictEqual(own, wanted));
    },
    update: async (id) => {
      const { watcher, at } = await change(kind, org, id, inputs);
      return { item: watcher, at };
    },
    send: () => kind.post(org, { ...wanted, ...(inputs.fireTestAlertOnCreate ? { fire_test_alert: true } : {}) }),
  };
}
