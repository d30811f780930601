import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { formatDuration, splitDuration } from "../../domain/time/duration.ts";
import * as field from "../../provider/resources/fields.ts";

const messageOf = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues[0]?.message;

describe("durations", () => {
  it.each([
    ["60s", "1m"],
    ["90m", "90m"],
    ["60m", "1h"],
    ["1.5h", "90m"],
    [" 24 h ", "1d"],
    ["7d", "1w"],
    ["14d", "2w"],
    ["61s", "61s"],
    [{ value: 90, unit: "minute" }, "90m"],
    [{ value: 0.5, unit: "day" }, "12h"],
  ])("%j reads %s", (given, normal) => {
    expect(field.duration.parse(given)).toBe(normal);
  });

  it.each(["", "90", "m", "1.0001s", "1y", "-1h", 90, { value: 1, unit: "year" }, { value: 1 }, null, ["1h"]])(
    "%j is refused with an example",
    (given) => {
      expect(messageOf(field.duration, given)).toContain('such as "90m"');
    },
  );

  it("longer than a hundred years are refused: they would be sent as something else", () => {
    for (const given of ["100000w", { value: 1e21, unit: "second" }, { value: 1e15, unit: "week" }]) {
      expect(messageOf(field.duration, given)).toContain("at most 100 years");
    }
    expect(field.duration.parse("36500d")).toBe("36500d");
  });

  it("shorter than a minute are refused", () => {
    expect(messageOf(field.duration, "59s")).toContain("at least 60 seconds");
  });

  it("keep their seconds through the normal form and through the wire's number and unit", () => {
    const seconds = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 };
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 10_000_000 }), (wanted) => {
        const normal = formatDuration(wanted);
        const { value, unit } = splitDuration(normal);
        expect(value * seconds[unit]).toBe(wanted);
        expect(field.duration.parse(normal)).toBe(normal);
      }),
      { seed: 20261124 },
    );
  });
});

describe("lists and texts", () => {
  it("people are a set of e-mail addresses in lower case and ids", () => {
    expect(field.people.parse(["B@x.example", 7, "a@x.example", "b@x.example ", 7])).toEqual([
      7,
      "a@x.example",
      "b@x.example",
    ]);
  });

  it.each([["ana"], ["a@b"], ["a b@c.example"], [0], [-1], [1.5], [true], [null]])("%j is nobody", (who) => {
    expect(messageOf(field.people, [who])).toMatch(/e-mail address or a numeric user id|positive user id/);
  });

  it("chips are a set without commas, and at least one", () => {
    expect(field.chips.parse([" b", "a", "b"])).toEqual(["a", "b"]);
    expect(messageOf(field.chips, [])).toContain("at least one chip");
    expect(messageOf(field.chips, ["a,b"])).toContain("Write two chips instead");
    expect(messageOf(field.chips, [" "])).toContain("is empty");
  });

  it("a channel is named with or without #", () => {
    expect(field.channel.parse("#ops")).toBe("ops");
    expect(field.channel.parse(" ops ")).toBe("ops");
    expect(messageOf(field.channel, "#")).toContain("name of a Slack channel");
  });

  it.each(["http://example.com/x", "example.com", "", "ftp://example.com"])("%j is no webhook", (url) => {
    expect(messageOf(field.webhook, url)).toBe("must be an https:// URL");
  });

  it.each(["hourly", "daily-24:00", "weekly-mon", "monthly-32", "monthly-0"])("%j is no frequency", (frequency) => {
    expect(messageOf(field.summaryReport, { frequency, emailUsers: [1] })).toContain("weekly-<weekday>");
  });
});

it("a negative zero is zero, since JSON has none", () => {
  expect(Object.is(field.count.parse(-0), 0)).toBe(true);
});
