import { startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import { readSettings } from "../../provider/organization/config.ts";
import { connect } from "../../provider/organization/connect.ts";

/** An organization with so many metrics, and requests by operation. */
async function organizationOf(metrics: number) {
  const simulator = await startSimulator({ tenants: ["acme"] });
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  acme.edit((state) => {
    const [first] = state.metrics;
    if (first === undefined) throw new Error("acme has no metrics");
    state.metrics = Array.from({ length: metrics }, (_, index) => ({ ...first, name: `host${index}.disk.free` }));
  });
  const config: Readonly<Record<string, string>> = { "anomify:endpoint": simulator.url, "anomify:token": acme.token };
  const org = connect(
    readSettings((key) => config[key], {}),
    new AbortController().signal,
    () => undefined,
  );
  const requests = () => {
    const operations = simulator.journal.entries().map(({ operation }) => operation);
    return {
      chips: operations.filter((operation) => operation === "listChips").length,
      pages: operations.filter((operation) => operation === "listMetrics").length,
    };
  };
  return { simulator, org, requests };
}

const questions = async (org: Awaited<ReturnType<typeof organizationOf>>["org"], from: number, to: number) => {
  const found: Array<{ count: number; estimate: boolean }> = [];
  for (let index = from; index < to; index += 1) found.push(await org.metrics.ofChips(["disk", `host${index}`]));
  return found;
};

test("a few questions about many metrics list no more than a page", async () => {
  const { org, requests } = await organizationOf(60_000);
  expect((await questions(org, 0, 3)).map(({ count, estimate }) => ({ count, estimate }))).toEqual(
    Array.from({ length: 3 }, () => ({ count: 1, estimate: false })),
  );
  expect(requests()).toEqual({ chips: 3, pages: 1 });
});

test("any number of questions about many metrics costs one listing, and our count is one that the service has confirmed", async () => {
  const { org, requests } = await organizationOf(60_000);
  const asked = await questions(org, 0, 40);
  const after = requests();
  expect(after).toEqual({ chips: 20, pages: 60 });
  const more = await questions(org, 40, 400);
  expect(requests()).toEqual(after);
  expect([...asked, ...more].every(({ count, estimate }) => count === 1 && !estimate)).toBe(true);
});

test("where the service does not answer, or counts otherwise, what comes of the listing is an estimate", async () => {
  const { org, requests, simulator } = await organizationOf(60_000);
  simulator.faults.add({
    on: "listChips",
    times: Number.POSITIVE_INFINITY,
    do: { kind: "mutate", change: (body) => ({ ...body, data: { ...body.data, metrics_count: 7 } }) },
  });
  const asked = await questions(org, 0, 25);
  expect(asked.map(({ count, estimate }) => `${count} ${estimate}`)).toEqual([
    ...Array.from({ length: 20 }, () => "7 false"),
    ...Array.from({ length: 5 }, () => "1 true"),
  ]);
  expect(requests()).toEqual({ chips: 20, pages: 60 });
});

test("where the service does not say what chips match, the metrics are listed at once", async () => {
  const { org, requests, simulator } = await organizationOf(52_000);
  simulator.faults.add({ on: "listChips", times: Number.POSITIVE_INFINITY, do: { kind: "status", status: 404 } });
  expect(await questions(org, 0, 30)).toEqual(
    Array.from({ length: 30 }, () => expect.objectContaining({ count: 1, estimate: true })),
  );
  expect(requests().pages).toBe(52);
});
