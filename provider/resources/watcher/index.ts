import { z } from "zod";
import { replyTime } from "../../organization/live.ts";
import { defineResource } from "../../runtime/definition.ts";
import { watcherDefinition } from "./define.ts";
import { watcherComputed, watcherInputs } from "./fields.ts";

/** Alerts people about anomalies in the metrics whose names match all its chips. */
export const watcher = defineResource({
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
  export: { file: "watchers", heading: "Watchers", order: 4, portable: true },
  restoreOrder: 3,
  inputs: z.strictObject(watcherInputs),
  computed: z.strictObject(watcherComputed),
  ...watcherDefinition({
    kind: "Watcher",
    role: "watcher",
    type: "anomaly",
    ruleToParams: () => ({}),
    ruleFromLive: () => ({}),
    create: async (org, params, fireTestAlert) => {
      const reply = await org.api.watcher.create({
        ...params,
        ...(fireTestAlert ? { fire_test_alert: true } : {}),
      });
      return { item: reply.data.watcher, at: replyTime(reply) };
    },
  }),
});
