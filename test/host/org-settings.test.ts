import { startSimulator } from "pulumi-anomify/simulator";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { startHost, type Values } from "./harness.ts";
import { sample } from "./samples.ts";
import { startWorld } from "./world.ts";

beforeAll(ensureBuilt);

const PREVIOUS = { name: "Acme Shop", timezone: "Europe/London" };

it("check trims, and reports all mistakes at once", async () => {
  const { kind } = await startWorld();
  expect(await kind("OrgSettings").check({ name: " Acme " })).toEqual({
    inputs: { name: "Acme", timezone: null, onDelete: "release" },
    failures: [],
  });
  const { failures } = await kind("OrgSettings").check({
    name: "",
    timezone: "Europe/Londn",
    onDelete: 1,
    muted: true,
  });
  expect(Object.fromEntries(failures.map(({ property, reason }) => [property, reason]))).toEqual({
    name: expect.stringContaining("must not be empty"),
    timezone: expect.stringContaining('Did you mean "Europe/London"'),
    onDelete: expect.stringContaining('must be "release" or "restore"'),
    muted: expect.stringContaining("is not an input of OrgSettings"),
  });
});

it("adopts the settings, changes them in place, and remembers what was there", async () => {
  const { kind, acme } = await startWorld();
  const { id, inputs, outs } = await kind("OrgSettings").make(sample("OrgSettings"));
  expect({ id, outs }).toMatchObject({ id: "101", outs: { orgId: 101, previous: PREVIOUS, name: "Acme" } });
  expect(acme.settings()).toMatchObject({ name: "Acme", timezone: "Europe/Berlin" });
  const wanted = { ...inputs, timezone: "UTC" };
  expect(await kind("OrgSettings").diff(id, outs, wanted)).toMatchObject({ changes: true, replaces: [] });
  expect(await kind("OrgSettings").update(id, outs, wanted)).toMatchObject({ timezone: "UTC", previous: PREVIOUS });
});

it("what is left out is not managed, and muting is never drift", async () => {
  const { kind, acme, nextRun, simulator } = await startWorld();
  const { id, inputs, outs } = await kind("OrgSettings").make({ name: "Acme" });
  expect(simulator.journal.writes()[0]?.form).toEqual({ name: "Acme" });
  acme.edit((state) => {
    state.org.timezone = "UTC";
    state.mutedUntil = 9e9;
  });
  const settings = (await nextRun()).kind("OrgSettings");
  const read = await settings.refresh(id, outs);
  expect(read.outs).toEqual(outs);
  acme.edit((state) => {
    state.org.name = "Changed";
  });
  const drifted = (await nextRun()).kind("OrgSettings");
  const again = await drifted.refresh(id, outs);
  expect(again.outs.name).toBe("Changed");
  expect((await drifted.diff(id, again.outs, inputs)).changes).toBe(true);
});

it.each([
  ["release", { name: "Acme", timezone: "Europe/Berlin" }],
  ["restore", PREVIOUS],
])("delete with onDelete %s", async (onDelete, expected) => {
  const { kind, acme } = await startWorld();
  const { id, outs } = await kind("OrgSettings").make(sample("OrgSettings", { onDelete }));
  await kind("OrgSettings").delete(id, outs);
  expect(acme.settings()).toMatchObject(expected);
});

it("the settings belong to one resource, also when the first try to adopt them was refused", async () => {
  const { kind, simulator } = await startWorld();
  simulator.faults.add({ on: "updateOrg", do: { kind: "status", status: 400, message: "No." } });
  const { inputs } = await kind("OrgSettings").check(sample("OrgSettings"));
  await expect(kind("OrgSettings").create(inputs)).rejects.toThrow("OrgSettings");
  await kind("OrgSettings").create(inputs);
  await expect(kind("OrgSettings").create(inputs)).rejects.toThrow("another resource of this program");
});

it("a token of another organization is reported in a refresh, not taken for gone", async () => {
  const { kind } = await startWorld();
  const { id, outs } = await kind("OrgSettings").make(sample("OrgSettings"));
  const simulator = await startSimulator({ tenants: ["globex"] });
  onTestFinished(() => simulator.stop());
  const config: Values = { "anomify:endpoint": simulator.url, "anomify:token": simulator.organization("globex").token };
  const other = (await startHost({ config })).kind("OrgSettings");
  await expect(other.refresh(id, outs)).rejects.toThrow(
    /belongs to the organization ".+" \(id \d+\), but the credential belongs to/,
  );
});
