import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installProject, pack } from "../helpers/packed.ts";

const run = promisify(execFile);
const work = mkdtempSync(join(tmpdir(), "anomify-packed-"));
let tarball = "";

beforeAll(async () => {
  tarball = await pack(work);
});

afterAll(() => rmSync(work, { recursive: true, force: true }));

const PROGRAM = `
const watcher = new anomify.Watcher("w", { name: "Packed", chips: ["cpu"], emailUsers: ["ana@acme.example"] });
new anomify.Exclusion("e", { type: "skip_analysis", pattern: "packed" });
`;
const IMPORT = 'import * as anomify from "pulumi-anomify";\n';
// The settings of Pulumi's own template "typescript".
const TEMPLATE = {
  strict: true,
  outDir: "bin",
  target: "es2020",
  module: "nodenext",
  moduleResolution: "nodenext",
  sourceMap: true,
};
const TYPESCRIPT = { "@types/node": "^22", typescript: "^5.0.0" };

const projects = [
  {
    name: "CommonJS TypeScript",
    main: "index.ts",
    code: `${IMPORT}${PROGRAM}export const id = watcher.watcherId;\n`,
    manifest: { devDependencies: TYPESCRIPT },
    tsconfig: TEMPLATE,
  },
  {
    name: "ESM TypeScript",
    main: "index.ts",
    code: `${IMPORT}${PROGRAM}export const id = watcher.watcherId;\n`,
    manifest: { type: "module", devDependencies: { ...TYPESCRIPT, "ts-node": "^10" } },
    tsconfig: TEMPLATE,
  },
  {
    name: "plain .mjs",
    main: "index.mjs",
    code: `${IMPORT}${PROGRAM}export const id = watcher.watcherId;\n`,
    manifest: {},
  },
];

// Runs in the project, with what the project has installed.
const ROUND = `
import { startSimulator } from "pulumi-anomify/simulator";
import { createStack } from "pulumi-anomify/testing";
const simulator = await startSimulator();
const stack = await createStack({
  directory: process.cwd(),
  config: { "anomify:endpoint": simulator.url },
  secrets: { "anomify:token": simulator.organization("acme").token },
});
const results = { up: await stack.up(), again: await stack.preview({ expectNoChanges: true }), destroy: await stack.destroy() };
const left = simulator.organization("acme").watchers().filter((w) => w.name === "Packed" && !w.deleted).length;
const reported = Object.entries(results).map(([name, result]) => [name, { ok: result.ok, changes: result.changes, said: result.ok ? "" : JSON.stringify(result.diagnostics) + result.stderr }]);
console.log(JSON.stringify({ ...Object.fromEntries(reported), left }));
await stack.close();
await simulator.stop();
`;

describe("the plugin of the packed package", () => {
  it("starts from its folder, and as the command that npm links", async () => {
    const directory = join(work, "plugin");
    await installProject({ directory, tarball, sdk: "3.270.0", files: {} });
    for (const path of ["pulumi-anomify/plugin/pulumi-resource-anomify", ".bin/pulumi-resource-anomify"]) {
      const child = spawn(join(directory, "node_modules", path), [], { stdio: ["pipe", "pipe", "inherit"] });
      try {
        const [line] = (await once(child.stdout, "data")) as [Buffer];
        expect(Number.parseInt(line.toString(), 10), path).toBeGreaterThan(1023);
      } finally {
        child.kill("SIGKILL");
      }
    }
  });
});

describe("the packed package, installed into a throw-away project", () => {
  it.each(projects)("$name: up, no changes, destroy", async ({ name, main, code, manifest, tsconfig }) => {
    const directory = join(work, name.replaceAll(/\W+/g, "-").toLowerCase());
    const settings = JSON.stringify({ compilerOptions: tsconfig, files: [main] });
    await installProject({
      directory,
      tarball,
      sdk: "3.270.0",
      manifest: { main, ...manifest },
      files: { [main]: code, "round.mjs": ROUND, ...(tsconfig ? { "tsconfig.json": settings } : {}) },
    });
    if (tsconfig)
      await run(process.execPath, [join(directory, "node_modules/typescript/bin/tsc"), "--noEmit"], { cwd: directory });
    const { stdout } = await run(process.execPath, ["round.mjs"], { cwd: directory });
    const { up, again, destroy, left } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}");
    expect(up, up.said).toMatchObject({ ok: true, changes: { create: 3 } });
    expect(again, again.said).toMatchObject({ ok: true, changes: { same: 3 } });
    expect(destroy, destroy.said).toMatchObject({ ok: true });
    expect(left).toBe(0);
  });
});
