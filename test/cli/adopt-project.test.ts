import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { adoptedPath, findProject, importLine } from "../../cli/adopt/project.ts";

const root = resolve(import.meta.dirname, "../..");

/** A folder with these files; what is not a text is written as JSON. */
function folder(files: Readonly<Record<string, unknown>>, installed = false): string {
  const path = mkdtempSync(join(tmpdir(), "anomify-project-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  if (installed) symlinkSync(join(root, "node_modules"), join(path, "node_modules"));
  return path;
}

const YAML = "name: shop\nruntime: nodejs\n";
const STRICT = { strict: true, target: "es2022", types: ["node"], noEmit: true, skipLibCheck: true };
const NODENEXT = { ...STRICT, module: "nodenext", moduleResolution: "nodenext" };

/** Where the program begins, and the line that it gets. */
async function lineOf(files: Readonly<Record<string, unknown>>, installed = false) {
  const project = await findProject(folder({ "Pulumi.yaml": YAML, ...files }, installed));
  const { entry, editable, refusal } = project;
  return { entry, editable, refusal, line: importLine(project, adoptedPath(project, undefined)) };
}

test.each([
  ["a name", "name: shop\nruntime: nodejs\nmain: src/\n"],
  ["a map", "name: shop\nruntime:\n  name: nodejs\n  options: {typescript: true}\nmain: src\n"],
  ["a map on one line", 'name: shop\nruntime: {name: "nodejs", options: {}} # ours\nmain: ./src/\n'],
  ["quotes and comments", '# runtime: python\n"runtime": \'nodejs\'   # not python\nmain: "src/" # here\n'],
  ["CRLF", "name: shop\r\nruntime:\r\n    name: nodejs\r\nmain: src\r\n"],
  ["a file of the program", "name: shop\nruntime: nodejs\nmain: src/index.ts\n"],
  ["JSON", '{"name": "shop", "runtime": {"name": "nodejs"}, "main": "src"}'],
])("Pulumi.yaml: %s", async (_form, yaml) => {
  const found = await findProject(folder({ "Pulumi.yml": yaml, "src/index.ts": "", "index.ts": "" }));
  expect(found).toMatchObject({ runtime: "nodejs", entry: "src/index.ts", editable: true, refusal: undefined });
  expect(found.stackFile("acme/shop/dev")).toBe("Pulumi.dev.yml");
});

test("config keys are those of the project and of all its stacks, wherever their settings are", async () => {
  const found = await findProject(
    folder({
      "Pulumi.yaml": `${YAML}stackConfigDir: stacks\nconfig:\n  plain: {type: string}\n  other:key: 1\n`,
      "stacks/Pulumi.dev.yaml":
        'config:\r\n  "shop:quoted": {secure: x}\r\n  shop:flow: {a: "shop:not": 1}\r\n'.replace('"shop:not": 1', "1"),
      "stacks/Pulumi.prod.yaml": "encryptionsalt: v1:abc:def\n",
      "Pulumi.dev.yaml": "config:\n  shop:elsewhere: 1\n",
    }),
  );
  expect([...found.configKeys].sort()).toEqual(["flow", "key", "plain", "quoted"]);
  expect(found.stackFile("dev")).toBe("stacks/Pulumi.dev.yaml");
  expect((await findProject(folder({ "Pulumi.yaml": `${YAML}config: old\n` }))).stackFile("a")).toBe(
    "old/Pulumi.a.yaml",
  );
});

test("what cannot be read, or is no program of Node.js, is reported in a sentence", async () => {
  const refused = async (files: Record<string, string>) =>
    await findProject(folder(files)).then(
      () => "",
      (error: Error) => error.message,
    );
  expect(await refused({})).toMatch(/^There is no Pulumi\.yaml in /);
  expect(await refused({ "Pulumi.yaml": "runtime: {name: python}\n" })).toContain("is in python. Only projects");
  const broken = await refused({ "Pulumi.yaml": YAML, "Pulumi.dev.yaml": "config:\n  a: 'secret of mine\n" });
  expect(broken).toMatch(/Pulumi\.dev\.yaml is not YAML: .* at line \d+.* Mend it first\.$/);
  expect(broken).not.toContain("secret of mine");
});

test("each kind of program gets the line that it can run", async () => {
  const [module, modern] = [{ type: "module" }, { compilerOptions: { ...NODENEXT, allowImportingTsExtensions: true } }];
  expect(await lineOf({ "index.ts": "" })).toMatchObject({ entry: "index.ts", line: 'import "./anomify/adopted";' });
  expect(await lineOf({ "index.js": "" })).toMatchObject({ editable: false, line: 'require("./anomify/adopted.ts");' });
  expect(await lineOf({ "index.js": "", "package.json": module }, true)).toMatchObject({
    editable: false,
    refusal: undefined,
    line: 'import "./anomify/adopted.ts";',
  });
  // Not installed yet: ts-node may come with it.
  expect(await lineOf({ "index.ts": "", "package.json": module })).toMatchObject({
    refusal: undefined,
    line: 'import "./anomify/adopted.js";',
  });
  expect(await lineOf({ "index.ts": "", "package.json": module, "tsconfig.json": modern }, true)).toMatchObject({
    refusal: undefined,
    line: 'import "./anomify/adopted.ts";',
  });
  const loader = `${YAML.replace("nodejs", "{name: nodejs, options: {nodeargs: --import tsx}}")}`;
  const loaded = { "Pulumi.yaml": loader, "index.ts": "", "package.json": module };
  expect(await lineOf(loaded, true)).toMatchObject({ refusal: undefined, line: 'import "./anomify/adopted.js";' });
  const nested = {
    "Pulumi.yaml": `${YAML}main: app\n`,
    "app/package.json": { main: "lib/start.ts" },
    "app/lib/start.ts": "",
  };
  expect(await lineOf(nested)).toMatchObject({ entry: "app/lib/start.ts", line: 'import "./anomify/adopted";' });
});

test("a program that cannot be given a TypeScript module is refused", async () => {
  const native = { "index.ts": "", "package.json": { type: "module" }, "tsconfig.json": { compilerOptions: NODENEXT } };
  expect((await lineOf(native, true)).refusal).toContain("Set allowImportingTsExtensions and noEmit there");
  const main = { "package.json": { main: "dist/index.js" }, "dist/index.js": "", "src/index.ts": "" };
  expect((await lineOf(main)).refusal).toContain("Pulumi runs dist/index.js, which is compiled from TypeScript.");
  const output = { "package.json": { main: "made/index.js" }, "made/index.js": "", "src/index.ts": "" };
  const config = { "tsconfig.json": { compilerOptions: { outDir: "made" } } };
  expect((await lineOf({ ...output, ...config }, true)).refusal).toContain("Pulumi runs made/index.js");
  expect((await lineOf({ "index.mts": "", "package.json": { main: "index.mts" } })).refusal).toContain(
    "begins in index.mts",
  );
});
