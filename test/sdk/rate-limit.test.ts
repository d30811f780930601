import { RateLimitError } from "pulumi-anomify/sdk";
import { expect, test } from "vitest";
import { createRequestQueue } from "../../sdk/request-queue.ts";
import { type Answer, clientOf, errorOf, failure, reply, serve } from "./server.ts";

const pong = reply({ ping: "pong" });
const never = new AbortController().signal;

test("attempts are spread: any two are the time of one apart, however many wait", async () => {
  const queue = createRequestQueue({ concurrency: 12, requestsPerSecond: 50 });
  const times: number[] = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: 12 }, async (_, order) => {
      const end = await queue.begin(order, never);
      times.push(performance.now());
      end();
    }),
  );
  // The first two may go at once: what a late timer loses is caught up on. Never sooner, however slow the machine is.
  for (const [place, time] of times.entries()) expect(time - began).toBeGreaterThanOrEqual((place - 1) * 20 - 1);
});

test("a refusal stops all calls, those that have not begun too; then one goes alone", async () => {
  const refused: Array<() => void> = [];
  // Four are under way when the first refusal comes.
  const storm: Answer = (response, request, count) => {
    refused.push(() => failure(429, "slow down", { headers: { "retry-after": "1" } })(response, request, count));
    if (refused.length === 4) for (const refuse of refused) refuse();
  };
  const alone = Promise.withResolvers<() => void>();
  const hold: Answer = (...args) => alone.resolve(() => pong(...args));
  const server = await serve(storm, storm, storm, storm, hold, pong);
  const client = clientOf(server, { concurrency: 4 });
  const calls = Promise.all(Array.from({ length: 12 }, () => client.ping.ping()));
  const answer = await alone.promise;
  // Whatever was sent with it would have arrived by the end of these.
  const other = clientOf(server);
  for (let count = 0; count < 5; count += 1) await other.ping.ping();
  expect(server.received).toHaveLength(5 + 5);
  answer();
  await calls;
  expect(server.received).toHaveLength(16 + 5);
});

test("who came first goes first after a pause, and a refused call keeps its place", async () => {
  const queue = createRequestQueue({ concurrency: 12, requestsPerSecond: undefined });
  const order: number[] = [];
  const first = await queue.begin(1, never);
  first(20);
  const turn = async (number: number) => {
    const end = await queue.begin(number, never);
    order.push(number);
    end();
  };
  await Promise.all([turn(4), turn(3), turn(1), turn(2)]);
  expect(order).toEqual([1, 2, 3, 4]);
});

test("a pause that ends after the deadline fails the calls that would have to wait for it, and nothing of them is sent", async () => {
  const server = await serve(failure(429, "slow down", { headers: { "retry-after": "3600" } }), pong);
  const client = clientOf(server, { deadline: 60_000 });
  expect(await errorOf(client.ping.ping())).toBeInstanceOf(RateLimitError);
  const error = await errorOf(client.watcher.delete({ watcher_id: 1 }));
  expect(error).toBeInstanceOf(RateLimitError);
  expect(error).toMatchObject({ httpStatus: 429, outcome: "not-sent", retryAfter: expect.closeTo(3600, -1) });
  expect(error.message).toMatch(
    /^Anomify was not asked to delete watcher: it refused another call of this client \(429; it asks to wait 3\d{3}(\.\d)? s, and only \d+(\.\d)? s are left until the deadline\)\. POST \/watcher\/1\/delete$/,
  );
  expect(server.received).toHaveLength(1);
});

test("another client is not stopped", async () => {
  const server = await serve(failure(429, "slow down", { headers: { "retry-after": "3600" } }), pong);
  await errorOf(clientOf(server).ping.ping());
  expect((await clientOf(server).ping.ping()).data.ping).toBe("pong");
});

test("a signal ends the wait in a pause, and whoever waits behind is not held up", async () => {
  const queue = createRequestQueue({ concurrency: 12, requestsPerSecond: undefined });
  (await queue.begin(1, never))(50);
  const stop = new AbortController();
  const stopped = queue.begin(2, stop.signal).catch((reason: unknown) => reason);
  const next = queue.begin(3, never);
  stop.abort("stopped");
  expect(await stopped).toBe("stopped");
  (await next)();
  await expect(queue.begin(4, AbortSignal.abort("gone"))).rejects.toBe("gone");
  (await queue.begin(5, never))();
});

test("a turn is ended once, so that one attempt does not make room for two", async () => {
  const queue = createRequestQueue({ concurrency: 12, requestsPerSecond: undefined });
  const end = await queue.begin(1, never);
  end(0);
  end();
  const alone = await queue.begin(2, never);
  const order: string[] = [];
  const other = queue.begin(3, never).then((endOther) => {
    order.push("other");
    endOther();
  });
  await queue.begin(4, AbortSignal.timeout(0)).catch(() => order.push("one at a time"));
  alone();
  await other;
  expect(order).toEqual(["one at a time", "other"]);
});
