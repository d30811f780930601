import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { catalog } from "../../provider/catalog.ts";
import schema from "../../provider/hosts/plugin/schema.gen.json" with { type: "json" };
import { folderOf } from "../../scripts/generate/folder.ts";

test.each(catalog.map((definition) => [definition.kind, definition] as const))(
  "the page of %s says how an object that exists is brought in, with either host",
  (kind, { inputs }) => {
    const page = readFileSync(new URL(`../../docs/resources/${folderOf(kind)}.md`, import.meta.url), "utf8");
    const [, section = ""] = page.split("\n## Import\n");
    const [, token = ""] = /^pulumi import (\S+) name \d+$/m.exec(section) ?? [];
    expect(Object.keys(schema.resources)).toContain(token);
    expect(token.endsWith(`:${kind}`)).toBe(true);
    expect(section.includes("adopt: ")).toBe("adopt" in inputs.shape);
    expect(section).toMatch(/retainOnDelete|onDelete/);
  },
);
