import { createRequire } from "node:module";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { createStack } from "pulumi-anomify/testing";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { succeeded } from "./scenario.ts";

const directory = `${import.meta.dirname}/fixtures/scenarios`;
/** Most that a provider process asks about the effect of new watchers, however many there are. */
const MAX_QUESTIONS = 20;

beforeAll(ensureBuilt);

/** Number of requests by method and path since the last call. */
function requestsOf({ journal }: Simulator): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method, path } of journal.entries()) {
    const key = `${method} ${path}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  journal.clear();
  return counts;
}

/** Requests of each operation on so many watchers, each with a person and a channel. */
async function requestsFor(count: number) {
  const simulator = await startSimulator();
  const config = { "anomify:endpoint": simulator.url };
  const secrets = { "anomify:token": simulator.organization("acme").token };
  const stack = await createStack({ directory, config, secrets });
  onTestFinished(async () => {
    await stack.close();
    await simulator.stop();
  });
  const load = createRequire(import.meta.url);
  const program = async () => {
    const { Watcher } = load("pulumi-anomify") as typeof import("pulumi-anomify");
    for (let index = 0; index < count; index += 1) {
      const chips = ["cpu", `host${index}`];
      new Watcher(`w${index}`, {
        name: `w${index}`,
        chips,
        emailUsers: ["ana@acme.example"],
        slackChannel: "ops-alerts",
      });
    }
  };
  succeeded(await stack.up({ program }));
  const up = requestsOf(simulator);
  succeeded(await stack.preview({ program, expectNoChanges: true }));
  const preview = requestsOf(simulator);
  succeeded(await stack.refresh({ expectNoChanges: true }));
  return { up, preview, refresh: requestsOf(simulator) };
}

test("a preview and a refresh of 200 watchers ask no more than those of 10, and a creation is one request", async () => {
  const few = await requestsFor(10);
  const many = await requestsFor(200);

  expect(few.preview).toEqual({ "GET /org/users": 1, "GET /org/channels": 1 });
  expect(many.preview).toEqual(few.preview);
  expect(few.refresh).toEqual({ "GET /watchers/list": 1, "GET /org/users": 1 });
  expect(many.refresh).toEqual(few.refresh);

  for (const [count, { up }] of [[10, few] as const, [200, many] as const]) {
    const { "POST /watcher/create": created, "GET /watchers/chips": questions = 0, ...lists } = up;
    expect(created).toBe(count);
    expect(questions).toBeLessThanOrEqual(MAX_QUESTIONS);
    expect(Object.values(lists), Object.keys(lists).join()).toEqual(Object.keys(lists).map(() => 1));
  }
});
