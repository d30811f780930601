import * as anomify from "pulumi-anomify";

const all = new anomify.AdminAlert("all-stopped", {
  alert: "all-metrics-stopped",
  emailUsers: ["ana@acme.example", "ben@acme.example"],
  smsUsers: ["ana@acme.example"],
  waitSeconds: 300,
  onDelete: "restore",
});

const some = new anomify.AdminAlert("some-stopped", {
  alert: "some-metrics-stopped",
  slackChannel: "ops-alerts",
  waitSeconds: 1800,
  onDelete: "restore",
});

export const before = { all: all.previous, some: some.previous };
