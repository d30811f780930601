import { describe, expect, test } from "vitest";
import { diffProperties } from "../../testing/property-diff.ts";
import { formatPath, ignoreChanges, parsePath, pathContains } from "../../testing/property-path.ts";
import { makeSecret } from "../../testing/values.ts";

describe("property paths", () => {
  test.each([
    ["root", ["root"]],
    ["root.nested", ["root", "nested"]],
    ['root["nested"]', ["root", "nested"]],
    ["root.array[0][1].nested", ["root", "array", 0, 1, "nested"]],
    ['root["key with \\"escaped\\" quotes"]', ["root", 'key with "escaped" quotes']],
    ['["root key with a ."][100]', ["root key with a .", 100]],
    ["root.array[*].field", ["root", "array", "*", "field"]],
    ['root.array["*"].field', ["root", "array", "*", "field"]],
  ])("%s", (text, path) => {
    expect(parsePath(text)).toEqual(path);
  });

  test.each([".root", "root[", "root[x]", 'root["open]'])("%s is malformed", (text) => {
    expect(parsePath(text)).toBeUndefined();
  });

  test("a path covers what lies below it, * any key", () => {
    expect(pathContains(["a", "*"], ["a", 3, "b"])).toBe(true);
    expect(pathContains(["a", "b"], ["a"])).toBe(false);
  });

  test("are written back as text", () => {
    expect(formatPath(["a", 0, "b c", "d-e"])).toBe('a[0]["b c"].d-e');
  });
});

describe("ignoreChanges", () => {
  const olds = { tags: { a: 1, b: 2 }, list: [{ x: 1 }, { x: 2 }], gone: 1, secret: makeSecret("s") };
  const ignore = (news: Record<string, unknown>, ...paths: string[]) => ignoreChanges(news, olds, paths);

  test("sets values back, adds what was removed and removes what was added", () => {
    const news = { tags: { a: 9, c: 3 }, list: [{ x: 1 }, { x: 9 }], added: 1 };
    expect(ignore(news, "tags.a", "tags.c", "list[1].x", "gone", "added")).toEqual({
      inputs: { tags: { a: 1 }, list: [{ x: 1 }, { x: 2 }], gone: 1 },
      invalid: [],
    });
    expect(news.tags).toEqual({ a: 9, c: 3 });
  });

  test("* stands for every key and every element", () => {
    expect(ignore({ tags: { a: 5, b: 6 }, list: [{ x: 5 }, { x: 6 }] }, "tags.*", "list[*].x").inputs).toEqual({
      tags: { a: 1, b: 2 },
      list: [{ x: 1 }, { x: 2 }],
    });
  });

  test("names paths into elements that were added or removed", () => {
    expect(ignore({ list: [{ x: 1 }] }, "list[1].x", "list[0].x").invalid).toEqual(["list[1].x"]);
  });

  test("a secret stays one", () => {
    expect(ignore({ secret: "plain" }, "secret").inputs).toEqual({ secret: makeSecret("s") });
  });
});

describe("property diffs", () => {
  test("go into objects and lists, hide secrets and internal keys", () => {
    const olds = { a: 1, nested: { x: 1, y: 1 }, list: [1, 2], secret: makeSecret("s"), __provider: "old" };
    const news = { nested: { x: 2, z: 1 }, list: [1, 3, 4], secret: makeSecret("t"), b: 1, __provider: "new" };
    expect(diffProperties(olds, news, ["nested"])).toEqual([
      { path: "a", kind: "delete", old: 1 },
      { path: "nested.x", kind: "update-replace", old: 1, new: 2 },
      { path: "nested.y", kind: "delete-replace", old: 1 },
      { path: "nested.z", kind: "add-replace", new: 1 },
      { path: "list[1]", kind: "update", old: 2, new: 3 },
      { path: "list[2]", kind: "add", new: 4 },
      { path: "secret", kind: "update", old: "[secret]", new: "[secret]" },
      { path: "b", kind: "add", new: 1 },
    ]);
  });
});
