import { z } from "zod";
import { defineResource } from "../../runtime/definition.ts";
import { watcherDefinition } from "../watcher/define.ts";
import { watcherComputed } from "../watcher/fields.ts";
import { thresholdWatcherInputs } from "./fields.ts";
import { thresholdType } from "./operations.ts";

/** Alerts people when a metric breaks a static rule. */
export const thresholdWatcher = defineResource({
  description:
    "**Preview.** Alerts people when a metric whose name matches all its chips breaks a static rule. The rule's wire names are assumed: nothing of them is documented.",
  behavior: [
    "Every change is made in place.",
    "Deletion is soft in Anomify, as for a Watcher.",
    "A refresh reads one list for all watchers.",
  ],
  assumed: [
    "The names and values of the rule are ours: the vendor's page describes thirteen parameters and nothing of the threshold itself. What the rule does follows from the public engine under the service.",
  ],
  export: { file: "threshold-watchers", heading: "Threshold watchers", order: 5, portable: true },
  restoreOrder: 4,
  inputs: z.strictObject(thresholdWatcherInputs),
  computed: z.strictObject(watcherComputed),
  programOnly: ["ignoreMetricLimit"],
  ...watcherDefinition(thresholdType, { limitedBy: ["ignoreMetricLimit"] }),
});
