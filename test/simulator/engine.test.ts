import type { SimulatorOptions } from "pulumi-anomify/simulator";
import { describe, expect, it } from "vitest";
import { empty } from "../../simulator/tenants/empty.ts";
import { type Caller, simulate, withToken } from "./harness.ts";

// What the contract marks `engine`: certain for the engine under the service.

const family = (...names: string[]) => names.map((template) => ({ template, values: {} }));

type Tenant = Exclude<NonNullable<SimulatorOptions["tenants"]>[number], string>;
const now = 1_768_230_060;
const organization = (changes: Partial<Tenant>) =>
  simulate({ tenants: [{ ...empty, name: "small", ...changes }], clock: () => now });

const names = [
  "host1.idle.cpu",
  "host.gpu.cpufreq",
  "cpufreq.x",
  "h.eth0:1.rx",
  'cpu_user{instance="10.0.0.1:9090",job="api"}',
  'http.requests{path="/api/login"}',
];

async function matched(chips: string): Promise<string[]> {
  const api = withToken(await organization({ metrics: family(...names) }), "small");
  return (await api.get("/watchers/chips", { chips })).data.metrics;
}

describe("chips", () => {
  it.each([
    ["an element", "cpu", ["host1.idle.cpu", "cpufreq.x"]],
    ["elements in any order", "cpu,host1", ["host1.idle.cpu"]],
    ["an element with other characters, whole", "eth0:1", ["h.eth0:1.rx"]],
    ["no part of one", "eth0", []],
    ["the beginning of a dotted name", "host1,id", ["host1.idle.cpu"]],
    ["a label", "instance", ['cpu_user{instance="10.0.0.1:9090",job="api"}']],
    ["the value of a label, whole", "/api/login", ['http.requests{path="/api/login"}']],
    ["no part of a value", "login", []],
    ["nothing with a dot in it", "10.0.0.1:9090", []],
    ["nothing when repeated", "cpu,cpu", []],
    ["case", "CPU", []],
  ])("match %s", async (_, chips, expected) => {
    expect(await matched(chips)).toEqual(expected);
  });

  it("are offered where they can match", async () => {
    const api = withToken(await organization({ metrics: family(...names) }), "small");
    const offered = (await api.get("/watchers/chips")).data.chips.map(({ chip }: { chip: string }) => chip);
    expect(offered).toContain("/api/login");
    expect(offered).not.toContain("10.0.0.1:9090");
  });
});

describe("exclusions", () => {
  it("match as chips do, and have several terms", async () => {
    const api = withToken(await organization({ metrics: family(...names) }), "small");
    const tried = async (pattern: string) =>
      (await api.get("/exclusion/test", { type: "skip_metrics", pattern })).data.metrics;
    expect(await tried("host1.cpu")).toEqual(["host1.idle.cpu"]);
    expect(await tried("gpu")).toEqual(["host.gpu.cpufreq"]);
    expect(await tried("reque")).toEqual([]);
    expect(await tried("gpu, /api/login")).toEqual(["host.gpu.cpufreq", 'http.requests{path="/api/login"}']);
  });

  it.each(["skip_metrics", "drop_metrics", "learn_repetitive_patterns", "alert_on_stale_metrics", "skip_analysis"])(
    "may be of type %s",
    async (type) => {
      const { data } = await withToken(await simulate()).post("/exclusion/add", { type, pattern: "a,b" });
      expect(data.exclusion).toMatchObject({ type, pattern: "a,b" });
    },
  );
});

const rule = { threshold_condition: "greater_than", threshold_value: "10", alert: "true" };
const create = async (api: Caller, name: string, form: Record<string, string>) =>
  (await api.post("/watcher/threshold", { name, ...form })).data.watcher;

describe("threshold watchers", () => {
  it("of drop_off_cliff have a minimum average and a window, and no value", async () => {
    const api = withToken(await simulate());
    const watcher = await create(api, "Cliff", {
      chips: "queue,depth",
      threshold_condition: "drop_off_cliff",
      threshold_minimum_avg: "100",
      threshold_minimum_avg_seconds: "3600",
    });
    expect(watcher.threshold).toEqual({
      condition: "drop_off_cliff",
      value: null,
      times: 1,
      minimum_avg: 100,
      minimum_avg_seconds: 3600,
    });
  });

  it("may smooth with a function", async () => {
    const api = withToken(await simulate());
    const smoothed = { ...rule, chips: "queue,depth", threshold_function: "median", threshold_function_seconds: "600" };
    const watcher = await create(api, "Smooth", smoothed);
    expect(watcher.threshold).toMatchObject({ function: "median", function_seconds: 600 });
    const changed = await api.post(`/watcher/${watcher.id}/update`, { threshold_function: "mean" });
    expect(changed.data.watcher.threshold).toMatchObject({ function: "mean", function_seconds: 600 });
  });

  it("replace the rule of an earlier one with the same condition on a metric", async () => {
    const simulator = await organization({ metrics: family("queue.mail", "queue.orders") });
    const api = withToken(simulator, "small");
    const wide = await create(api, "Warn", { ...rule, chips: "queue" });
    const narrow = await create(api, "Critical", { ...rule, chips: "queue,mail", threshold_value: "20" });
    const below = await create(api, "Empty", { ...rule, chips: "queue,mail", threshold_condition: "less_than" });
    const inForce = simulator
      .organization("small")
      .thresholdRules()
      .map(({ metric, condition, watcher_id }) => [metric, condition, watcher_id]);
    expect(inForce).toEqual([
      ["queue.mail", "greater_than", narrow.id],
      ["queue.mail", "less_than", below.id],
      ["queue.orders", "greater_than", wide.id],
    ]);
  });

  it("with more than 200 metrics watch nothing, and take the rules of others along", async () => {
    const metrics = family(...Array.from({ length: 201 }, (_, index) => `fleet.h${index}`), "fleet2.h0");
    const simulator = await organization({ metrics });
    const api = withToken(simulator, "small");
    await create(api, "One host", { ...rule, chips: "fleet,h0" });
    const other = await create(api, "Other", { ...rule, chips: "fleet2,h0" });
    await create(api, "All", { ...rule, chips: "fleet,", threshold_value: "5" });
    const rules = simulator.organization("small").thresholdRules();
    // "fleet" begins "fleet2.h0" too, so that all of them match it.
    expect(rules).toEqual([]);
    await api.post(`/watcher/${other.id + 1}/delete`);
    expect(
      simulator
        .organization("small")
        .thresholdRules()
        .map(({ metric }) => metric),
    ).toEqual(["fleet.h0", "fleet2.h0"]);
  });

  it("hold further alerts back for at least 15 minutes", async () => {
    const simulator = await organization({ metrics: family("queue.mail") });
    const api = withToken(simulator, "small");
    const { id } = await create(api, "Short", { ...rule, chips: "queue", expiration_time: "60" });
    const held = () => simulator.organization("small").thresholdRules()[0]?.hold_back_seconds;
    expect(held()).toBe(900);
    await api.post(`/watcher/${id}/update`, { expiration_time: "2", expiration_time_unit: "hour" });
    expect(held()).toBe(7200);
  });

  it("compare strictly, with the newest data points or their mean", async () => {
    const simulator = await organization({ metrics: family("queue.mail") });
    const api = withToken(simulator, "small");
    const series = (await api.get("/metric/queue.mail/timeseries", { from: String(now - 60), until: String(now) }))
      .data;
    const { value } = series.timeseries.at(-1);
    const brokenWith = async (form: Record<string, string>) => {
      const { id } = await create(api, "Limit", { ...rule, chips: "queue", ...form });
      const broken = simulator.organization("small").thresholdRules()[0]?.broken;
      await api.post(`/watcher/${id}/delete`);
      return broken;
    };
    expect(await brokenWith({ threshold_value: String(value) })).toBe(false);
    expect(await brokenWith({ threshold_value: String(value - 0.001) })).toBe(true);
    const mean = { threshold_function: "mean", threshold_function_seconds: "600" };
    expect(await brokenWith({ threshold_value: "0", ...mean })).toBe(true);
    expect(await brokenWith({ threshold_value: "1000000", ...mean })).toBe(false);
  });
});

describe("admin alerts", () => {
  it("may have the ids 3 to 5, and hold nothing back", async () => {
    const alerts = [
      { id: 2, wait_seconds: 900, enabled: true, alerts: [], expiration_seconds: 0 },
      { id: 4, wait_seconds: 300, enabled: true, alerts: [] },
    ];
    const api = withToken(await organization({ admin_alerts: alerts }), "small");
    const { data } = await api.get("/org/adminalerts");
    expect(data.admin_alerts).toMatchObject([
      { id: 1, expiration_seconds: 3600 },
      { id: 2, expiration_seconds: 0 },
      { id: 4, name: "Threshold matches too many metrics" },
    ]);
  });
});

describe("quota and test metrics", () => {
  it("are removed by name or pattern, or only counted", async () => {
    const simulator = await organization({ metrics: family(...names) });
    const api = withToken(simulator, "small");
    const remove = (form: Record<string, string>) => api.post("/org/removequotametrics", form);
    expect((await remove({})).data.errors).toEqual({ metrics: "This or patterns is needed." });
    const chosen = { metrics: "cpufreq.x", patterns: "host1,gpu" };
    const gone = ["host1.idle.cpu", "host.gpu.cpufreq", "cpufreq.x"];
    expect((await remove({ ...chosen, dry_run: "true" })).data).toMatchObject({ removed_count: 3, metrics: gone });
    expect((await api.get("/org/getquotametrics")).data.metrics_count).toBe(6);
    expect((await remove(chosen)).data).toMatchObject({ removed_count: 3, metrics: gone });
    expect((await api.get("/org/getquotametrics")).data.metrics).toEqual(names.slice(3));
  });

  it("tell those that would be dropped apart", async () => {
    const tenant = { test_metrics: ["try.a"], dropped_test_metrics: ["try.b", "try.c"] };
    const api = withToken(await organization(tenant), "small");
    const { data } = await api.get("/org/testmetrics", { metrics_limit: "1" });
    expect(data).toEqual({ metrics_count: 1, metrics: ["try.a"], dropped_count: 2, dropped: ["try.b"] });
  });
});
