import { expect, it } from "vitest";
import { z } from "zod";
import manifest from "../../package.json" with { type: "json" };
import { catalog } from "../../provider/catalog.ts";
import { functionNames } from "../../provider/hosts/plugin/functions.ts";
import schema from "../../provider/hosts/plugin/schema.gen.json" with { type: "json" };
import { readSettings } from "../../provider/organization/config.ts";
import { outputKeys } from "../../provider/runtime/definition.ts";
import { resourceSpec } from "../../scripts/generate/schema/resources.ts";
import { NamedTypes, type ObjectSpec, type PropertySpec, type TypeSpec } from "../../scripts/generate/schema/types.ts";
import type { Values } from "../host/harness.ts";
import { sample } from "../host/samples.ts";
import { open } from "./harness.ts";
import { startPluginWorld } from "./world.ts";

// The schema is what a language's library is made of: what it says has to be what the plugin takes and gives.

interface Resource {
  readonly inputProperties: Readonly<Record<string, PropertySpec>>;
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly required: readonly string[];
  readonly requiredInputs: readonly string[];
  readonly aliases: ReadonlyArray<{ type: string }>;
}

const types = schema.types as unknown as Readonly<Record<string, ObjectSpec | { enum: Array<{ value: string }> }>>;
const resources = schema.resources as unknown as Readonly<Record<string, Resource>>;
const functions = schema.functions as unknown as Readonly<Record<string, { inputs?: ObjectSpec; outputs: ObjectSpec }>>;

const resourceOf = (kind: string): Resource => resources[`anomify:index:${kind}`] ?? expect.fail(`no ${kind}`);

/** Every path at which a value is not what the schema says. */
function wrong(spec: TypeSpec, value: unknown, path: string): string[] {
  if (spec.oneOf !== undefined) {
    return spec.oneOf.some((member) => wrong(member, value, path).length === 0) ? [] : [`${path}: none of oneOf`];
  }
  if (spec.$ref !== undefined) {
    const named = types[spec.$ref.replace("#/types/", "")] ?? expect.fail(`${path}: there is no ${spec.$ref}`);
    if ("enum" in named) {
      return named.enum.some((member) => member.value === value) ? [] : [`${path}: ${value} is not of the enum`];
    }
    return wrongObject(named, value, path);
  }
  if (spec.type === "array") {
    if (!Array.isArray(value)) return [`${path}: no list`];
    return value.flatMap((item, place) => wrong(spec.items ?? {}, item, `${path}[${place}]`));
  }
  if (spec.type === "integer") return Number.isInteger(value) ? [] : [`${path}: no integer`];
  return typeof value === spec.type ? [] : [`${path}: ${typeof value} instead of ${spec.type}`];
}

function wrongObject({ properties, required }: Omit<ObjectSpec, "type">, value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null) return [`${path}: no object`];
  const given = Object.entries(value).filter(([, inner]) => inner !== null);
  const names = given.map(([key]) => key);
  return [
    ...required.filter((key) => !names.includes(key)).map((key) => `${path}.${key}: missing`),
    ...given.flatMap(([key, inner]) => {
      const spec = properties[key];
      return spec === undefined ? [`${path}.${key}: not declared`] : wrong(spec, inner, `${path}.${key}`);
    }),
  ];
}

it("declares every kind and every look-up, at the version of the package", () => {
  expect(schema.version).toBe(manifest.version);
  expect(Object.keys(resources)).toEqual(catalog.map(({ kind }) => `anomify:index:${kind}`));
  expect(Object.keys(functions)).toEqual(functionNames.map((name) => `anomify:index:${name}`));
});

it.each(catalog.map((definition) => [definition.kind, definition] as const))(
  "%s has the inputs, outputs, secrets, replacements and the alias of its definition",
  (kind, definition) => {
    const declared = resourceOf(kind);
    const flagged = (flag: "secret" | "willReplaceOnChanges") =>
      Object.keys(declared.inputProperties).filter((key) => declared.inputProperties[key]?.[flag]);
    expect(Object.keys(declared.inputProperties)).toEqual(Object.keys(definition.inputs.shape));
    expect(Object.keys(declared.properties)).toEqual(outputKeys(definition));
    expect(flagged("secret")).toEqual(definition.secret ?? []);
    expect(flagged("willReplaceOnChanges")).toEqual(definition.replaceOn ?? []);
    expect(declared.aliases).toEqual([{ type: `pulumi-nodejs:dynamic/anomify:${kind}` }]);
    for (const [key, property] of Object.entries(declared.properties)) {
      expect(property.description, `${kind}.${key}`).toMatch(/\S/);
    }
  },
);

it.each(catalog.map(({ kind }) => kind))(
  "what the plugin checks, makes and reads of %s is what it declares",
  async (kind) => {
    const { plugin } = await startPluginWorld({ shares: true });
    const resource = plugin.resource(kind);
    const { inputs, failures } = await resource.check(sample(kind));
    expect(failures).toEqual([]);
    const { id, outs } = await resource.create(inputs);
    const read = await resource.read(id, outs, inputs);
    const imported = await resource.read(id, {});
    const declared = resourceOf(kind);
    const asInputs = { properties: declared.inputProperties, required: declared.requiredInputs };
    for (const given of [outs, read.outs, imported.outs]) {
      const { pending: _, ...own } = open(given) as Values;
      expect(wrongObject(declared, own, kind)).toEqual([]);
    }
    for (const given of [read.inputs, imported.inputs]) {
      // What check notes for the diff is no input of a program.
      const { effect: _, ...own } = open(given) as Values;
      expect(wrongObject(asInputs, own, kind)).toEqual([]);
    }
    expect(imported.inputs).not.toHaveProperty("effect");
  },
);

it("what each function answers is what it declares", async () => {
  const { plugin, acme } = await startPluginWorld();
  const { inputs } = await plugin.resource("ThresholdWatcher").check(sample("ThresholdWatcher"));
  await plugin.resource("ThresholdWatcher").create(inputs);
  const args: Readonly<Record<string, Values>> = {
    getUser: { email: "ana@acme.example" },
    getChannel: { name: "#ops-alerts" },
    getChips: { chips: ["cpu"] },
    getMetrics: { search: "cpu", limit: 2 },
    getWatcher: { name: acme.watchers().find(({ deleted }) => !deleted)?.name },
    getWatchers: { deleted: false },
  };
  for (const name of functionNames) {
    const declared = functions[`anomify:index:${name}`] ?? expect.fail(`no ${name}`);
    if (declared.inputs !== undefined) expect(wrongObject(declared.inputs, args[name] ?? {}, name)).toEqual([]);
    const answer = await plugin.invoke(`anomify:index:${name}`, args[name] ?? {});
    expect(wrongObject(declared.outputs, open(answer), name)).toEqual([]);
  }
});

it("every setting that is read is declared, and credentials are secrets", () => {
  const read: string[] = [];
  const reader = (key: string) => {
    read.push(key.replace("anomify:", ""));
    return key === "anomify:token" ? "0123456789abcdef" : undefined;
  };
  readSettings(reader, {});
  const variables = schema.config.variables as Readonly<Record<string, PropertySpec>>;
  expect(Object.keys(variables).sort()).toEqual([...new Set(read)].sort());
  expect(schema.provider.inputProperties).toEqual(variables);
  const secrets = Object.keys(variables).filter((key) => variables[key]?.secret);
  expect(secrets).toEqual(["token", "sessionId"]);
  // A default would be sent by a program, and overrule the environment.
  expect(Object.values(variables).filter((variable) => "default" in variable)).toEqual([]);
});

it("a property that will go says so", () => {
  const [watcher] = catalog;
  const inputs = watcher.inputs.extend({
    old: z.string().optional().meta({ description: "Old.", deprecation: "Use name." }),
  });
  const { inputProperties, properties } = resourceSpec({ ...watcher, inputs }, new NamedTypes());
  expect(inputProperties.old?.deprecationMessage).toBe("Use name.");
  expect(properties.old?.deprecationMessage).toBe("Use name.");
});

it("two types of one name are refused", () => {
  const named = new NamedTypes();
  const one = { type: "object", properties: { a: { type: "string" } }, required: [] } as const;
  named.add("Same", one);
  expect(named.add("Same", one)).toEqual({ $ref: "#/types/anomify:index:Same" });
  expect(() => named.add("Same", { ...one, required: ["a"] })).toThrow("two types of the package are called Same");
});
