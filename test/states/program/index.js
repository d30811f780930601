// The program whose states are kept: every kind, with inputs that the first version had. It never changes.
const pulumi = require("@pulumi/pulumi");
const anomify = require("pulumi-anomify");

const config = new pulumi.Config();
const changed = config.getBoolean("changed") ? " (changed)" : "";
const msTeamsWebhook = config.requireSecret("webhook");

// One after the other, so that ids do not depend on time.
const ben = new anomify.User("ben", { email: "ben@acme.example", phoneNumber: "+441632960102", emailAlerts: true });
const watcher = new anomify.Watcher(
  "checkout",
  {
    name: `Kept checkout${changed}`,
    chips: ["latency", "checkout"],
    emailUsers: ["ana@acme.example"],
    smsUsers: [ben.userId],
    slackChannel: "#ops-alerts",
    slackMentionUsers: ["ana@acme.example"],
    msTeamsWebhook,
    expiration: "60m",
    summaryReport: { frequency: "weekly-monday", emailUsers: ["ben@acme.example"] },
  },
  { dependsOn: [ben] },
);
const threshold = new anomify.ThresholdWatcher(
  "queue",
  {
    name: `Kept queue${changed}`,
    chips: ["queue", "depth"],
    emailUsers: ["ana@acme.example"],
    threshold: { condition: "greater_than", value: 500, times: 3 },
    expiration: "15m",
  },
  { dependsOn: [watcher] },
);
const exclusion = new anomify.Exclusion(
  "load-tests",
  { type: "skip_analysis", pattern: "staging.web2", note: "Kept" },
  { dependsOn: [threshold] },
);
const alert = new anomify.AdminAlert(
  "no-data",
  { alert: "all-metrics-stopped", emailUsers: ["ana@acme.example"], waitSeconds: changed ? 1200 : 600 },
  { dependsOn: [exclusion] },
);
new anomify.OrgSettings(
  "organization",
  { name: `Acme Web Shop${changed}`, timezone: "Europe/Berlin", onDelete: "restore" },
  { dependsOn: [alert] },
);
