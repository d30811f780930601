import fc from "fast-check";
import { createClient, InvalidOptionsError, InvalidRequestError } from "pulumi-anomify/sdk";
import { expect, it } from "vitest";
import { ConfigError, readSettings } from "../../provider/organization/config.ts";
import { clientOptions } from "../../provider/organization/connect.ts";
import { encodeRequest } from "../../sdk/request.ts";
import { rows } from "../contract/client-rows.ts";
import { beyondJson, json, key, mutated, outcome, runs, SECRET, textOf } from "./values.ts";

const keys = ["endpoint", "timeoutSeconds", "retries", "requestsPerSecond", "strict", "exclusionMaxMetrics", "wire"];
const names = ["token", "sessionId", ...keys];
const variable = (name: string) => `ANOMIFY_${name.replace(/[A-Z]/g, "_$&").toUpperCase()}`;
const wire = {
  "*": { params: { slack_channel: "channel" } },
  listWatchers: { path: "/v2/list", reply: { "watchers[].chips": "filters" } },
  createWatcher: { params: { chips: "words" } },
};
const text = fc.oneof(
  { weight: 3, arbitrary: json.map((value) => (typeof value === "string" ? value : textOf(value))) },
  { weight: 1, arbitrary: mutated(fc.constant(wire)).map(textOf) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "7",
      "true",
      "false",
      "https://x.example",
      "http://x.example",
      "https://u:p@x",
      " ",
      "1e9",
      "٣",
    ),
  },
);
const layer = fc.dictionary(fc.constantFrom(...names), text, { maxKeys: 5 });

it("settings of whatever form make a client, or are refused in words that name them", async () => {
  await fc.assert(
    fc.asyncProperty(layer, layer, async (config, environment) => {
      const given = new Map(Object.entries(config).map(([name, value]) => [`anomify:${name}`, value]));
      given.set("anomify:token", SECRET);
      given.delete("anomify:sessionId");
      const variables = Object.fromEntries(Object.entries(environment).map(([name, value]) => [variable(name), value]));
      const { result, error } = await outcome("settings", () => readSettings((name) => given.get(name), variables));
      if (error) {
        expect(error).toBeInstanceOf(ConfigError);
        expect(error.message).toMatch(/anomify:|Anomify/);
      }
      if (result === undefined) return;
      const made = await outcome("clients of settings", () =>
        createClient(clientOptions(result, new AbortController().signal)),
      );
      if (made.error) expect(made.error).toBeInstanceOf(InvalidOptionsError);
    }),
    runs(0.04),
  );
});

it("parameters of whatever form are sent to the path of their call, or refused all at once", async () => {
  const good: Record<string, unknown> = {
    string: "greater_than",
    boolean: true,
    integer: 7,
    number: 1,
    "unix-seconds": 1_768_230_060,
    csv: ["a"],
    "csv-integer": [1],
    email: "ana@example.com",
    url: "https://example.com",
  };
  const calls = fc.oneof(
    ...rows.map(({ row }) => {
      const params = Object.fromEntries(Object.entries(row.params).map(([name, one]) => [name, good[one.valueType]]));
      return fc.tuple(mutated(fc.constant(params), beyondJson), fc.option(key)).map(([value, extra]) => ({
        row,
        params: { ...(typeof value === "object" && value), ...(extra !== null && { [extra]: 1 }) },
      }));
    }),
  );
  await fc.assert(
    fc.asyncProperty(calls, async ({ row, params }) => {
      const { result, error } = await outcome("requests", () => encodeRequest(row, params, [SECRET]));
      if (error) {
        expect(error).toBeInstanceOf(InvalidRequestError);
        expect((error as InvalidRequestError).parameters.length).toBeGreaterThan(0);
      }
      if (result === undefined) return;
      const url = new URL(`https://api.example${result.path}`);
      expect([url.origin, url.search, url.hash]).toEqual(["https://api.example", "", ""]);
      expect(url.pathname.split("/").length).toBe(row.path.split("/").length);
      const constant = row.path.split("{")[0] ?? "";
      expect(url.pathname.startsWith(constant)).toBe(true);
      for (const name of (result.query ?? result.form ?? new URLSearchParams()).keys())
        expect(Object.hasOwn(row.params, name)).toBe(true);
    }),
    runs(0.28),
  );
});
