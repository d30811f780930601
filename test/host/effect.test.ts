import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { setAnomalies } from "../helpers/anomalies.ts";
import { setMetrics } from "../helpers/metrics.ts";
import { startWorld, type World } from "./world.ts";

const base = { name: "CPU", emailUsers: ["ana@acme.example"] };
const urn = "urn:pulumi:dev::acme::pulumi-nodejs:dynamic/anomify:Watcher::cpu";

const requests = ({ simulator }: World) => simulator.journal.entries().map(({ method, path }) => `${method} ${path}`);

describe("a watcher's effect", () => {
  it("of a new one: count and sample as an input, and one message on the resource's row", async () => {
    const world = await startWorld();
    setMetrics(world.acme, ["prod.a.cpu", "prod.b.cpu", "prod.c.cpu", "prod.a.memory"]);
    const { inputs, failures } = await world.kind("Watcher").check({ ...base, chips: ["cpu"], __urn: urn });
    expect(failures).toEqual([]);
    expect(inputs).toMatchObject({ effect: "3 metrics, such as prod.a.cpu, prod.b.cpu" });
    expect(inputs).not.toHaveProperty("__urn");
    const message = "matches 3 metrics, such as prod.a.cpu, prod.b.cpu";
    await world.warnings.next(/matches/);
    expect(world.warnings.messages).toEqual([{ warning: false, message, urn }]);
  });

  it("never makes an unchanged one look changed, and costs it no request, whatever the live counts do", async () => {
    const world = await startWorld();
    const watcher = world.kind("Watcher");
    const { id, inputs, outs } = await watcher.make({ ...base, chips: ["cpu"] });
    const other = (await world.nextRun()).kind("Watcher");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom("a.cpu", "b.cpu", "c", "cpu")), async (names) => {
        setMetrics(world.acme, names);
        world.simulator.journal.clear();
        const next = await other.check({ ...base, chips: ["cpu"] }, inputs);
        expect(next).toEqual({ inputs, failures: [] });
        expect((await other.diff(id, outs, next.inputs)).changes).toBe(false);
        const asked = requests(world).filter((request) => /metrics|chips/.test(request));
        expect(asked).toEqual([]);
        expect((await other.refresh(id, outs)).outs).toEqual(outs);
      }),
      { seed: 20261124, numRuns: 20 },
    );
  });

  it("another change keeps what is recorded", async () => {
    const world = await startWorld();
    const { id, inputs, outs } = await world.kind("Watcher").make({ ...base, chips: ["cpu"] });
    setMetrics(world.acme, ["a.cpu"]);
    const next = await world.kind("Watcher").check({ ...base, name: "New", chips: ["cpu"] }, inputs);
    expect(next.inputs.effect).toBe(inputs.effect);
    const updated = await world.kind("Watcher").update(id, outs, next.inputs);
    expect(updated.effect).toBe(inputs.effect);
  });
});

describe("with anomify:replayDays", () => {
  it("the message ends with what would have gone out, and an unchanged one stays so at no cost", async () => {
    const world = await startWorld({ config: { "anomify:replayDays": "1" } });
    const now = Math.floor(Date.now() / 1000);
    setAnomalies(world.acme, { "a.cpu": [now - 7200, now - 3000, now - 600] });
    const watcher = world.kind("Watcher");
    const { id, inputs, outs } = await watcher.make({ ...base, chips: ["cpu"], __urn: urn });
    expect(await world.warnings.next(/matches/)).toBe("matches 1 metric: a.cpu. Over the last day: 2 alerts.");
    const other = (await world.nextRun()).kind("Watcher");
    world.simulator.journal.clear();
    const same = await other.check({ ...base, chips: ["cpu"], __urn: urn }, inputs);
    expect([same.inputs, (await other.diff(id, outs, same.inputs)).changes]).toEqual([inputs, false]);
    expect(requests(world)).not.toContain("GET /anomalies");
    const next = await other.check({ ...base, chips: ["cpu"], expiration: "30m", __urn: urn }, inputs);
    expect(next.inputs).toEqual({ ...inputs, expiration: "30m" });
    await world.warnings.next(/before/);
    const message = "Over the last day: 2 alerts before, 3 after.";
    expect(world.warnings.messages.at(-1)).toEqual({ warning: false, message, urn });
  });
});

describe("an exclusion's effect", () => {
  const all = { type: "skip_analysis", pattern: "db1" };

  it("its limits are the program's own: a change of them sends nothing", async () => {
    const { kind, simulator } = await startWorld();
    const { id, outs } = await kind("Exclusion").make({ ...all, maxMetrics: 10 });
    simulator.journal.clear();
    const next = await kind("Exclusion").check({ ...all, maxMetrics: 20, until: "2999-01-01" });
    expect(await kind("Exclusion").diff(id, outs, next.inputs)).toMatchObject({ changes: true, replaces: [] });
    const updated = await kind("Exclusion").update(id, outs, next.inputs);
    expect(updated).toMatchObject({ maxMetrics: 20, until: "2999-01-01", exclusionId: outs.exclusionId });
    expect(simulator.journal.entries().filter(({ method }) => method !== "GET")).toEqual([]);
    expect((await kind("Exclusion").refresh(id, updated)).outs).toEqual(updated);
  });
});
