import type { ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { createRequestQueue } from "../../sdk/request-queue.ts";
import { clientOf, errorOf, failure, reply, serve } from "./server.ts";

test("no more calls than permitted are under way at once", async () => {
  const held: Array<() => void> = [];
  const server = await serve((response, request, count) => {
    held.push(() => reply({ ping: "pong" })(response, request, count));
    if (held.length === 2) for (const release of held.splice(0)) release();
  });
  let underWay = 0;
  let most = 0;
  const client = clientOf(server, {
    concurrency: 2,
    onEvent: ({ type }) => {
      underWay += type === "request" ? 1 : -1;
      most = Math.max(most, underWay);
    },
  });
  await Promise.all(Array.from({ length: 8 }, () => client.ping.ping()));
  expect(most).toBe(2);
  expect(server.received).toHaveLength(8);
});

test("a failed call makes room for the next one", async () => {
  const server = await serve(failure(400), reply({ ping: "pong" }));
  const client = clientOf(server, { concurrency: 1 });
  const [error, pong] = await Promise.all([errorOf(client.ping.ping()), client.ping.ping()]);
  expect(error).toMatchObject({ httpStatus: 400 });
  expect(pong.data.ping).toBe("pong");
});

test("a call that gave up waiting does not take a turn", async () => {
  const held: ServerResponse[] = [];
  const arrived = Promise.withResolvers<void>();
  const server = await serve(
    (response) => {
      held.push(response);
      arrived.resolve();
    },
    reply({ ping: "pong" }),
  );
  const client = clientOf(server, { concurrency: 1 });
  const first = errorOf(client.ping.ping());
  const stop = new AbortController();
  const second = errorOf(client.ping.ping({ signal: stop.signal }));
  const third = client.ping.ping();
  await arrived.promise;
  stop.abort();
  expect(await second).toMatchObject({ name: "AbortedError", outcome: "not-sent" });
  held[0]?.writeHead(400).end("{}");
  await first;
  expect((await third).data.ping).toBe("pong");
  expect(server.received).toHaveLength(2);
});

test("each client has its own queue", async () => {
  const held: Array<() => void> = [];
  const server = await serve((response, request, count) => {
    held.push(() => reply({ ping: "pong" })(response, request, count));
    if (held.length === 2) for (const release of held) release();
  });
  const [one, other] = [clientOf(server, { concurrency: 1 }), clientOf(server, { concurrency: 1 })];
  await expect(Promise.all([one.ping.ping(), other.ping.ping()])).resolves.toHaveLength(2);
});

test("the queue lets attempts go in order, and no more at once than permitted", async () => {
  const queue = createRequestQueue({ concurrency: 1, requestsPerSecond: undefined });
  const { signal } = new AbortController();
  const order: number[] = [];
  await Promise.all(
    [1, 2, 3].map(async (task) => {
      const end = await queue.begin(task, signal);
      order.push(task);
      // The next one has to wait for this, however long it takes.
      await Promise.resolve();
      expect(order.at(-1)).toBe(task);
      end();
    }),
  );
  expect(order).toEqual([1, 2, 3]);
});
