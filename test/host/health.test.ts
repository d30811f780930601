import { beforeAll, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { startWorld } from "./world.ts";

beforeAll(ensureBuilt);

const vital = { alert: "all-metrics-stopped" };

it("check warns of what notifies nobody, and asks for each list once", async () => {
  const { kind, warnings, simulator } = await startWorld();
  for (let turn = 0; turn < 2; turn++) {
    await kind("Watcher").check({ name: "Off", chips: ["cpu"], alert: false });
    await kind("Watcher").check({ name: "Quiet", chips: ["cpu"] });
    await kind("AdminAlert").check({ ...vital, enabled: false });
    await kind("AdminAlert").check({ ...vital, emailUsers: [], smsUsers: [], slackChannel: "ops-alerts" });
  }
  await warnings.next(/Watcher "Off", alert: is false, so nobody is notified/);
  await warnings.next(/Watcher "Quiet": notifies nobody/);
  await warnings.next(/AdminAlert "all-metrics-stopped", enabled: is false/);
  await warnings.next(/is "ops-alerts" alone, where watchers write too/);
  const reads = simulator.journal.entries().map(({ operation }) => operation);
  const lists = reads.filter((one) => ["listWatchers", "listChannels", "listUsers"].includes(String(one)));
  expect(lists.sort()).toEqual(["listChannels", "listWatchers"]);
});

it("with strict these are failures", async () => {
  const { kind } = await startWorld({ config: { "anomify:strict": "true" } });
  const { failures } = await kind("Watcher").check({ name: "Quiet", chips: ["cpu"] });
  expect(failures.map(({ reason }) => reason).join()).toContain("notifies nobody");
});
