import { replyTime } from "../../organization/live.ts";
import type { WatcherType } from "../watcher/type.ts";
import type { ThresholdInputs } from "./fields.ts";
import { ruleFromLive, ruleToParams } from "./wire.ts";

/** What a threshold watcher does otherwise than one of anomalies. */
export const thresholdType: WatcherType<ThresholdInputs, ReturnType<typeof ruleToParams>> = {
  kind: "ThresholdWatcher",
  role: "threshold-watcher",
  type: "threshold",
  ruleToParams,
  ruleFromLive: (live, recorded) => ({
    threshold: ruleFromLive(live, recorded.threshold),
    ignoreMetricLimit: recorded.ignoreMetricLimit ?? false,
  }),
  create: async (org, params, fireTestAlert) => {
    const reply = await org.api.watcher.createThreshold({
      ...params,
      ...(fireTestAlert ? { fire_test_alert: true } : {}),
    });
    return { item: reply.data.watcher, at: replyTime(reply) };
  },
};
