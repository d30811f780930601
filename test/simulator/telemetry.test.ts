import { crc32, inflateSync } from "node:zlib";
import type { Simulator } from "pulumi-anomify/simulator";
import { describe, expect, it } from "vitest";
import { Clock, caller, simulate, withSession, withToken } from "./harness.ts";

const day = 86_400;
const labelled = 'http.requests{service="checkout",code="500"}';
const slashed = 'node/disk.free{host="web1",mount="/srv/data"}';
const path = (name: string) => `/metric/${encodeURIComponent(name)}`;
const timestamps = (items: { timestamp: number }[]) => items.map(({ timestamp }) => timestamp);

describe("metrics", () => {
  it("are several hundred, the same ones each time", async () => {
    const clock = new Clock();
    const all = async () => {
      const simulator = await simulate({ clock: clock.read });
      const api = withToken(simulator);
      const [metrics, anomalies] = [
        await api.get("/metrics", { limit: "1000" }),
        await api.get("/anomalies", { limit: "1000" }),
      ];
      const comparable = JSON.stringify([metrics.data, anomalies.data]).replaceAll(simulator.url, "");
      return { metrics: metrics.data, anomalies: anomalies.data, comparable };
    };
    const first = await all();
    expect(first.metrics.metrics_count).toBeGreaterThan(300);
    expect(first.metrics.metrics).toHaveLength(first.metrics.metrics_count);
    expect(first.anomalies.anomalies.length).toBeGreaterThan(100);
    expect((await all()).comparable === first.comparable).toBe(true);
  });

  it("are searched and paged", async () => {
    const api = withToken(await simulate());
    const names = async (query: Record<string, string>) => {
      const { data } = await api.get("/metrics", { search: "CHECKOUT", ...query });
      return { count: data.metrics_count, names: data.metrics.map(({ name }: { name: string }) => name) };
    };
    const { count, names: all } = await names({});
    expect(all).toHaveLength(count);
    expect(await names({ limit: "2", offset: "3" })).toEqual({ count, names: all.slice(3, 5) });
    expect((await names({ offset: String(count) })).names).toEqual([]);
    expect((await api.get("/metrics")).data.metrics).toHaveLength(100);
  });

  it.each([labelled, slashed])("are found by their name in the path: %s", async (name) => {
    const { data } = await withToken(await simulate()).get(path(name));
    expect(data.metric).toMatchObject({ name, active: true, last_value: expect.any(Number) });
  });

  it("may have stopped, and then an admin alert went out", async () => {
    const clock = new Clock();
    const simulator = await simulate({ clock: clock.read });
    const api = withToken(simulator);
    const stopped = (await api.get("/metrics", { limit: "1000" })).data.metrics.filter(
      ({ active }: { active: boolean }) => !active,
    );
    expect(stopped.length).toBeGreaterThan(2);
    expect(stopped[0].last_timestamp).toBe(clock.now - 3 * day);
    let code = "";
    simulator.organization("acme").edit((state) => {
      code = state.sentAdminAlerts[0]?.code ?? "";
    });
    const { data } = await api.get(`/org/adminalert/${code}`);
    expect(data.admin_alert.id).toBe(2);
    expect(data.metrics).toEqual(stopped.map(({ name }: { name: string }) => name));
    expect((await api.get("/org/adminalert/nothing")).http).toBe(404);
  });

  it("have data points, oldest first, inside the expected range", async () => {
    const clock = new Clock();
    const api = withToken(await simulate({ clock: clock.read }));
    const span = { from: String(clock.now - 3600), until: String(clock.now) };
    const { timeseries } = (await api.get(`${path(slashed)}/timeseries`, span)).data;
    const { yhat } = (await api.get(`${path(slashed)}/yhat`, span)).data;
    expect(timestamps(timeseries)).toEqual(timestamps(yhat));
    expect(timeseries).toHaveLength(61);
    expect(timeseries[0].timestamp).toBeLessThan(timeseries[60].timestamp);
    for (const [index, { value }] of timeseries.entries()) {
      expect(value).toBeGreaterThanOrEqual(yhat[index].expected_range_lower);
      expect(value).toBeLessThanOrEqual(yhat[index].expected_range_upper);
    }
    expect((await api.get(`${path(slashed)}/timeseries`)).data.timeseries).toHaveLength(1441);
    const year = await api.get(`${path(slashed)}/timeseries`, { from: "0", until: "9999999999" });
    expect(year.data.timeseries.length).toBeLessThanOrEqual(1441);
    expect(year.data.timeseries.at(-1).timestamp).toBeLessThanOrEqual(clock.now);
  });

  it("are ranked", async () => {
    const api = withToken(await simulate());
    const ranked = async (kind: string, key: string) =>
      (await api.get(`/metrics/${kind}`, { limit: "5" })).data.metrics.map(
        (metric: Record<string, number>) => metric[key],
      );
    for (const [kind, key] of [
      ["mostanomalous", "anomalies_count"],
      ["mostrecentlyanomalous", "last_anomaly_timestamp"],
      ["mostrecentlymatched", "last_match_timestamp"],
    ] as const) {
      const values = await ranked(kind, key);
      expect(values).toHaveLength(5);
      expect(values).toEqual([...values].sort((a, b) => b - a));
    }
  });

  it("count against the quota, and can be removed with all that belongs to them", async () => {
    const api = withToken(await simulate());
    const { metric } = (await api.get("/anomalies", { limit: "1000" })).data.anomalies.find(
      ({ metric }: { metric: string }) => !metric.includes(","),
    );
    const before = (await api.get("/org/getquotametrics", { limit: "1" })).data;
    expect(before).toMatchObject({ metrics_quota: 500, metrics: ["prod.web1.checkout.latency"] });
    const form = { metrics: `${metric},no.such.metric` };
    expect((await api.post("/org/removequotametrics", form)).data.removed_count).toBe(1);
    expect((await api.post("/org/removequotametrics", form)).data.removed_count).toBe(0);
    expect((await api.get("/org/getquotametrics")).data.metrics_count).toBe(before.metrics_count - 1);
    expect((await api.get("/anomalies", { metric })).data.anomalies).toEqual([]);
    expect((await api.get("/metrics/mostrecentlymatched")).http).toBe(200);
  });
});

describe("anomalies", () => {
  it("lie in the last 30 days, newest first, and can be narrowed down", async () => {
    const clock = new Clock();
    const api = withToken(await simulate({ clock: clock.read }));
    const all = (await api.get("/anomalies", { limit: "1000" })).data.anomalies;
    const times = timestamps(all);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(times.at(-1)).toBeGreaterThan(clock.now - 30 * day);
    const [from, until] = [times[9] ?? 0, times[3] ?? 0];
    const some = (await api.get("/anomalies", { from: String(from), until: String(until) })).data.anomalies;
    expect(some).toEqual(all.filter(({ timestamp }: { timestamp: number }) => timestamp >= from && timestamp <= until));
    expect((await api.get("/anomalies", { from: "2", until: "1" })).data.errors).toEqual({
      from: "Must not be after until.",
    });
    expect((await api.get("/anomalies", { metric: "no.such.metric" })).data.anomalies).toEqual([]);
  });

  it("are found by id, by metric and by metric and time", async () => {
    const simulator = await simulate();
    const api = withToken(simulator);
    const [anomaly] = (await api.get("/anomalies")).data.anomalies;
    expect((await api.get(`/anomaly/${anomaly.id}`)).data.anomaly).toEqual(anomaly);
    const query = { metric: anomaly.metric, timestamp: String(anomaly.timestamp) };
    const found = (await api.get("/anomaly/lookup", query)).data;
    expect(found).toEqual({ anomaly, anomaly_graph_url: `${simulator.url}/image/anomaly?anomaly_id=${anomaly.id}` });
    expect((await api.get("/anomaly/lookup", { ...query, timestamp: "1" })).http).toBe(404);
    const own = (await api.get(`${path(anomaly.metric)}/anomalies`)).data.anomalies;
    expect(own).toContainEqual(anomaly);
    const { summary } = (await api.get(`${path(anomaly.metric)}/anomalysummary`)).data;
    expect(summary).toMatchObject({ anomalies_count: own.length, last_anomaly_timestamp: own[0].timestamp });
  });

  it("show in the data points", async () => {
    const api = withToken(await simulate());
    const [anomaly] = (await api.get("/anomalies")).data.anomalies;
    const span = { from: String(anomaly.timestamp), until: String(anomaly.timestamp) };
    expect((await api.get(`${path(anomaly.metric)}/timeseries`, span)).data.timeseries).toEqual([
      { timestamp: anomaly.timestamp, value: anomaly.value },
    ]);
    expect(anomaly.value).toBeGreaterThan(anomaly.expected_range_upper);
  });

  it("become patterns when a person trains them", async () => {
    const clock = new Clock();
    const simulator = await simulate({ clock: clock.read });
    const api = withSession(simulator);
    const [anomaly] = (await api.get("/anomalies")).data.anomalies;
    const { data, status } = await api.post("/anomaly/train", {
      anomaly_id: String(anomaly.id),
      label: "Sale",
      duration: "7200",
    });
    const [pending] = data.anomaly.pending_patterns;
    expect(pending).toMatchObject({
      anomaly_id: anomaly.id,
      label: "Sale",
      duration: 7200,
      duration_string: "2 hour",
      creator_user_display_name: "Ana Acme",
      matches: 0,
      match_rate: "0%",
    });
    expect(status.user_onboarding_flags.pattern_trained).toBe(true);
    expect((await api.get("/patterns/pending")).data.patterns).toEqual([pending]);
    expect((await api.get(`${path(anomaly.metric)}/patterns`)).data.patterns).not.toContainEqual(pending);
    clock.now += 300;
    expect((await api.get("/patterns/pending")).data.patterns).toEqual([]);
    expect((await api.get(`${path(anomaly.metric)}/patterns`)).data.patterns).toContainEqual(pending);
    expect((await api.get(`/anomaly/${anomaly.id}`)).data.anomaly.patterns).toContainEqual(pending);
    const points = (await api.get(`/pattern/${pending.id}/timeseries`)).data.timeseries;
    expect([points[0].timestamp, points.at(-1).timestamp]).toEqual([anomaly.timestamp - 7200, anomaly.timestamp]);
  });

  it("get too old for that", async () => {
    const api = withSession(await simulate());
    const old = (await api.get("/anomalies", { limit: "1000" })).data.anomalies.at(-1);
    expect(old.training).toMatchObject({ trainable: false, trainable_status: "expired" });
    const reply = await api.post("/anomaly/train", { anomaly_id: String(old.id) });
    expect([reply.http, reply.data.errors]).toEqual([400, { anomaly_id: "Is too old to be trained on." }]);
    expect((await api.post("/anomaly/train", { anomaly_id: "1" })).http).toBe(404);
  });
});

describe("patterns and matches", () => {
  it("belong together", async () => {
    const api = withToken(await simulate());
    const [metric] = (await api.get("/metrics/mostrecentlymatched", { limit: "1" })).data.metrics;
    const bundle = (await api.get(`${path(metric.name)}/bundle`)).data;
    expect(bundle.metric).toEqual(metric);
    const [match] = bundle.matches;
    expect(match).toMatchObject({ metric_name: metric.name, timestamp: metric.last_match_timestamp });
    expect((await api.get(`/match/${match.id}`)).data.match).toEqual(match);
    const { pattern } = (await api.get(`/pattern/${match.pattern_id}`)).data;
    expect(bundle.patterns).toContainEqual(pattern);
    const matches = (await api.get(`/pattern/${pattern.id}/matches`)).data.matches;
    expect(matches).toHaveLength(pattern.matches);
    expect(pattern.match_rate_string).toBe(`${pattern.matches} of ${pattern.checks} (${pattern.match_rate})`);
    expect((await fetch(match.graph_url)).status).toBe(401);
  });

  it("are disabled for good", async () => {
    const api = withToken(await simulate());
    const [metric] = (await api.get("/metrics/mostrecentlymatched", { limit: "1" })).data.metrics;
    const [pattern] = (await api.get(`${path(metric.name)}/patterns`)).data.patterns;
    for (const _ of ["once", "again"]) {
      expect((await api.post(`/pattern/${pattern.id}/disable`)).data.pattern).toEqual({ ...pattern, enabled: false });
    }
    expect((await api.post("/pattern/1/disable")).http).toBe(404);
  });
});

describe("pictures", () => {
  async function picture(simulator: Simulator, target: string) {
    const headers = { "x-auth-token": simulator.organization("acme").token };
    const response = await fetch(simulator.url + target, { headers });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/png"]);
    return decode(Buffer.from(await response.arrayBuffer()));
  }

  /** Reads a PNG the way its specification says, checksums included. */
  function decode(png: Buffer) {
    expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    const chunks = new Map<string, Buffer>();
    for (let at = 8; at < png.length; ) {
      const end = at + 8 + png.readUInt32BE(at);
      expect(png.readUInt32BE(end)).toBe(crc32(png.subarray(at + 4, end)));
      chunks.set(png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, end));
      at = end + 4;
    }
    expect([...chunks.keys()]).toEqual(["IHDR", "PLTE", "IDAT", "IEND"]);
    const header = chunks.get("IHDR") ?? Buffer.alloc(8);
    const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
    const rows = inflateSync(chunks.get("IDAT") ?? Buffer.alloc(0));
    expect(rows).toHaveLength((width + 1) * height);
    return { width, height, colors: new Set(rows) };
  }

  it("have the size that is asked for", async () => {
    const simulator = await simulate();
    const metric = encodeURIComponent(labelled);
    const sized = await picture(simulator, `/image/metric?metric=${metric}&width=100&height=50`);
    expect([sized.width, sized.height]).toEqual([100, 50]);
    const usual = await picture(simulator, `/image/metric?metric=${metric}`);
    expect([usual.width, usual.height]).toEqual([640, 240]);
    for (const side of ["0", "4097"]) {
      const { data } = await withToken(simulator).get("/image/metric", { metric: labelled, width: side });
      expect(data.errors).toEqual({ width: "Must be from 1 to 4096." });
    }
    expect((await withToken(simulator).get("/image/metric", { metric: "no.such.metric" })).http).toBe(404);
  });

  it("show the series, and what else is asked for", async () => {
    const simulator = await simulate();
    const [{ metric, id }] = (await withToken(simulator).get("/anomalies")).data.anomalies;
    const plain = await picture(simulator, `${path(metric)}/graph?from=1`);
    expect(plain.colors).toEqual(new Set([0, 1, 2]));
    const marked = await picture(simulator, `${path(metric)}/graph?from=1&display_anomalies=true&display_x_axis=below`);
    expect(marked.colors).toEqual(new Set([0, 1, 2, 3, 5]));
    expect((await picture(simulator, `/image/anomaly?anomaly_id=${id}`)).colors).toContain(3);
    expect((await picture(simulator, "/org/graph")).colors).toContain(2);
  });

  it("exist for organizations without any data", async () => {
    const simulator = await simulate({ tenants: ["empty"] });
    const headers = { "x-auth-token": simulator.organization("empty").token };
    decode(Buffer.from(await (await fetch(`${simulator.url}/org/graph`, { headers })).arrayBuffer()));
  });
});

describe("the organization in numbers", () => {
  it("counts what there is", async () => {
    const api = withToken(await simulate());
    const { summary } = (await api.get("/org/summary")).data;
    expect(summary.metrics_count).toBe((await api.get("/metrics")).data.metrics_count);
    expect(summary.anomalies_count).toBe((await api.get("/anomalies", { limit: "1000" })).data.anomalies.length);
    expect(summary.watchers_count).toBe(3);
    expect((await api.get("/org/testmetrics", { metrics_limit: "1" })).data).toEqual({
      metrics_count: 3,
      metrics: ["try.checkout.latency"],
    });
  });

  it("remembers what happened", async () => {
    const simulator = await simulate();
    const api = withSession(simulator, "ben@acme.example");
    await api.post("/watcher/503/delete");
    await api.post("/watcher/503/delete");
    const { events } = (await api.get("/org/events")).data;
    expect(events[0]).toMatchObject({
      type: "watcher_deleted",
      message: 'Watcher "Everything on web1" has been deleted.',
      user: { id: 102 },
    });
    expect(events.filter(({ type }: { type: string }) => type === "watcher_deleted")).toHaveLength(1);
    expect(events.at(-1).type).toBe("org_created");
  });

  it("is billed each month", async () => {
    const clock = new Clock();
    const api = withSession(await simulate({ clock: clock.read }));
    const { history } = (await api.get("/billing/history")).data;
    expect(timestamps(history)).toEqual([clock.now, clock.now - 30 * day, clock.now - 60 * day]);
    expect((await api.get("/billing/history", { limit: "1", offset: "1" })).data.history).toEqual([history[1]]);
  });
});

describe("small helps", () => {
  it("say moments in words", async () => {
    const clock = new Clock();
    const api = caller(await simulate({ clock: clock.read }), {});
    const words = async (offset: number) =>
      (await api.get("/misc/timesince", { timestamp: String(clock.now + offset) })).data.time_since;
    expect([
      await words(0),
      await words(-1),
      await words(-7200),
      await words(3 * day),
      await words(-400 * day),
    ]).toEqual(["just now", "1 second ago", "2 hours ago", "in 3 days", "1 year ago"]);
  });

  it("list dialing codes and time zones", async () => {
    const api = caller(await simulate(), {});
    expect((await api.get("/misc/phonecodes")).data.phone_codes).toContainEqual({
      country_code: "GB",
      name: "United Kingdom",
      phone_code: "+44",
    });
    expect((await api.get("/misc/timezones")).data.timezones).toEqual(expect.arrayContaining(["Europe/London", "UTC"]));
  });

  it("serve a script, and the contract that is given", async () => {
    const simulator = await simulate({ openapi: { openapi: "3.1.0", info: { title: "Given" } } });
    const script = await fetch(`${simulator.url}/js/eventsender`);
    expect(script.headers.get("content-type")).toBe("application/javascript");
    expect(await (await fetch(`${simulator.url}/doc/openapi`)).json()).toMatchObject({ info: { title: "Given" } });
  });
});
