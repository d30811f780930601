import { type SimulatedOrganization, type Simulator, startSimulator } from "pulumi-anomify/simulator";

/** The service's clock in reports of this organization: 2026-11-25T09:30:00Z. */
export const AT = Date.UTC(2026, 10, 25, 9, 30) / 1000;
const DAY = 86_400;

type State = Parameters<Parameters<SimulatedOrganization["edit"]>[0]>[0];
type Alert = State["watchers"][number]["alerts"][number];

/** A shop in which some things are wrong: for pictures, and for tests of reports. The time stands still. */
export async function startReportSimulator(): Promise<Simulator> {
  const simulator = await startSimulator({ tenants: ["acme"], clock: () => AT });
  simulator.organization("acme").edit((state) => {
    state.watchers.push(
      watcher(state, 511, "Database health", ["prod", "db1"], [email(103), sms(103), slack("db-on-call")]),
      watcher(state, 512, "Databases, CPU", ["prod", "cpu"], [email(101), email(103), slack("ops-alerts")]),
      watcher(state, 513, "Shop in Kubernetes (EU)", ["k8s", "eu", "shop"], [email(104), slack("checkout")]),
      watcher(state, 514, "Platform in Kubernetes", ["k8s", "platform"], [email(104), slack("platform-team")]),
      watcher(state, 515, "Login errors", ["login", "errors"], [sms(102), email(102)]),
      watcher(state, 516, "Orders", ["business", "orders"], [email(101), slack("ops-alerts")]),
      watcher(state, 517, "Old mail gateway", ["mailgw1"], [email(101)]),
    );
    state.exclusions.push({
      id: 33,
      type: "skip_analysis",
      pattern: "business.it",
      note: null,
      created_user_id: 103,
      created_timestamp: AT - 213 * DAY,
    });
    state.anomalies = anomalies(state);
  });
  return simulator;
}

function watcher(state: State, id: number, name: string, chips: string[], alerts: Alert[]): State["watchers"][number] {
  const [first] = state.watchers.filter(({ deleted }) => !deleted);
  if (first === undefined) throw new Error("The organization has no watcher to copy from");
  return { ...first, id, name, chips, alerts, alert: true, type: "anomaly", summary_report_frequency: null };
}

const to = (method: Alert["method"], ref: string | number): Alert => ({ method, ref: String(ref) });
const email = (id: number) => to("email", id);
const sms = (id: number) => to("sms", id);
const slack = (channel: string) => to("slack", channel);

/** Some a day, more of them on the days of an incident. */
function anomalies({ metrics }: State): State["anomalies"] {
  const found: State["anomalies"] = [];
  for (let day = 0; day < 30; day += 1) {
    const many = day === 11 ? 40 : day === 23 ? 26 : 6 + ((day * 7) % 5);
    for (let place = 0; place < many; place += 1) {
      const metric = metrics[(day * 31 + place * 17) % metrics.length];
      const timestamp = AT - (30 - day) * DAY + 600 + ((place * 2_029) % (DAY - 1_200));
      const id = 9_000 + found.length;
      if (metric)
        found.push({ id, metric_id: metric.id, value: 1, score: 0.9, timestamp, until_timestamp: timestamp + 300 });
    }
  }
  return found;
}
