import type { Tenant } from "../tenant.ts";

/** What visitors look at before they sign up; part of every simulated service. */
export const demo: Tenant = {
  name: "demo",
  token: "de3000000000000000000000000000d0",
  org: { id: 11, name: "Demo Shop", timezone: "UTC", slack: false, ms_teams: false },
  users: [
    { id: 1101, name: "Demo Visitor", email: "visitor@demo.example", password: "look but do not touch", admin: false },
  ],
  channels: [],
  watchers: [{ id: 1201, name: "Demo watcher", chips: ["demo", "latency"], days_old: 60 }],
  exclusions: [],
  admin_alerts: [],
  metrics: [
    { template: "demo.{host}.{value}", values: { host: ["a", "b", "c"], value: ["latency", "requests", "errors"] } },
  ],
  metrics_quota: 100,
  demo: true,
};
