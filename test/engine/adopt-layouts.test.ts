import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { startSimulator } from "pulumi-anomify/simulator";
import { createStack } from "pulumi-anomify/testing";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { compilerMessages } from "../../cli/adopt/compiler-messages.ts";
import { adoptedPath, findProject, importLine } from "../../cli/adopt/project.ts";
import { ensureBuilt } from "../helpers/build.ts";

beforeAll(ensureBuilt);

const STRICT = { strict: true, target: "es2022", types: ["node"], noEmit: true, skipLibCheck: true };
const NODENEXT = { ...STRICT, module: "nodenext", moduleResolution: "nodenext" };
const MODULE =
  'import * as anomify from "pulumi-anomify";\n\nexport const mine = new anomify.Exclusion("mine", { type: "noLearning", pattern: "a" });\n';

/** A project that has everything installed, and the plan of a new module for it. */
async function layout(files: Readonly<Record<string, unknown>>) {
  const directory = mkdtempSync(join(tmpdir(), "anomify-layout-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, content] of Object.entries({ "Pulumi.yaml": "name: shop\nruntime: nodejs\n", ...files })) {
    writeFileSync(join(directory, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  symlinkSync(resolve(import.meta.dirname, "../../node_modules"), join(directory, "node_modules"));
  const project = await findProject(directory);
  const program = { path: adoptedPath(project, undefined), text: MODULE, mode: 0o644 };
  const messages = compilerMessages(
    project,
    { program, importFile: { resources: [] }, secrets: [], resources: [] },
    true,
  );
  return { directory, project, program, messages };
}

const MODERN = { ...NODENEXT, allowImportingTsExtensions: true };
const CLASSIC = { ...STRICT, module: "commonjs", moduleResolution: "bundler" };
const ts = (manifest: object, compilerOptions: object) => ({
  "index.ts": "export {};\n",
  "package.json": manifest,
  "tsconfig.json": { compilerOptions },
});

test.each([
  ["CommonJS under nodenext", ts({}, NODENEXT)],
  ["CommonJS under commonjs", ts({}, CLASSIC)],
  ["an ES module that Node.js runs", ts({ type: "module" }, MODERN)],
  ["JavaScript", { "index.js": '"use strict";\n', "package.json": {} }],
  ["JavaScript as an ES module", { "index.js": "export {};\n", "package.json": { type: "module" } }],
])("a program loads its new module, and its own compiler takes it: %s", async (_name, files) => {
  const { directory, project, program, messages } = await layout(files);
  expect(project.refusal).toBeUndefined();
  expect(messages).toEqual([]);
  mkdirSync(join(directory, dirname(program.path)));
  writeFileSync(join(directory, program.path), program.text);
  appendFileSync(join(directory, project.entry ?? ""), `${importLine(project, program.path)}\n`);
  const simulator = await startSimulator({ tenants: ["acme"] });
  onTestFinished(() => simulator.stop());
  const stack = await createStack({
    directory,
    config: { "anomify:endpoint": simulator.url },
    secrets: { "anomify:token": simulator.organization("acme").token },
  });
  onTestFinished(() => stack.close());
  const preview = await stack.preview();
  expect(preview.ok, preview.stderr + preview.stdout).toBe(true);
  expect(preview.steps.filter(({ op }) => op === "create").map(({ name }) => name)).toContain("mine");
});

test("what the project's own compiler does not take is reported before anything is written; older mistakes are not", async () => {
  const wrong = { "index.ts": "export const wrong: number = 'mine';\n" };
  const { messages } = await layout({ ...ts({}, { ...NODENEXT, verbatimModuleSyntax: true }), ...wrong });
  expect(messages.join()).toMatch(/does not take the new module:\nanomify\/adopted\.ts:1 TS1295: /);
  expect(messages.join()).not.toContain("TS2322");
  expect((await layout({ ...ts({}, NODENEXT), ...wrong })).messages).toEqual([]);
});
