import * as anomify from "pulumi-anomify";

// Who is called when customers wait at the checkout.
const checkout = new anomify.Watcher("checkout-latency", {
  name: "Checkout is slow",
  chips: ["checkout", "latency"],
  emailUsers: ["ana@acme.example"],
  smsUsers: ["ana@acme.example"],
  slackChannel: "#ops-alerts",
  expiration: "15m",
});

const database = new anomify.Watcher("database-cpu", {
  name: "Database CPU",
  chips: ["db1", "cpu"],
  emailUsers: ["ana@acme.example", "ben@acme.example"],
  summaryReport: { frequency: "weekly-monday", emailUsers: ["ben@acme.example"] },
});

// Load tests are no anomalies.
const loadTests = new anomify.Exclusion("load-tests", {
  type: "skip_analysis",
  pattern: "staging.loadtest.web2",
  note: "Load tests run every night",
});

// The data feed itself stopped.
new anomify.AdminAlert("no-data", {
  alert: "all-metrics-stopped",
  emailUsers: ["ana@acme.example"],
  waitSeconds: 600,
});

export const checkoutWatcher = checkout.watcherId;
export const databaseWatcher = database.watcherId;
export const exclusion = loadTests.id;
