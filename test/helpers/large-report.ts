import { reportOf } from "../../cli/report/build.ts";
import type { Gathered } from "../../cli/report/gather.ts";
import type { Report } from "../../cli/report/model.ts";
import { declare } from "../../routing/index.ts";

const SERVICES = ["checkout", "cart", "search", "login", "catalog", "billing", "mail", "images", "orders", "stock"];
const VALUES = [
  "latency",
  "requests",
  "errors",
  "cpu",
  "memory",
  "restarts",
  "connections",
  "queue_depth",
  "age",
  "size",
];
const PEOPLE = Array.from({ length: 80 }, (_, place) => `person${place}@example.com`);
const AT = Date.UTC(2026, 10, 25) / 1000;

/** The report of an organization of 1,000 watchers, 10,000 metrics and an exclusion for every tenth watcher. */
export function largeReport(): Report {
  const hosts = Array.from({ length: 100 }, (_, place) => `host${String(place).padStart(3, "0")}`);
  const metrics = hosts.flatMap((host) =>
    SERVICES.flatMap((service) => VALUES.map((value) => `prod.eu-west-1.${host}.${service}.${value}`)),
  );
  const watchers = hosts.flatMap((host, place) =>
    SERVICES.map((service, other) => ({
      name: `${service} on ${host}: whatever goes wrong there`,
      chips: [host, service, ...(other % 2 === 0 ? ["latency"] : [])],
      emailUsers: [0, 1, 2].map((n) => PEOPLE[(place + other + n) % PEOPLE.length] ?? ""),
      slackChannel: `team-${service}`,
    })),
  );
  const configuration = declare({
    watchers,
    metrics,
    people: PEOPLE.map((email) => ({ email, name: `Some ${email}` })),
    exclusions: hosts.map((host) => ({ type: "skip_analysis", pattern: `${host}.stock.size` })),
  });
  const numbered = {
    ...configuration,
    watchers: configuration.watchers.map((watcher, id) => ({ ...watcher, id: `${id}` })),
    exclusions: configuration.exclusions.map((exclusion, id) => ({ ...exclusion, id: `${id}` })),
  };
  return reportOf({ ...gathered(numbered, metrics), configuration: numbered });
}

function gathered(
  { watchers }: Gathered["configuration"],
  metrics: readonly string[],
): Omit<Gathered, "configuration"> {
  const reach = { metrics: 10, sample: metrics.slice(0, 5), estimate: false };
  const problem = { severity: "warning", code: "alert-off", kind: "Watcher", id: null, property: "alert" } as const;
  return {
    takenAt: AT,
    organization: { id: 1, name: "Large" },
    made: new Map(),
    until: new Map(),
    notes: [],
    problems: watchers.map(({ label }) => ({ ...problem, resource: label, text: "is false, so nobody is notified" })),
    reach: new Map(watchers.map(({ kind, id }) => [`${kind} ${id}`, reach])),
    stored: {
      anomalies: metrics.map((metric, id) => ({ id, metric, timestamp: AT - 1 - id * 250, until: AT })),
      span: { from: AT - 30 * 86_400, until: AT },
      notes: [],
    },
  };
}
