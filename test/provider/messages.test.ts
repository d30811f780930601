import { describe, expect, it } from "vitest";
import { requireNode } from "../../provider/hosts/core/node-version.ts";
import { didYouMean, formatPath, messageOf } from "../../provider/runtime/messages.ts";

describe("near misses", () => {
  const channels = ["ops-alerts", "db-on-call", "checkout", "general"];

  it.each([
    ["ops-alert", ' Did you mean "ops-alerts"?'],
    ["OPS-ALERTS", ' Did you mean "ops-alerts"?'],
    ["chekout", ' Did you mean "checkout"?'],
    ["call", ' Did you mean "db-on-call"?'],
    ["something else", ""],
  ])("%s", (wanted, hint) => {
    expect(didYouMean(wanted, channels)).toBe(hint);
  });

  it("offers the nearest first, three at most, each once", () => {
    expect(didYouMean("abc", ["abcd", "abx", "abcd", "abcde", "abce"])).toBe(
      ' Did you mean "abcd" or "abce" or "abx"?',
    );
  });
});

it.each([
  [[], ""],
  [["chips", 1], "chips[1]"],
  [["summaryReport", "emailUsers", 0], "summaryReport.emailUsers[0]"],
])("the path %j reads %j", (path, text) => {
  expect(formatPath(path)).toBe(text);
});

it("anything thrown has a text", () => {
  expect(messageOf(new Error("no"))).toBe("no");
  expect(messageOf("only text")).toContain("only text");
  expect(messageOf(undefined)).toContain("undefined");
});

it("an old Node is named, with what to do", () => {
  expect(() => requireNode("20.19.0")).toThrow(/needs Node.js 22 or newer, and this is 20\.19\.0.*nvm install 22/);
  expect(() => requireNode("22.0.0")).not.toThrow();
});
