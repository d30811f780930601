import type { LiveWatcher } from "../../organization/live.ts";
import { labelOf, type ResourceSpec } from "../../runtime/definition.ts";
import { checkAdoption } from "../adopt.ts";
import { checkWatcherHealth } from "../health-check.ts";
import { watcherEffect } from "./effect.ts";
import { adoption, changesOf } from "./existing.ts";
import { samePeopleOf, type WatcherComputed, type WatcherInputs, watcherRules } from "./fields.ts";
import { createWatcher, deleteWatcher, readRecordedWatcher, updateWatcher } from "./operations.ts";
import { replaySentence } from "./replay.ts";
import type { RuleParams, WatcherType } from "./type.ts";

type Own = "export" | "restoreOrder" | "description" | "behavior" | "assumed" | "inputs" | "computed";

/** Inputs that lift the limit on the number of metrics, for the type that has one. */
interface Limit<Rule> {
  readonly limitedBy?: ReadonlyArray<keyof Rule & string>;
}

/** All of a definition that both types of watcher share. */
export function watcherDefinition<Rule extends object, Params extends RuleParams>(
  type: WatcherType<Rule, Params>,
  { limitedBy }: Limit<Rule> = {},
): Omit<ResourceSpec<WatcherInputs & Rule, WatcherComputed, LiveWatcher>, Own> {
  const label = (inputs: Partial<WatcherInputs>) => labelOf(type.kind, inputs.name);
  return {
    kind: type.kind,
    role: type.role,
    title: ["name"],
    identity: { property: "name", shared: "warning" },
    idOutput: "watcherId",
    list: "watchers",
    whyGone: async (org, id) => {
      const soft = (await org.lists.watchers()).items.some((live) => live.deleted && String(live.id) === id);
      return soft ? "deleted softly: it can be brought back" : "deleted for good";
    },
    secret: ["msTeamsWebhook"],
    createOnly: ["fireTestAlertOnCreate", "undelete", "adopt"],
    label,
    rules: watcherRules,
    lookUp: async (org, inputs) => [
      ...(await checkWatcherHealth(org, { kind: type.kind, role: type.role, label: label(inputs), inputs })),
      ...(await checkAdoption(org, adoption(type, org, inputs), label(inputs), (live) =>
        changesOf(type, org, live, inputs),
      )),
    ],
    effect: {
      keys: ["chips", ...(limitedBy ?? [])],
      describe: async (org, inputs, before) =>
        await watcherEffect(org, label(inputs), inputs, { before, limited: limitedBy !== undefined }),
      // Stored anomalies say nothing of thresholds.
      ...(limitedBy === undefined
        ? { replay: async (org, inputs, before) => await replaySentence(org, label(inputs), inputs, before) }
        : {}),
    },
    equivalent: samePeopleOf,
    ids: async (org) =>
      (await org.lists.watchers()).items
        .filter((live) => live.type === type.type && !live.deleted)
        .map(({ id }) => String(id)),
    createOnce: createWatcher(type),
    update: (org, id, recorded, inputs) => updateWatcher(type, org, id, { recorded, inputs }),
    read: (org, id, recorded) => readRecordedWatcher(type, org, id, recorded),
    delete: (org, id) => deleteWatcher(org, id),
  };
}
