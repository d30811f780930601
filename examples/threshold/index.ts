import * as anomify from "pulumi-anomify";

const queue = new anomify.ThresholdWatcher("queue-depth", {
  name: "Queue too deep",
  chips: ["queue", "depth"],
  emailUsers: ["ana@acme.example"],
  threshold: { condition: "greater_than", value: 500, times: 3 },
  expiration: "30m",
});

export const watcher = queue.watcherId;
