import type { Tenant } from "../tenant.ts";

/** Nothing but the first admin user: where an organization is reproduced from code. */
export const empty: Tenant = {
  name: "empty",
  token: "e3b7000000000000000000000000000e",
  org: { id: 3001, name: "Empty Org", timezone: "UTC", slack: false, ms_teams: false },
  users: [{ id: 9001, name: "Eve Empty", email: "eve@empty.example", password: "blank slate eve", admin: true }],
  channels: [],
  watchers: [],
  exclusions: [],
  admin_alerts: [],
  metrics: [],
  metrics_quota: 100,
};
