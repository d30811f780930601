import { z } from "zod";
import { defineResource, labelOf } from "../runtime/define.ts";
import { replyTime } from "../runtime/organization.ts";
import {
  samePeopleOf,
  type WatcherComputed,
  type WatcherInputs,
  watcherCalls,
  watcherComputed,
  watcherInputs,
  watcherLookUp,
  watcherRules,
} from "./watcher-fields.ts";

const label = (inputs: Partial<WatcherInputs>) => labelOf("Watcher", inputs.name);

/** Alerts people about anomalies in the metrics whose names match all its chips. */
export const watcher = defineResource<WatcherInputs, WatcherComputed>({
  kind: "Watcher",
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
  secret: ["msTeamsWebhook"],
  createOnly: ["fireTestAlertOnCreate", "undelete"],
  label,
  rules: watcherRules,
  lookUp: (org, inputs) => watcherLookUp(org, inputs, label(inputs)),
  equivalent: samePeopleOf,
  ...watcherCalls<WatcherInputs>({
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
