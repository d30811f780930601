import type { Tenant } from "../tenant.ts";

/** Another organization with other ids and people, a channel and a watcher of the same name as acme's, and a demo of its own. */
export const globex: Tenant = {
  name: "globex",
  token: "910be000000000000000000000002207",
  org: { id: 2207, name: "Globex Energy", timezone: "America/New_York", slack: true, ms_teams: false },
  users: [
    {
      id: 7301,
      name: "Greta Globex",
      email: "greta@globex.example",
      password: "battery staple greta",
      phone_number: "+12025550101",
      slack_member_id: "U9GLOBEX01",
      admin: true,
    },
    {
      id: 7302,
      name: "Hugo Prieto",
      email: "hugo@globex.example",
      password: "battery staple hugo",
      second_factor_code: "314159",
      phone_number: "+12025550102",
    },
    {
      id: 7303,
      name: "Sam Taylor",
      email: "sam@globex.example",
      password: "battery staple sam",
      slack_member_id: "U9GLOBEX03",
    },
  ],
  channels: [
    { id: "C9GLOBEX01", name: "ops-alerts", private: true },
    { id: "C9GLOBEX02", name: "turbines", private: false },
    { id: "C9GLOBEX03", name: "general", private: false },
  ],
  watchers: [
    {
      id: 8101,
      name: "Checkout latency",
      chips: ["checkout", "latency"],
      alert: true,
      alerts: [{ method: "slack", ref: "turbines" }],
      days_old: 50,
    },
    {
      id: 8102,
      name: "Turbine stopped",
      chips: ["turbine", "rpm"],
      alert: true,
      alerts: [
        { method: "email", ref: "7301" },
        { method: "email", ref: "7302" },
        { method: "sms", ref: "7302" },
      ],
      expiration_seconds: 600,
      threshold: { condition: "drop_off_cliff", value: null, times: 1, minimum_avg: 100, minimum_avg_seconds: 3600 },
      days_old: 41,
    },
  ],
  exclusions: [
    { id: 611, type: "no_stale_alert", pattern: "turbine.maintenance", created_user_id: 7301, days_old: 40 },
  ],
  admin_alerts: [
    { id: 1, wait_seconds: 600, enabled: true, alerts: [{ method: "email", ref: "7301" }] },
    { id: 2, wait_seconds: 3600, enabled: false, alerts: [] },
  ],
  metrics: [
    {
      template: "site.{site}.turbine.t{number}.{value}",
      values: {
        site: ["north", "south", "coast"],
        number: ["01", "02", "03", "04", "05", "06"],
        value: ["rpm", "power", "temperature", "vibration"],
      },
    },
    { template: "turbine.maintenance.{site}", values: { site: ["north", "south", "coast"] } },
    { template: "shop.checkout.{value}", values: { value: ["latency", "orders"] } },
    {
      template: 'grid.frequency{region="{region}"}',
      values: { region: ["east", "west"] },
    },
  ],
  metrics_quota: 200,
};
