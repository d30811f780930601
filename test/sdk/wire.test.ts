import fc from "fast-check";
import { InvalidRequestError } from "pulumi-anomify/sdk";
import { expect, test } from "vitest";
import {
  choice,
  clearable,
  csv,
  csvIds,
  email,
  flag,
  integer,
  matching,
  number,
  optional,
  type Param,
  secret,
  text,
  unixSeconds,
  unlessEmpty,
  url,
} from "../../sdk/wire.ts";
import { clientOf, errorOf, reply, serve } from "./server.ts";

fc.configureGlobal({ seed: 20260112, numRuns: 300 });

const encode = (param: Param<never>, value: unknown): string | undefined => param.encode(value as never);

test.each([
  [text, "a b", "a b"],
  [text, " ", " "],
  [flag, true, "true"],
  [flag, false, "false"],
  [integer, 0, "0"],
  [integer, -0, "0"],
  [integer, 2 ** 53 - 1, "9007199254740991"],
  [number(), 1.5, "1.5"],
  [number(), -0, "0"],
  [number(), -12, "-12"],
  [number(), 1e21, "1000000000000000000000"],
  [number(), 1.25e-7, "0.000000125"],
  [number(), -1.5e22, "-15000000000000000000000"],
  [number({ minimum: 0 }), 0, "0"],
  [unixSeconds, 1_768_230_060, "1768230060"],
  [unixSeconds, new Date("2026-01-12T15:01:00.999Z"), "1768230060"],
  [csv, ["checkout", "latency p95"], "checkout,latency p95"],
  [csvIds, [101, 102], "101,102"],
  [email, "ana+1@example.com", "ana+1@example.com"],
  [url, "https://example.com/a?b=c", "https://example.com/a?b=c"],
  [choice("second", "minute"), "minute", "minute"],
  [matching(/^a+$/, "only a"), "aaa", "aaa"],
  [optional(text), "a", "a"],
  [secret(text), "a", "a"],
  [clearable(text), "a", "a"],
  [clearable(text), "", ""],
  [clearable(text), null, ""],
  [clearable(csvIds), [], ""],
  [clearable(csvIds), [1], "1"],
  [secret(clearable(url)), null, ""],
  [unlessEmpty(text), "", undefined],
  [unlessEmpty(csvIds), [], undefined],
  [unlessEmpty(url), null, undefined],
  [unlessEmpty(csvIds), [1, 2], "1,2"],
] as ReadonlyArray<[Param<never>, unknown, string | undefined]>)("%o sends %j as %j", (param, value, sent) => {
  expect(encode(param, value)).toBe(sent);
});

test.each([
  [text, "", /empty/],
  [text, 1, /text/],
  [text, "\ud800", /Unicode/],
  [flag, "true", /true or false/],
  [flag, null, /true or false/],
  [integer, -1, /whole number/],
  [integer, 1.5, /whole number/],
  [integer, "1", /whole number/],
  [integer, 2 ** 53, /whole number/],
  [number(), Number.NaN, /finite/],
  [number(), Number.POSITIVE_INFINITY, /finite/],
  [number({ minimum: 0 }), -0.1, /0 or more/],
  [unixSeconds, new Date(Number.NaN), /date/],
  [unixSeconds, 1.5, /date/],
  [unixSeconds, -1, /date/],
  [unixSeconds, Date.parse("2026-01-12"), /milliseconds/],
  [csv, [], /empty/],
  [csv, "a", /list/],
  [csv, ["a", ""], /item 2 must not be empty/],
  [csv, ["a,b"], /item 1 must not contain a comma/],
  [csv, new Array(2), /item 1/],
  [csvIds, [1, -1], /item 2/],
  [email, "ana", /e-mail/],
  [email, "a na@example.com", /e-mail/],
  [url, "example.com", /URL/],
  [url, "javascript:alert(1)", /URL/],
  [choice("second", "minute"), "month", /one of second, minute/],
  [matching(/^a+$/, "only a"), "b", /only a/],
  [clearable(text), 1, /text/],
  [unlessEmpty(csv), ["a,b"], /comma/],
] as ReadonlyArray<[Param<never>, unknown, RegExp]>)("%o refuses %j", (param, value, reason) => {
  expect(() => encode(param, value)).toThrow(reason);
});

test("every finite number arrives as it was, in plain decimal digits", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const sent = number().encode(value) ?? "";
      expect(sent).toMatch(/^-?[0-9]+(\.[0-9]+)?$/);
      expect(Number(sent)).toBe(value === 0 ? 0 : value);
    }),
  );
});

test("every id and every moment arrives as it was", () => {
  fc.assert(
    fc.property(
      fc.maxSafeNat(),
      fc.date({ min: new Date(0), max: new Date("2200-01-01"), noInvalidDate: true }),
      (id, date) => {
        expect(Number(integer.encode(id))).toBe(id);
        expect(Number(unixSeconds.encode(date))).toBe(Math.floor(date.getTime() / 1000));
      },
    ),
  );
});

test("a list is sent whole or refused", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary", maxLength: 8 }), { maxLength: 6 }), (items) => {
      const good = items.length > 0 && items.every((item) => item !== "" && !item.includes(",") && item.isWellFormed());
      if (good) expect(csv.encode(items)?.split(",")).toEqual(items);
      else expect(() => csv.encode(items)).toThrow();
    }),
  );
});

test("no encoder takes anything but its own kind, and none quotes it", () => {
  const all: ReadonlyArray<Param<never>> = [text, flag, integer, number(), unixSeconds, csv, csvIds, email, url];
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.anything({ withDate: true, withBigInt: true }), (param, value) => {
      try {
        expect(typeof encode(param, value)).toBe("string");
      } catch (error) {
        expect((error as Error).name).toBe("Refusal");
        expect((error as Error).message).toMatch(/^(item \d+ )?must /);
      }
    }),
  );
});

test("texts arrive unchanged through path, query and form", async () => {
  const server = await serve(reply({}));
  const client = clientOf(server, { retries: 0 });
  const strings = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(strings, async (value) => {
      fc.pre(value !== "." && value !== "..");
      server.received.length = 0;
      await errorOf(client.metric.get({ metric_name: value }));
      await errorOf(client.metrics.list({ search: value }));
      await errorOf(client.exclusion.add({ type: "t", pattern: value }));
      const [path, query, form] = server.received;
      expect(decodeURIComponent(path?.path.slice("/metric/".length) ?? "")).toBe(value);
      expect(path?.path.split("/")).toHaveLength(3);
      expect(query?.query).toEqual({ search: value });
      expect(form?.form).toEqual({ type: "t", pattern: value });
    }),
    { numRuns: 60 },
  );
});

test.each([".", "..", ""])("%j is no segment of a path", async (metric_name) => {
  const server = await serve(reply({}));
  const error = await errorOf(clientOf(server).metric.get({ metric_name }));
  expect(error).toBeInstanceOf(InvalidRequestError);
  expect(error.message).toMatch(/metric_name must not be/);
  expect(server.received).toEqual([]);
});

test("all refused parameters are reported at once, by their wire names", async () => {
  const server = await serve(reply({}));
  const params = { chips: ["a", "b,c"], alert: "yes", email_users: [1.5], nmae: "x" } as never;
  const error = await errorOf(clientOf(server).watcher.create(params));
  expect(error).toMatchObject({
    name: "InvalidRequestError",
    outcome: "not-sent",
    operation: "createWatcher",
    parameters: [
      { parameter: "nmae", reason: "is not a parameter of this call" },
      { parameter: "chips", reason: expect.stringMatching(/^item 2 must not contain a comma/) },
      { parameter: "name", reason: "is required" },
      { parameter: "alert", reason: "must be true or false" },
      { parameter: "email_users", reason: expect.stringMatching(/^item 1 /) },
    ],
  });
  expect(error.message).toMatch(/^Not sent to Anomify \(createWatcher\): nmae .*; chips .* POST \/watcher\/create$/);
  expect(server.received).toEqual([]);
});

test("undefined is left out", async () => {
  const server = await serve(reply({}));
  await errorOf(clientOf(server).watcher.update({ watcher_id: 1, name: undefined, chips: undefined, alert: false }));
  expect(server.received[0]?.body).toBe("alert=false");
});

test("inherited properties are no parameters", async () => {
  const server = await serve(reply({}));
  const error = await errorOf(clientOf(server).metric.get(Object.create({ metric_name: "a" })));
  expect(error.message).toMatch(/metric_name is required/);
  expect(server.received).toEqual([]);
});
