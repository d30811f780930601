import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detailedDiff } from "../../provider/hosts/plugin/detailed-diff.ts";
import { unwrap, wrap } from "../../provider/hosts/plugin/properties.ts";
import { struct } from "../../provider/hosts/plugin/proto.ts";
import { UNKNOWN } from "../../provider/runtime/unknowns.ts";
import type { Values } from "../host/harness.ts";
import { secret } from "./harness.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";

const opened = (values: unknown) => unwrap(struct.Struct.fromJavaScript(values as Record<string, string>));

describe("unwrap", () => {
  it.each([
    ["a plain value", "x", "x", false],
    ["null", null, null, false],
    ["a secret", secret("x"), "x", true],
    ["a secret in a list in an object", { list: [1, secret("x")] }, { list: [1, "x"] }, true],
    ["a secret in a secret", secret([secret("x")]), ["x"], true],
    ["an output", { [SIGNATURE]: OUTPUT, value: "x", dependencies: ["urn"] }, "x", false],
    ["a secret output", { [SIGNATURE]: OUTPUT, value: "x", secret: true }, "x", true],
    ["an output that is not known yet", { [SIGNATURE]: OUTPUT, dependencies: [] }, UNKNOWN, false],
    ["a secret that is not known yet", secret(UNKNOWN), UNKNOWN, true],
    ["a resource", { [SIGNATURE]: RESOURCE, urn: "urn", id: "7" }, "7", false],
    ["a resource without an id yet", { [SIGNATURE]: RESOURCE, urn: "urn", id: "" }, UNKNOWN, false],
  ])("%s", (_name, wire, value, isSecret) => {
    expect(opened({ key: wire, other: true })).toEqual({
      values: { key: value, other: true },
      secrets: new Set(isSecret ? ["key"] : []),
    });
  });

  it("a file is refused in words", () => {
    expect(() => opened({ key: { [SIGNATURE]: ASSET, text: "x" } })).toThrow(/file or an archive/);
  });

  it("nothing is no properties", () => expect(unwrap(undefined)).toEqual({ values: {}, secrets: new Set() }));
});

/** `google-protobuf` loses what is called `__proto__`, as no property is. */
const key = fc.string({ minLength: 1 }).filter((text) => text !== "__proto__" && text !== SIGNATURE);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3 }),
  ),
})).value;
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

it("what is wrapped is unwrapped to the same, marks included", () => {
  const property = fc.property(fc.dictionary(key, json, { maxKeys: 5 }), fc.array(fc.boolean()), (values, marks) => {
    const secrets = new Set(Object.keys(values).filter((_, index) => marks[index]));
    const found = unwrap(struct.Struct.deserializeBinary(wrap(values, secrets).serializeBinary()));
    expect(plain(found.values)).toEqual(plain(values));
    expect(found.secrets).toEqual(secrets);
  });
  fc.assert(property, { seed: 20261201, numRuns: 300 });
});

it("what is null takes no byte of a state", () => {
  expect(wrap({ a: null, b: undefined, c: 1 }, ["a", "c"]).toJavaScript()).toEqual({ c: secret(1) });
});

describe("the paths of a difference", () => {
  const at = (before: Values, after: Values) =>
    Object.fromEntries(detailedDiff([...new Set([...Object.keys(before), ...Object.keys(after)])], before, after));

  it.each<[string, Values, Values, Readonly<Record<string, string>>]>([
    ["nothing", { a: [1, { b: null }] }, { a: [1, { b: null }] }, {}],
    ["a value that comes", { a: null }, { a: 1 }, { a: "add" }],
    ["a value that goes", { a: 1 }, {}, { a: "delete" }],
    ["a value of another form", { a: "1h" }, { a: { value: 1 } }, { a: "update" }],
    ["a list that is not known yet", { a: ["x"] }, { a: UNKNOWN }, { a: "update" }],
    ["all elements", { a: ["x"] }, { a: [] }, { "a[0]": "delete" }],
    ["an element in place of another", { a: ["x", "y"] }, { a: ["x", "z"] }, { "a[1]": "update" }],
    ["the first of many", { a: ["a", "b", "c"] }, { a: ["b", "c"] }, { "a[0]": "delete" }],
    ["the order alone", { a: ["a", "b"] }, { a: ["b", "a"] }, {}],
    ["deep inside", { a: { b: { c: [1] } } }, { a: { b: { c: [1, 2], d: 0 } } }, { "a.b.c[1]": "add", "a.b.d": "add" }],
  ])("%s", (_name, before, after, paths) => expect(at(before, after)).toEqual(paths));
});
