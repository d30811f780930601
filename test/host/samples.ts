import type { Values } from "./harness.ts";

/** Inputs that are in order in the organization `acme`, with every property set, by kind. */
export const samples: Readonly<Record<string, Values>> = {
  Watcher: {
    name: "CPU idle",
    chips: ["cpu", "prod"],
    alert: true,
    emailUsers: ["ana@acme.example", "ben@acme.example"],
    smsUsers: ["ana@acme.example"],
    slackChannel: "ops-alerts",
    slackMentionUsers: ["chidi@acme.example"],
    msTeamsWebhook: "https://example.com/hook/s3cret",
    expiration: "90m",
    summaryReport: { frequency: "weekly-monday", emailUsers: ["ben@acme.example"] },
    fireTestAlertOnCreate: false,
    undelete: false,
    adopt: null,
  },
  ThresholdWatcher: {
    name: "Queue is long",
    chips: ["depth", "queue"],
    alert: true,
    emailUsers: ["ana@acme.example"],
    smsUsers: ["ana@acme.example"],
    slackChannel: "ops-alerts",
    slackMentionUsers: ["ana@acme.example"],
    msTeamsWebhook: "https://example.com/hook/s3cret",
    expiration: "1d",
    summaryReport: { frequency: "daily-07:30", emailUsers: ["ana@acme.example"] },
    fireTestAlertOnCreate: false,
    undelete: false,
    adopt: null,
    threshold: { condition: "greater_than", value: 12.5, times: 2 },
    ignoreMetricLimit: false,
  },
  Exclusion: {
    type: "skip_analysis",
    pattern: "staging.web2",
    note: "Noisy on purpose",
    maxMetrics: 50,
    until: "2999-12-31",
    adopt: null,
  },
  AdminAlert: {
    alert: "all-metrics-stopped",
    enabled: true,
    emailUsers: ["ben@acme.example"],
    smsUsers: ["chidi@acme.example"],
    slackChannel: "general",
    waitSeconds: 600,
    onDelete: "release",
  },
  OrgSettings: { name: "Acme", timezone: "Europe/Berlin", onDelete: "release" },
  User: {
    email: "ben@acme.example",
    name: "Ben",
    phoneNumber: "+441632960102",
    slackMemberId: "U0ACME0002",
    emailAlerts: false,
    onDelete: "release",
  },
};

export const kinds = Object.keys(samples);

/** The sample of a kind, changed here and there. */
export function sample(kind: string, changes: Values = {}): Values {
  return { ...samples[kind], ...changes };
}
