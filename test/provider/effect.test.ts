import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { describe, expect, it, onTestFinished } from "vitest";
import { readSettings } from "../../provider/organization/config.ts";
import { connect } from "../../provider/organization/connect.ts";
import { exclusion } from "../../provider/resources/exclusion/index.ts";
import { thresholdWatcher } from "../../provider/resources/threshold-watcher/index.ts";
import { watcher } from "../../provider/resources/watcher/index.ts";
import { check } from "../../provider/runtime/check.ts";
import type { Definition, Values } from "../../provider/runtime/definition.ts";
import { setAnomalies } from "../helpers/anomalies.ts";
import { setMetrics } from "../helpers/metrics.ts";

const definitions: Readonly<Record<string, Definition>> = {
  Watcher: watcher,
  ThresholdWatcher: thresholdWatcher,
  Exclusion: exclusion,
};
const forever = Number.POSITIVE_INFINITY;
const base = { name: "CPU", emailUsers: ["ana@acme.example"] };
const rule = { threshold: { condition: "greater_than", value: 1 } };

interface World {
  readonly simulator: Simulator;
  readonly acme: ReturnType<Simulator["organization"]>;
  /** Messages of all severities. */
  readonly reported: string[];
  kind(name: string): { check(inputs: Values, olds?: Values): ReturnType<typeof check> };
}

/** A simulated organization and the provider's check in this process. */
async function startWorld({ config = {} }: { config?: Readonly<Record<string, string>> } = {}): Promise<World> {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  const given: Readonly<Record<string, string>> = {
    "anomify:endpoint": simulator.url,
    "anomify:token": acme.token,
    ...config,
  };
  const reported: string[] = [];
  const settings = readSettings((key) => given[key], {});
  const org = connect(settings, new AbortController().signal, (_severity, message, label) =>
    reported.push(label === undefined ? message : `${label}: ${message}`),
  );
  const kind = (name: string) => ({
    check: (inputs: Values, olds: Values = {}) => check(definitions[name] as Definition, inputs, async () => org, olds),
  });
  return { simulator, acme, reported, kind };
}

const requests = ({ simulator }: World) => simulator.journal.entries().map(({ method, path }) => `${method} ${path}`);

describe("a watcher's effect", () => {
  it("without a URN the message names the resource", async () => {
    const { kind, reported } = await startWorld();
    await kind("Watcher").check({ ...base, chips: ["replication"] });
    expect(reported.find((message) => /matches/.test(message))).toBe(
      'Watcher "CPU": matches 3 metrics, such as prod.db1.replication.lag, prod.db2.replication.lag',
    );
  });

  it("of a change: before and after, lost and gained", async () => {
    const world = await startWorld();
    setMetrics(world.acme, ["db.cpu.a", "db.cpu.b", "db.cpu.c", "web.cpu.idle", "web.cpu.user", "web.idle"]);
    const table: [before: string[], after: string[], message: string][] = [
      [["cpu"], ["cpu", "idle"], "5 → 1 metric; no longer 4, such as db.cpu.a, db.cpu.b"],
      [["cpu"], ["cpu", "web"], "5 → 2 metrics; no longer db.cpu.* (3)"],
      [["idle"], ["web"], "2 → 3 metrics; now also web.cpu.user"],
      [["db"], ["idle"], "3 → 2 metrics; no longer db.cpu.* (3); now also web.cpu.idle, web.idle"],
      [["db"], ["cpu", "db"], "matches 3 metrics, such as db.cpu.a, db.cpu.b"],
    ];
    for (const [before, after, message] of table) {
      const name = `${before} to ${after}`;
      const { inputs } = await world.kind("Watcher").check({ ...base, name, chips: before });
      await world.kind("Watcher").check({ ...base, name, chips: after }, inputs);
      expect(world.reported).toContain(`Watcher "${name}": ${message}`);
    }
  });

  it("chips that are not known yet keep what is recorded", async () => {
    const { kind } = await startWorld();
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const next = await kind("Watcher").check(
      { ...base, chips: [unknown] },
      { chips: ["cpu"], effect: "1 metric: a.cpu" },
    );
    expect(next.inputs.effect).toBe("1 metric: a.cpu");
    expect((await kind("Watcher").check({ ...base, chips: unknown })).inputs).not.toHaveProperty("effect");
  });

  it("no metric is a warning with near misses, with strict a mistake", async () => {
    for (const strict of ["false", "true"]) {
      const { kind, reported } = await startWorld({ config: { "anomify:strict": strict } });
      const { failures } = await kind("Watcher").check({ ...base, chips: ["cpuu"] });
      const expected =
        /match no metric of the organization, so nobody is notified\. "cpuu" is in no name\. Did you mean "cpu"\?/;
      if (strict === "false") expect(reported.find((message) => /no metric/.test(message))).toMatch(expected);
      else expect(failures).toEqual([{ property: "chips", reason: expect.stringMatching(expected) }]);
    }
  });
});

describe("a threshold watcher of more than 200 metrics", () => {
  it("is a mistake, and with ignoreMetricLimit a warning", async () => {
    const world = await startWorld();
    setMetrics(
      world.acme,
      Array.from({ length: 201 }, (_, index) => `prod.host${index}.cpu`),
    );
    const inputs = { ...base, ...rule, chips: ["cpu"] };
    const { failures } = await world.kind("ThresholdWatcher").check(inputs);
    const reason = expect.stringContaining(
      "match 201 metrics, and a threshold watcher of more than 200 watches nothing",
    );
    expect(failures).toEqual([{ property: "chips", reason }]);
    const allowed = await world.kind("ThresholdWatcher").check({ ...inputs, ignoreMetricLimit: true });
    expect(allowed.failures).toEqual([]);
    expect(world.reported.find((message) => /201 metrics, and/.test(message))).toContain("watches nothing");
    expect((await world.kind("Watcher").check({ ...base, chips: ["cpu"] })).failures).toEqual([]);
  });
});

describe("an exclusion's effect", () => {
  const all = { type: "skip_analysis", pattern: "db1" };

  it("names the watchers that lose metrics, declared ones among them", async () => {
    const world = await startWorld();
    world.acme.edit((state) => {
      state.watchers = [];
    });
    setMetrics(world.acme, ["prod.db1.cpu", "prod.db1.disk", "prod.db2.cpu"]);
    await world.kind("Watcher").check({ ...base, chips: ["disk"] });
    await world.kind("Watcher").check({ ...base, name: "All", chips: ["prod"] });
    const { inputs } = await world.kind("Exclusion").check(all);
    expect(inputs.effect).toBe("leaves out 2 metrics: prod.db1.cpu, prod.db1.disk");
    expect(world.reported.find((message) => /leaves out/.test(message))).toBe(
      'Exclusion "db1": leaves out 2 metrics: prod.db1.cpu, prod.db1.disk; Watcher "CPU" loses all of its 1, Watcher "All" loses 2 of its 3',
    );
  });

  it("of a replacement is reported once, with what was there before", async () => {
    const { kind, reported } = await startWorld();
    const { inputs } = await kind("Exclusion").check({ ...all, pattern: "db2" });
    await kind("Exclusion").check(all, inputs);
    await kind("Exclusion").check(all);
    expect(reported.filter((message) => message.startsWith('Exclusion "db1"'))).toEqual([
      expect.stringMatching(/^Exclusion "db1": 6 → 6 metrics; no longer /),
    ]);
  });

  it("live watchers are counted as well", async () => {
    const { kind, reported } = await startWorld();
    await kind("Exclusion").check({ type: "skip_analysis", pattern: "prod.web1.checkout" });
    expect(reported.find((message) => /leaves out/.test(message))).toMatch(
      /leaves out 5 metrics.*; Watcher "Checkout latency" loses 1 of its \d+/,
    );
  });

  it("wider than maxMetrics, or than the stack's limit, is a mistake", async () => {
    const { kind } = await startWorld({ config: { "anomify:exclusionMaxMetrics": "3" } });
    const { failures } = await kind("Exclusion").check({ ...all, maxMetrics: 2 });
    expect(failures.map(({ property, reason }) => [property, reason.replace(/^.*?: /, "")])).toEqual([
      ["pattern", "leaves out 6 metrics, and maxMetrics allows 2. Choose a narrower pattern, or raise maxMetrics"],
      [
        "pattern",
        "leaves out 6 metrics, and anomify:exclusionMaxMetrics allows 3. Choose a narrower pattern, or raise anomify:exclusionMaxMetrics",
      ],
    ]);
  });

  it("past its date is a warning, with strict a mistake", async () => {
    for (const strict of ["false", "true"]) {
      const { kind, reported } = await startWorld({ config: { "anomify:strict": strict } });
      const { failures } = await kind("Exclusion").check({ ...all, until: "2026-01-31" });
      const past = /is past: the exclusion should have ended on 2026-01-31\. Remove it, or extend until/;
      if (strict === "false") expect(reported.find((message) => /is past/.test(message))).toMatch(past);
      else expect(failures).toEqual([{ property: "until", reason: expect.stringMatching(past) }]);
    }
  });
});

describe("with anomify:replayDays a watcher's effect", () => {
  const hour = 3600;
  /** Eight anomalies in the last two hours, one of long ago. */
  async function startReplay(config: Readonly<Record<string, string>> = {}): Promise<World> {
    const world = await startWorld({ config: { "anomify:replayDays": "7", "anomify:retries": "0", ...config } });
    const now = Math.floor(Date.now() / 1000);
    const recent = [1, 2, 3, 4, 5, 6, 7, 8].map((quarter) => now - (quarter * hour) / 4 - 60);
    setAnomalies(world.acme, { "a.cpu": [...recent, now - 8 * 24 * hour], "a.disk": [] });
    return world;
  }
  const anomalyRequests = (world: World) => requests(world).filter((request) => request === "GET /anomalies").length;
  const reported = ({ reported: all }: World) => all.filter((message) => /^Watcher/.test(message));

  it("shows how often it would have alerted, before and after, of what decides that alone", async () => {
    const world = await startReplay();
    const watcher = world.kind("Watcher");
    const { inputs } = await watcher.check({ ...base, chips: ["cpu"] });
    expect(inputs.effect).toBe("1 metric: a.cpu");
    for (const change of [{ expiration: "15m" }, { alert: false }, { chips: ["disk"] }, { emailUsers: [] }]) {
      const next = await watcher.check({ ...base, name: JSON.stringify(change), chips: ["cpu"], ...change }, inputs);
      expect(next.failures).toEqual([]);
      if (!("chips" in change)) expect(next.inputs.effect).toBe(inputs.effect);
    }
    for (const change of [{ name: "Same" }, { smsUsers: ["ana@acme.example"] }, { expiration: "60m" }]) {
      expect((await watcher.check({ ...base, chips: ["cpu"], ...change }, inputs)).failures).toEqual([]);
    }
    expect(reported(world).filter((message) => message.includes("Over the last"))).toEqual([
      'Watcher "CPU": matches 1 metric: a.cpu. Over the last 7 days: 2 alerts.',
      'Watcher "{"expiration":"15m"}": Over the last 7 days: 2 alerts before, 8 after.',
      'Watcher "{"alert":false}": Over the last 7 days: 2 alerts before, 0 after.',
      'Watcher "{"chips":["disk"]}": 1 → 1 metric; no longer a.cpu; now also a.disk. Over the last 7 days: 2 alerts before, 0 after.',
      'Watcher "{"emailUsers":[]}": Over the last 7 days: 2 alerts before, 0 after.',
    ]);
    expect(anomalyRequests(world)).toBe(1);
  });

  it("costs an unchanged one, a threshold watcher and what is not known yet no request", async () => {
    const world = await startReplay();
    const inputs = { ...base, chips: ["cpu"], expiration: "1h" };
    await world.kind("Watcher").check(inputs, inputs);
    await world.kind("ThresholdWatcher").check({ ...base, ...rule, chips: ["cpu"] });
    await world.kind("Watcher").check({ ...base, chips: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" });
    expect(anomalyRequests(world)).toBe(0);
  });

  it("says once when the anomalies cannot be read, and fails nothing", async () => {
    const world = await startReplay({ "anomify:strict": "true" });
    world.simulator.faults.add({ on: "listAnomalies", times: forever, do: { kind: "status", status: 403 } });
    for (const name of ["A", "B"]) {
      const { failures, inputs } = await world.kind("Watcher").check({ ...base, name, chips: ["cpu"] });
      expect([failures, inputs.effect]).toEqual([[], "1 metric: a.cpu"]);
    }
    const replays = world.reported.filter((message) => /replay/.test(message));
    expect(replays).toEqual([
      expect.stringMatching(/^Stored anomalies could not be read, so nothing is replayed \(anomify:replayDays\)\. /),
    ]);
    expect(reported(world)).toContain('Watcher "B": matches 1 metric: a.cpu');
    expect(anomalyRequests(world)).toBe(1);
  });
});

describe("who is asked", () => {
  const many = (count: number): Values[] =>
    Array.from({ length: count }, (_, at) => ({ ...base, name: `n${at}`, chips: ["cpu"] }));

  it("any number of new watchers costs one list of metrics and one question", async () => {
    const world = await startWorld();
    for (const inputs of many(30)) await world.kind("Watcher").check(inputs);
    const asked = requests(world).filter((request) => /\/metrics|\/chips/.test(request));
    expect(asked).toEqual(["GET /metrics", "GET /watchers/chips"]);
  });

  it("a service that counts otherwise is believed, and asked a limited number of times", async () => {
    const world = await startWorld();
    world.simulator.faults.add({
      on: "listChips",
      times: forever,
      do: { kind: "mutate", change: (body) => ({ ...body, data: { ...body.data, metrics_count: 999 } }) },
    });
    const reported = [];
    for (const inputs of many(25)) reported.push((await world.kind("Watcher").check(inputs)).inputs.effect);
    expect(reported[0]).toMatch(/^999 metrics, such as/);
    expect(reported.at(-1)).toMatch(/^59 metrics \(estimate\), such as/);
    expect(requests(world).filter((request) => request.includes("/chips"))).toHaveLength(20);
  });

  it("a service that does not answer the question leaves an estimate", async () => {
    const world = await startWorld();
    world.simulator.faults.add({ on: "listChips", times: forever, do: { kind: "status", status: 403 } });
    for (const inputs of many(3)) {
      const { inputs: checked, failures } = await world.kind("Watcher").check(inputs);
      expect(checked.effect).toMatch(/^59 metrics \(estimate\), such as/);
      expect(failures).toEqual([]);
    }
    expect(requests(world).filter((request) => request.includes("/chips"))).toHaveLength(1);
  });

  it("a service without a list of metrics still counts", async () => {
    const world = await startWorld();
    world.simulator.faults.add({ on: "listMetrics", times: forever, do: { kind: "status", status: 403 } });
    const { inputs } = await world.kind("Watcher").check({ ...base, chips: ["cpu"] });
    expect(inputs.effect).toMatch(/^59 metrics, such as/);
  });

  it("without either, nothing is reported, and nothing fails", async () => {
    const world = await startWorld({ config: { "anomify:retries": "0" } });
    const lost = { kind: "drop", when: "before" } as const;
    world.simulator.faults.add({ on: "listMetrics", times: forever, do: lost });
    world.simulator.faults.add({ on: "listChips", times: forever, do: lost });
    const { inputs, failures } = await world.kind("Watcher").check({ ...base, chips: ["cpu"] });
    expect([inputs.effect, failures]).toEqual([undefined, []]);
    expect(world.reported.find((message) => /could not be asked/.test(message))).toContain("what chips match");
  });

  it("pages that bring nothing new end the reading", async () => {
    const world = await startWorld();
    world.simulator.faults.add({
      on: "listMetrics",
      times: forever,
      do: { kind: "mutate", change: (body) => ({ ...body, data: { ...body.data, metrics_count: 10_000 } }) },
    });
    const { inputs } = await world.kind("Watcher").check({ ...base, chips: ["cpu"] });
    expect(inputs.effect).toMatch(/^59 metrics, such as/);
    expect(requests(world).filter((request) => request === "GET /metrics").length).toBeLessThan(5);
  });
});
