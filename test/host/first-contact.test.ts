import { beforeAll, expect, it } from "vitest";
import { acme } from "../../simulator/tenants/acme.ts";
import { ensureBuilt } from "../helpers/build.ts";
import { CallError } from "./harness.ts";
import { sample } from "./samples.ts";
import { startWorld } from "./world.ts";

beforeAll(ensureBuilt);

/** More than a page of everything that is listed. */
const tenant = {
  ...acme,
  watchers: [
    ...acme.watchers,
    ...Array.from({ length: 12 }, (_, index) => ({
      id: 510 + index,
      name: `Other ${index}`,
      chips: ["web1"],
      days_old: 1,
    })),
  ],
  exclusions: [
    ...acme.exclusions,
    ...Array.from({ length: 12 }, (_, index) => ({
      id: 40 + index,
      type: "no_learning",
      pattern: `other.${index}`,
      days_old: 1,
    })),
  ],
};

it.each(["Watcher", "ThresholdWatcher", "Exclusion"])(
  "a %s that is on no page that can be read is not taken for gone",
  async (name) => {
    const { kind, simulator, nextRun, textOf } = await startWorld({ tenants: [tenant] });
    const { id, outs } = await kind(name).make(sample(name));
    for (const [shape, why] of [
      ["pages-out-of-reach", "says that its list has more than it gives"],
      ["pages-refused", "may have more, which it refuses to be asked for"],
    ] as const) {
      simulator.shapes.set(shape);
      const next = (await nextRun()).resource(textOf(name));
      const error = await next.refresh(id, outs).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(CallError);
      expect((error as CallError).message).toContain(why);
      expect((error as CallError).message).toContain("does not prove that there is none");
    }
    simulator.shapes.clear();
    const last = (await nextRun()).resource(textOf(name));
    expect(await last.refresh(id, outs)).toMatchObject({ id });
  },
);

it("what is on a page that can be read is read, although the list has more", async () => {
  const { kind, simulator } = await startWorld({ tenants: [tenant] });
  simulator.shapes.set("pages-out-of-reach");
  const { outs } = await kind("Exclusion").refresh("31", {});
  expect(outs).toMatchObject({ exclusionId: 31 });
});

it.each([
  ["Watcher", "listWatchers", "watchers[].alerts", "alerts"],
  ["Watcher", "listWatchers", "watchers[].summary_report_frequency", "summary_report_frequency"],
  ["ThresholdWatcher", "listWatchers", "watchers[].threshold", "threshold"],
  ["Exclusion", "listExclusions", "exclusions[].note", "note"],
  ["AdminAlert", "listAdminAlerts", "admin_alerts[].alerts", "alerts"],
  ["User", "listUsers", "users[].phone_number", "phone_number"],
  ["User", "listUsers", "users[].slack_member_id", "slack_member_id"],
])("a %s is no drift where %s does not say %s, and a warning says so", async (name, operation, field, word) => {
  const { kind, simulator, warnings, nextRun, textOf } = await startWorld();
  const { id, outs } = await kind(name).make(sample(name));
  simulator.shapes.omit({ operation, field });
  const next = (await nextRun()).resource(textOf(name));
  expect((await next.refresh(id, outs)).outs).toEqual(outs);
  expect(await warnings.next(new RegExp(`does not say ${word}`))).toContain("anomify:wire");
});

it("another way of asking is used for the rest of the run, and a warning names the setting", async () => {
  const { kind, simulator, warnings } = await startWorld();
  simulator.shapes.set("lists-by-post", "include-deleted-refused");
  await kind("Watcher").make(sample("Watcher"));
  const setting = JSON.stringify({ listWatchers: { method: "POST", params: { include_deleted: null } } });
  expect(await warnings.next(/refused GET \/watchers\/list/)).toContain(`add ${setting} to anomify:wire`);
});
