import { beforeAll, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { startWorld } from "./world.ts";

beforeAll(ensureBuilt);

it("a time zone is taken in the spelling of the service's list, and one that it does not list fails in the preview", async () => {
  const { kind, simulator } = await startWorld();
  const settings = kind("OrgSettings");
  expect(await settings.check({ timezone: "europe/LONDON" })).toMatchObject({
    inputs: { timezone: "Europe/London" },
    failures: [],
  });
  // Known to this machine, and not listed by the service.
  const { failures } = await settings.check({ timezone: "EST5EDT" });
  expect(failures).toEqual([
    { property: "timezone", reason: expect.stringContaining('"EST5EDT" is not a time zone that Anomify lists') },
  ]);
  expect((await settings.check({ timezone: "Europe/Lodnon" })).failures[0]?.reason).toContain(
    'Did you mean "Europe/London"',
  );
  expect(simulator.journal.writes()).toEqual([]);
});

it("where the service lists no time zones, this machine's names are the rule, which is reported", async () => {
  const { kind, simulator, warnings } = await startWorld({ config: { "anomify:retries": "0" } });
  simulator.faults.add({ on: "listTimezones", do: { kind: "status", status: 404 }, times: 9 });
  const settings = kind("OrgSettings");
  expect((await settings.check({ timezone: "EST5EDT" })).failures).toEqual([]);
  await warnings.next(/checked by the names that this machine knows/);
  expect((await settings.check({ timezone: "Europe/Lodnon" })).failures).toHaveLength(1);
});

it("a type of exclusion is taken in the spelling of the service's list", async () => {
  const { kind } = await startWorld();
  const { inputs, failures } = await kind("Exclusion").check({ type: "Skip_Analysis", pattern: "staging" });
  expect(failures).toEqual([]);
  expect(inputs.type).toBe("skip_analysis");
});
