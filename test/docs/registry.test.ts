import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import schema from "../../provider/hosts/plugin/schema.gen.json" with { type: "json" };
import { variableOf } from "../../provider/organization/setting-words.ts";

// What the Pulumi Registry asks of a package: two pages with a heading that it can read, and a schema that says whose it is.

const page = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");

it.each(["_index.md", "installation-configuration.md"])(
  "%s has a title, a description and the layout of a package",
  (name) => {
    const heading = /^---\n([\s\S]*?)\n---\n/.exec(page(name))?.[1] ?? "";
    expect(parse(heading)).toEqual({
      title: expect.stringMatching(/Anomify/),
      meta_desc: expect.any(String),
      layout: "package",
    });
  },
);

it("the page on configuration has every setting, with its variable", () => {
  const text = page("installation-configuration.md");
  for (const name of Object.keys(schema.config.variables)) {
    expect(text).toContain(`| \`anomify:${name}\` | \`${variableOf(name)}\` |`);
  }
});

it("the schema says whose it is, its license and its category", () => {
  expect(schema).toMatchObject({ displayName: "Anomify", publisher: expect.any(String), license: "Apache-2.0" });
  expect(schema.keywords).toEqual(expect.arrayContaining(["kind/native", "category/monitoring"]));
});
