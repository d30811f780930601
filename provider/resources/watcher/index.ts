import { z } from "zod";
import { replyTime } from "../../organization/live.ts";
import { defineResource } from "../../runtime/define.ts";
import { type WatcherComputed, type WatcherInputs, watcherComputed, watcherInputs } from "./fields.ts";
import { watcherKind } from "./kind.ts";

/** Alerts people about anomalies in the metrics whose names match all its chips. */
export const watcher = defineResource<WatcherInputs, WatcherComputed>({
  description: "Alerts people about anomalies in the metrics whose names match all its chips.",
  behavior: [
    "Every change is made in place.",
    "Deletion is soft in Anomify: the watcher can be brought back there, or with `undelete: true`.",
    "A refresh reads one list for all watchers.",
  ],
  assumed: [
    "Most wire names and the whole reply are assumed: no reply with a watcher has been seen.",
    "That a parameter left out of an update keeps its value, and that an empty one clears it, is assumed; updates send all of them.",
  ],
  inputs: z.strictObject(watcherInputs),
  computed: z.strictObject(watcherComputed),
  ...watcherKind<WatcherInputs>({
    kind: "Watcher",
    type: "anomaly",
    ruleToWire: () => ({}),
    ruleFromWire: () => ({}),
    post: async (org, params) => {
      const reply = await org.api.watcher.create(params as Parameters<typeof org.api.watcher.create>[0]);
      return { item: reply.data.watcher, at: replyTime(reply) };
    },
  }),
});
