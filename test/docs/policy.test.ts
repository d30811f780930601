import { readdirSync, readFileSync } from "node:fs";
import { checkAll, type RuleName, type RuleOptions, rules } from "pulumi-anomify/policy";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("the page about policies has a row for each rule, with its settings and their defaults", () => {
  const rows = read("docs/policy.md")
    .split("\n")
    .filter((line) => /^\| `[a-z-]+` \|/.test(line));
  const expected = rules.map(({ name, severity, description, schema }) => {
    const settings = Object.entries(schema).map(
      ([key, setting]) => `\`${key}\` = \`${JSON.stringify(setting.default)}\`: ${setting.description}`,
    );
    return `| \`${name}\` | ${severity} | ${description} | ${settings.join("<br>")} |`;
  });
  expect(rows).toEqual(expected);
});

test("the settings file on the page is one that the rules take", () => {
  const [, json = ""] = /```json\n(.*?)\n```/s.exec(read("docs/policy.md")) ?? [];
  const { all, ...given } = JSON.parse(json) as Record<RuleName | "all", unknown>;
  expect(all).toBe("mandatory");
  expect(() => checkAll({}, { rules: given as RuleOptions })).not.toThrow();
});

test("the example is a pack, and no program", () => {
  expect(readdirSync(new URL("../../examples/policy-pack", import.meta.url))).toContain("PulumiPolicy.yaml");
  expect(JSON.parse(read("examples/policy-pack/package.json"))).toHaveProperty("version");
  const { devDependencies } = JSON.parse(read("package.json")) as { devDependencies: Record<string, string> };
  expect(JSON.parse(read("examples/policy-pack/package.json")).dependencies["@pulumi/policy"]).toBe(
    `^${devDependencies["@pulumi/policy"]}`,
  );
});
