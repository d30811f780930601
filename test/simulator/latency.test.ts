import { expect, test } from "vitest";
import { simulate, withToken } from "./harness.ts";

test("latency holds back each reply, refusals too, and ends when the service stops", async () => {
  const simulator = await simulate({ latency: 3_600_000 });
  const api = withToken(simulator);
  const waiting = ["/org/users", "/no/such/path", "/watchers/list"].map((path) => api.get(path));
  // Without latency each would be answered.
  const lost = Promise.all(waiting.map((reply) => expect(reply).rejects.toThrow("fetch failed")));
  await expect.poll(() => simulator.journal.entries().length).toBe(3);
  await simulator.stop();
  await lost;
});

test("a short latency changes nothing but the time", async () => {
  const simulator = await simulate({ latency: 1 });
  const { http, data } = await withToken(simulator).get("/org/users");
  expect(http).toBe(200);
  expect(data.users.length).toBeGreaterThan(0);
});
