import { expect, test } from "vitest";
import { type Endpoint, namesInPath, type Pager } from "../../sdk/endpoint.ts";
import { groups } from "../../sdk/endpoints/index.ts";
import { encodeRequest } from "../../sdk/request.ts";
import type { Param } from "../../sdk/wire.ts";

const rows: Array<Endpoint | Pager> = Object.values(groups).flatMap((group) => Object.values(group));
const endpoints = [
  ...new Map(rows.map((row) => ("items" in row ? row.endpoint : row)).map((row) => [row.operation, row])).values(),
];

/** What would be another parameter, path, header or line if it were not encoded. */
const hostile = [
  "a&admin=true",
  "a=b&a=c",
  "a;b",
  "a+b%26c",
  "%2e%2e%2f%2e%2e",
  "..%2f..",
  "../../org/delete",
  "..\\..\\org",
  "...",
  "./",
  "/",
  "//example.com/",
  "?admin=true",
  "#fragment",
  "a\r\nx-auth-token: b",
  "a\nb",
  "a\u0000b",
  "\u2025/\uff0f\u002e",
  "é\u0301\u{1f600}\u202e",
  '=HYPERLINK("https://example.com")',
  "[]",
  "[0]",
  "__proto__",
];

const takes = (param: Param<never>, value: unknown): boolean => {
  try {
    return param.encode(value as never) !== undefined;
  } catch {
    return false;
  }
};

/** A value that a parameter takes: by its type, or one of the words that its refusal names. */
function valueFor(param: Param<never>): unknown {
  const plain = ["a", true, 1, ["a"], [1], "ana@example.com", "https://example.com", "08:00", "UTC", "123456"];
  const found = plain.find((value) => takes(param, value));
  if (found !== undefined) return found;
  try {
    param.encode("?" as never);
  } catch (error) {
    const words = /one of (.*)$/.exec((error as Error).message)?.[1]?.split(", ") ?? [];
    return words.find((word) => takes(param, word));
  }
  return undefined;
}

function requestOf(endpoint: Endpoint, name: string, value: string) {
  const others = Object.entries(endpoint.params).filter(([, param]) => param.required);
  const given = Object.fromEntries(others.map(([other, param]) => [other, valueFor(param)]));
  return encodeRequest(endpoint, { ...given, [name]: value }, []);
}

test("no value leaves its place, in any parameter of any call", () => {
  let cases = 0;
  for (const endpoint of endpoints) {
    for (const [name, param] of Object.entries(endpoint.params)) {
      for (const value of hostile.filter((text) => takes(param, text))) {
        const where = `${endpoint.operation} ${name} ${JSON.stringify(value)}`;
        const { path, query, form } = requestOf(endpoint, name, value);
        const url = new URL(`https://api.anomify.ai/base${path}`);
        if (query !== undefined) url.search = query.toString();
        // As many segments as the template has, each but the filled ones as it is there.
        const segments = url.pathname.split("/").slice(2);
        const template = endpoint.path.split("/").slice(1);
        expect(segments.map(decodeURIComponent).length, where).toBe(template.length);
        expect([url.origin, url.hash], where).toEqual(["https://api.anomify.ai", ""]);
        for (const [index, part] of template.entries()) {
          if (!part.startsWith("{")) expect(segments[index], where).toBe(part);
        }
        // Read back as a server does: one value of that name, and no other name.
        const sent = [...new URLSearchParams(form?.toString() ?? url.search)];
        const known = new Set(Object.keys(endpoint.params));
        expect(
          sent.filter(([key]) => !known.has(key)),
          where,
        ).toEqual([]);
        expect(new Set(sent.map(([key]) => key)).size, where).toBe(sent.length);
        if (namesInPath(endpoint.path).includes(name)) {
          expect(decodeURIComponent(segments[template.indexOf(`{${name}}`)] ?? ""), where).toBe(value);
        } else expect(Object.fromEntries(sent)[name], where).toBe(value);
        cases += 1;
      }
    }
  }
  expect(cases).toBeGreaterThan(1000);
});

test.each(endpoints.filter(({ path }) => namesInPath(path).length > 0).map((row) => [row.operation, row] as const))(
  "%s takes no dot segment and no empty one",
  (_, endpoint) => {
    for (const name of namesInPath(endpoint.path)) {
      for (const value of [".", "..", ""]) expect(() => requestOf(endpoint, name, value)).toThrow(name);
    }
  },
);

test("no item of a comma list becomes two, in any call", () => {
  let lists = 0;
  for (const endpoint of endpoints) {
    for (const [name, param] of Object.entries(endpoint.params)) {
      if (!param.valueType.startsWith("csv")) continue;
      lists += 1;
      for (const item of ["a,b", ",", "101,102"]) {
        expect(takes(param, [item]), `${endpoint.operation} ${name}`).toBe(false);
      }
    }
  }
  expect(lists).toBeGreaterThan(10);
});
