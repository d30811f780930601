import type { Tenant } from "../tenant.ts";

/** A web shop: several hundred metrics, dotted and labelled, and a little of everything else. */
export const acme: Tenant = {
  name: "acme",
  token: "ac3e0000000000000000000000000101",
  org: { id: 101, name: "Acme Shop", timezone: "Europe/London", slack: true, ms_teams: true },
  users: [
    {
      id: 101,
      name: "Ana Acme",
      email: "ana@acme.example",
      password: "correct horse ana",
      phone_number: "+441632960101",
      slack_member_id: "U0ACME0001",
      admin: true,
    },
    { id: 102, name: "Ben Acme", email: "ben@acme.example", password: "correct horse ben" },
    {
      id: 103,
      name: "Chidi Okafor",
      email: "chidi@acme.example",
      password: "correct horse chidi",
      second_factor_code: "271828",
      phone_number: "+441632960103",
      slack_member_id: "U0ACME0003",
      admin: true,
    },
    {
      id: 104,
      name: "Sam Taylor",
      email: "sam@acme.example",
      password: "correct horse sam",
      slack_member_id: "U0ACME0004",
    },
  ],
  channels: [
    { id: "C0ACME0001", name: "ops-alerts", private: false },
    { id: "C0ACME0002", name: "db-on-call", private: true },
    { id: "C0ACME0003", name: "checkout", private: false },
    { id: "C0ACME0004", name: "general", private: false },
  ],
  watchers: [
    {
      id: 499,
      name: "Old disk watcher",
      chips: ["disk"],
      deleted: true,
      days_old: 90,
    },
    {
      id: 501,
      name: "Checkout latency",
      chips: ["checkout", "latency"],
      alert: true,
      alerts: [
        { method: "email", ref: "101" },
        { method: "sms", ref: "101" },
        { method: "slack", ref: "ops-alerts" },
        { method: "slack_mention", ref: "101" },
        { method: "ms_teams", ref: "https://example.com/teams-webhook/acme" },
        { method: "summary_email", ref: "102" },
      ],
      summary_report_frequency: "weekly-monday",
      days_old: 30,
    },
    {
      id: 502,
      name: "Queue too long",
      chips: ["queue", "depth"],
      alert: true,
      alerts: [
        { method: "email", ref: "101" },
        { method: "slack", ref: "ops-alerts" },
      ],
      expiration_seconds: 900,
      threshold: { condition: "greater_than", value: 500, times: 3 },
      days_old: 12,
    },
    { id: 503, name: "Everything on web1", chips: ["web1"], days_old: 2 },
  ],
  exclusions: [
    {
      id: 31,
      type: "skip_analysis",
      pattern: "staging.loadtest",
      note: "Load tests are noisy on purpose",
      created_user_id: 101,
      days_old: 20,
    },
    { id: 32, type: "no_learning", pattern: "prod.errors", days_old: 5 },
  ],
  admin_alerts: [
    {
      id: 1,
      wait_seconds: 300,
      enabled: true,
      alerts: [
        { method: "email", ref: "101" },
        { method: "sms", ref: "101" },
        { method: "slack", ref: "ops-alerts" },
      ],
    },
    { id: 2, wait_seconds: 900, enabled: true, alerts: [{ method: "email", ref: "102" }] },
  ],
  metrics: [
    {
      template: "prod.{host}.{service}.{value}",
      values: {
        host: ["web1", "web2", "web3", "web4"],
        service: ["checkout", "cart", "search", "login", "catalog"],
        value: ["latency", "requests", "errors", "cpu", "memory"],
      },
    },
    {
      template: "prod.{host}.{value}",
      values: {
        host: ["db1", "db2", "db3"],
        value: ["connections", "disk.used", "disk.iops", "replication.lag", "cpu", "memory"],
      },
    },
    {
      template: "prod.queue.{queue}.{value}",
      values: { queue: ["mail", "orders", "images", "invoices"], value: ["depth", "age", "consumers"] },
    },
    { template: "prod.errors.{service}", values: { service: ["checkout", "cart", "search", "login", "catalog"] } },
    {
      template: 'http.requests{service="{service}",code="{code}"}',
      values: {
        service: ["checkout", "cart", "search", "login", "catalog"],
        code: ["200", "302", "404", "500", "503"],
      },
    },
    {
      template: 'http.duration.seconds{service="{service}",quantile="{quantile}"}',
      values: { service: ["checkout", "cart", "search", "login", "catalog"], quantile: ["0.5", "0.95", "0.99"] },
    },
    {
      template: 'node/disk.free{host="{host}",mount="{mount}"}',
      values: { host: ["web1", "web2", "web3", "web4"], mount: ["/", "/var", "/srv/data"] },
    },
    {
      template: "k8s.{cluster}.{namespace}.{workload}.{value}",
      values: {
        cluster: ["eu", "us"],
        namespace: ["shop", "data", "platform"],
        workload: ["api", "worker", "scheduler", "proxy", "cache", "ingest"],
        value: ["cpu", "memory", "restarts", "ready"],
      },
    },
    {
      template: "staging.loadtest.{host}.{value}",
      values: { host: ["web1", "web2"], value: ["latency", "requests", "errors"] },
    },
    {
      template: "business.{country}.{value}",
      values: { country: ["uk", "de", "fr", "es", "it"], value: ["orders", "revenue", "refunds"] },
    },
  ],
  test_metrics: ["try.checkout.latency", "try.checkout.errors", "try.queue.depth"],
  metrics_quota: 500,
};
