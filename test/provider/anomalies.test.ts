import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import { readAnomalies } from "../../cli/replay/anomalies.ts";
import { createClient } from "../../sdk/index.ts";
import { setMetrics } from "../helpers/metrics.ts";

const END = 1_768_230_000;

/** An organization with an anomaly every minute up to `END`. */
async function world(count: number) {
  const simulator = await startSimulator({ clock: () => END });
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  setMetrics(acme, ["db.cpu"]);
  acme.edit((state) => {
    state.anomalies = Array.from({ length: count }, (_, at) => ({
      id: at,
      metric_id: 0,
      value: 1,
      score: 1,
      timestamp: END - 60 * (count - at),
      until_timestamp: END - 60 * (count - at) + 30,
    }));
  });
  return { simulator, client: createClient({ endpoint: simulator.url, token: acme.token, retries: 0 }) };
}

type Anomalies = { id: number; timestamp: number }[];
/** Spoils every list of anomalies. */
function spoil({ faults }: Simulator, change: (anomalies: Anomalies) => Anomalies, status: object = {}): void {
  faults.add({
    on: "listAnomalies",
    times: Number.POSITIVE_INFINITY,
    do: {
      kind: "mutate",
      change: (body) => ({
        status: { ...body.status, ...status },
        data: { ...body.data, anomalies: change(body.data.anomalies) },
      }),
    },
  });
}
const asked = ({ journal }: Simulator) => journal.entries().filter(({ path }) => path === "/anomalies").length;
const all = { from: 0, until: END };

test("reads all pages, in the order of time, without the end of the span", async () => {
  const { client } = await world(1200);
  const steps: string[] = [];
  const span = { from: END - 60 * 1080, until: END - 60 };
  const read = await readAnomalies(client, span, { progress: { step: (text) => steps.push(text) } });
  expect(read).toMatchObject({ span, notes: [], ageSeconds: 0 });
  expect(read.anomalies).toHaveLength(1079);
  expect(read.anomalies[0]).toEqual({ id: 120, metric: "db.cpu", timestamp: span.from, until: span.from + 30 });
  expect(steps).toEqual(["Reading anomalies (500)", "Reading anomalies (1000)", "Reading anomalies (1080)"]);
});

test("a service that cuts pages, in whatever order, is read to its end", async () => {
  const { simulator, client } = await world(350);
  spoil(simulator, (anomalies) => anomalies.slice(0, 100).reverse());
  const read = await readAnomalies(client, all);
  expect([read.anomalies.length, read.notes, asked(simulator)]).toEqual([350, [], 4]);
});

test("a service that sends all at once is asked a second time at most", async () => {
  const { simulator, client } = await world(10);
  const whole = Array.from({ length: 600 }, (_, at) => ({
    id: at,
    metric_id: 0,
    metric: "db.cpu",
    value: 1,
    score: 1,
    timestamp: END - at,
    until_timestamp: END,
  }));
  spoil(simulator, () => whole);
  const read = await readAnomalies(client, { from: END - 599, until: END });
  expect([read.anomalies.length, read.notes, asked(simulator)]).toEqual([599, [], 2]);
  const older = await readAnomalies(client, { from: END - 10, until: END });
  expect([older.anomalies.length, asked(simulator)]).toEqual([10, 3]);
});

test("the same page twice, and a list of the past, are said", async () => {
  const { simulator, client } = await world(600);
  let first: Anomalies | undefined;
  spoil(
    simulator,
    (anomalies) => {
      first ??= anomalies;
      return first;
    },
    { oldest_cached_component_age: 1800 },
  );
  const read = await readAnomalies(client, all);
  expect(read.anomalies).toHaveLength(500);
  expect(read.notes).toEqual([
    expect.stringContaining("the same page of anomalies twice"),
    "The list of anomalies comes from Anomify's cache and is 1800 seconds old.",
  ]);
});

test("of too many the newest are read, and the span says how far back", async () => {
  const { simulator, client } = await world(1500);
  const read = await readAnomalies(client, all, { most: 800 });
  const oldest = END - 60 * 1000;
  expect(read).toMatchObject({ span: { from: oldest + 1, until: END } });
  expect(read.notes).toEqual([
    `There are more than the 1000 anomalies that were read: these are the ones since ${new Date((oldest + 1) * 1000).toISOString().replace(".000Z", "Z")}.`,
  ]);
  expect(read.anomalies).toHaveLength(999);
  spoil(simulator, (anomalies) => anomalies.toReversed());
  const unsorted = await readAnomalies(client, all, { most: 800 });
  expect(unsorted).toMatchObject({ span: all, notes: [expect.stringContaining("some are missing")] });
});
