import { expect, test } from "vitest";
import { type Answer, clientOf, errorOf, failure, reply, serve } from "./server.ts";

const metric = (id: number) => ({ id, name: `metric.${id}` });

/** Serves `total` metrics, page by page. */
const pages =
  (total: number): Answer =>
  (response, request, count) => {
    const [limit, offset] = [Number(request.query.limit), Number(request.query.offset)];
    const ids = Array.from({ length: total }, (_, index) => index).slice(offset, offset + limit);
    reply({ metrics: ids.map(metric), metrics_count: total })(response, request, count);
  };

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const idsOf = async (items: AsyncIterable<{ id: number }>) => (await all(items)).map(({ id }) => id);

test("all items come, page by page", async () => {
  const server = await serve(pages(5));
  expect(await idsOf(clientOf(server).metrics.iterate({ search: "m", limit: 2 }))).toEqual([0, 1, 2, 3, 4]);
  expect(server.received.map(({ query }) => query)).toEqual([
    { search: "m", limit: "2", offset: "0" },
    { search: "m", limit: "2", offset: "2" },
    { search: "m", limit: "2", offset: "4" },
  ]);
});

test("a last page that is full is followed by an empty one", async () => {
  const server = await serve(pages(4));
  expect(await idsOf(clientOf(server).metrics.iterate({ limit: 2 }))).toEqual([0, 1, 2, 3]);
  expect(server.received).toHaveLength(3);
});

test("a page is 100 items unless asked otherwise", async () => {
  const server = await serve(pages(100));
  expect(await idsOf(clientOf(server).metrics.iterate())).toHaveLength(100);
  expect(server.received.map(({ query }) => query)).toEqual([
    { limit: "100", offset: "0" },
    { limit: "100", offset: "100" },
  ]);
});

test("iterating can start in the middle and stop early", async () => {
  const server = await serve(pages(50));
  const seen: number[] = [];
  for await (const { id } of clientOf(server).metrics.iterate({ limit: 10, offset: 5 })) {
    seen.push(id);
    if (seen.length === 12) break;
  }
  expect(seen).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
  expect(server.received).toHaveLength(2);
});

test("a server that ignores the offset is not read forever", async () => {
  const server = await serve(reply({ metrics: [metric(1), metric(2)], metrics_count: 2 }));
  const error = await errorOf(idsOf(clientOf(server).metrics.iterate({ limit: 2 })));
  expect(error).toMatchObject({ name: "ResponseShapeError", operation: "listMetrics", evidence: "assumed" });
  expect(error.message).toMatch(/begin with the same item.*assumed\. GET \/metrics$/);
  expect(server.received).toHaveLength(2);
});

test("a failure in the middle is the caller's", async () => {
  const server = await serve(pages(4), failure(403, "no"));
  const error = await errorOf(idsOf(clientOf(server).metrics.iterate({ limit: 2 })));
  expect(error).toMatchObject({ name: "PermissionError" });
});

test("each listing that pages can be iterated", async () => {
  const server = await serve(
    reply({ anomalies: [], events: [], metrics: [], matches: [], history: [], metrics_quota: 0, metrics_count: 0 }),
  );
  const client = clientOf(server, { sessionId: "session-of-ana" });
  const listings = [
    client.anomalies.iterate(),
    client.billing.iterateHistory(),
    client.metric.iterateAnomalies({ metric_name: "a" }),
    client.metrics.iterate(),
    client.org.iterateEvents(),
    client.org.iterateQuotaMetrics(),
    client.pattern.iterateMatches({ pattern_id: 1 }),
  ];
  for (const items of listings) expect(await all<unknown>(items)).toEqual([]);
  expect(server.received).toHaveLength(listings.length);
});
