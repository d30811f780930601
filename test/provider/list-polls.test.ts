import { startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import { readSettings } from "../../provider/organization/config.ts";
import { connect } from "../../provider/organization/connect.ts";

const ROUNDS = 3;

/** Requests for the list of watchers while so many wait for it, each for some rounds. */
async function requestsOf(waiting: number): Promise<number> {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.stop());
  const config: Readonly<Record<string, string>> = {
    "anomify:endpoint": simulator.url,
    "anomify:token": simulator.organization("acme").token,
  };
  const settings = readSettings((key) => config[key], {});
  const { lists } = connect(settings, new AbortController().signal, () => undefined);
  const wait = async () => {
    for (let round = 0; round < ROUNDS; round += 1) await lists.poll("watchers");
  };
  await Promise.all(Array.from({ length: waiting }, wait));
  return simulator.journal.entries().filter(({ path }) => path === "/watchers/list").length;
}

test("any number of creates that wait for a list cost as many requests as one", async () => {
  const one = await requestsOf(1);
  expect(one).toBe(ROUNDS);
  expect(await requestsOf(50)).toBe(one);
});

test("each wait gets a list that was asked for after it began", async () => {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  const config: Readonly<Record<string, string>> = { "anomify:endpoint": simulator.url, "anomify:token": acme.token };
  const settings = readSettings((key) => config[key], {});
  const { lists } = connect(settings, new AbortController().signal, () => undefined);
  await lists.watchers();
  acme.edit((state) => {
    const [first] = state.watchers;
    if (first) state.watchers.push({ ...first, id: 990_001, name: "Just made" });
  });
  expect((await lists.watchers()).items.map(({ id }) => id)).not.toContain(990_001);
  expect(
    (await lists.poll("watchers")).items.map((item) => (typeof item === "object" && "id" in item ? item.id : 0)),
  ).toContain(990_001);
});
