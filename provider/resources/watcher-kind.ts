import { isDeepStrictEqual } from "node:util";
import { NotFoundError } from "../../sdk/index.ts";
import { labelOf, PartialFailure, type ResourceSpec, type Values, type Written } from "../runtime/define.ts";
import { createOnce, orGone } from "../runtime/lifecycle.ts";
import { messageOf } from "../runtime/messages.ts";
import { type LiveWatcher, type Organization, replyTime } from "../runtime/organization.ts";
import {
  samePeopleOf,
  type WatcherComputed,
  type WatcherInputs,
  watcherLookUp,
  watcherRules,
} from "./watcher-fields.ts";
import { fromWire, toWire } from "./watcher-wire.ts";

/** What a type of watcher adds to the common part. */
export interface WatcherKind<Inputs extends WatcherInputs> {
  readonly kind: string;
  readonly type: "anomaly" | "threshold";
  readonly ruleToWire: (inputs: Inputs) => Values;
  readonly ruleFromWire: (live: LiveWatcher) => Partial<Inputs>;
  readonly post: (org: Organization, params: Values) => Promise<{ item: LiveWatcher; at: number }>;
}

type Own = "description" | "behavior" | "assumed" | "inputs" | "computed";

/** All of a definition that both types of watcher share. */
export function watcherKind<Inputs extends WatcherInputs>(
  kind: WatcherKind<Inputs>,
): Omit<ResourceSpec<Inputs, WatcherComputed>, Own> {
  const label = (inputs: Partial<WatcherInputs>) => labelOf(kind.kind, inputs.name);
  return {
    kind: kind.kind,
    secret: ["msTeamsWebhook"],
    createOnly: ["fireTestAlertOnCreate", "undelete"],
    label,
    rules: watcherRules,
    lookUp: (org, inputs) => watcherLookUp(org, inputs, label(inputs)),
    equivalent: samePeopleOf,
    ids: async (org) =>
      (await org.watchers()).items
        .filter((live) => live.type === kind.type && !live.deleted)
        .map(({ id }) => String(id)),
    create: async (org, inputs) => {
      const revived = inputs.undelete ? await revive(kind, org, inputs) : undefined;
      return revived ?? (await post(kind, org, inputs, label(inputs)));
    },
    update: async (org, id, _recorded, inputs) => {
      try {
        return await send(kind, org, Number(id), inputs);
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error;
        throw new Error(
          `watcher ${id} no longer exists in Anomify. Run pulumi refresh, then pulumi up: it will be created again`,
        );
      }
    },
    read: async (org, id, recorded) => {
      const snapshot = await org.watchers();
      if (org.isTooOld(snapshot, recorded, label(recorded ?? {}))) return recorded;
      const live = snapshot.items.find((candidate) => String(candidate.id) === id && candidate.type === kind.type);
      if (live === undefined || live.deleted) return undefined;
      return await outputs(kind, org, live, recorded ?? {}, recorded?.lastWrite ?? snapshot.takenAt);
    },
    delete: (org, id) =>
      orGone(org.api.watcher.delete({ watcher_id: Number(id) })).finally(() => {
        org.release(`watcher:${id}`);
        org.outdate("watchers");
      }),
  };
}

async function outputs<Inputs extends WatcherInputs>(
  kind: WatcherKind<Inputs>,
  org: Organization,
  live: LiveWatcher,
  recorded: Partial<Inputs>,
  lastWrite: number,
): Promise<Inputs & WatcherComputed> {
  const read = { ...(await fromWire(org, live, recorded)), ...kind.ruleFromWire(live), lastWrite };
  return read as unknown as Inputs & WatcherComputed;
}

async function params<Inputs extends WatcherInputs>(kind: WatcherKind<Inputs>, org: Organization, inputs: Inputs) {
  return { ...(await toWire(org, inputs)), ...kind.ruleToWire(inputs) };
}

async function post<Inputs extends WatcherInputs>(
  kind: WatcherKind<Inputs>,
  org: Organization,
  inputs: Inputs,
  label: string,
): Promise<Written<Inputs, WatcherComputed>> {
  const wanted = await params(kind, org, inputs);
  const { item, at } = await createOnce(org, {
    label,
    kind: "watcher",
    list: () => org.watchers(),
    outdate: () => org.outdate("watchers"),
    matches: async (live) => {
      if (live.deleted || live.type !== kind.type || live.name !== inputs.name) return false;
      return isDeepStrictEqual(await params(kind, org, await outputs(kind, org, live, inputs, 0)), wanted);
    },
    send: () => kind.post(org, { ...wanted, ...(inputs.fireTestAlertOnCreate ? { fire_test_alert: true } : {}) }),
  });
  return { id: String(item.id), outputs: await outputs(kind, org, item, inputs, at) };
}

async function send<Inputs extends WatcherInputs>(
  kind: WatcherKind<Inputs>,
  org: Organization,
  id: number,
  inputs: Inputs,
): Promise<Inputs & WatcherComputed> {
  try {
    const reply = await org.api.watcher.update({ ...(await params(kind, org, inputs)), watcher_id: id });
    return await outputs(kind, org, reply.data.watcher, inputs, replyTime(reply));
  } finally {
    org.outdate("watchers");
  }
}

/** Brings back the one deleted watcher of this name and updates it; undefined when there is none. */
async function revive<Inputs extends WatcherInputs>(
  kind: WatcherKind<Inputs>,
  org: Organization,
  inputs: Inputs,
): Promise<Written<Inputs, WatcherComputed> | undefined> {
  const deleted = (await org.watchers()).items.filter(
    (live) =>
      live.deleted && live.type === kind.type && live.name === inputs.name && !org.isClaimed(`watcher:${live.id}`),
  );
  const [found] = deleted;
  if (found === undefined) return undefined;
  if (deleted.length > 1) {
    const ids = deleted.map(({ id }) => id).join(", ");
    throw new Error(
      `undelete is ambiguous: ${deleted.length} deleted watchers have this name (ids ${ids}). Undelete the right one in Anomify, or set undelete to false`,
    );
  }
  const back = await org
    .claiming(`watcher:${found.id}`, "this watcher", () => org.api.watcher.undelete({ watcher_id: found.id }))
    .finally(() => org.outdate("watchers"));
  const id = String(found.id);
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
