import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installProject, pack } from "../helpers/packed.ts";
import { root } from "../host/harness.ts";

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>;
}
const manifest = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as Manifest;
/** Not the matchers for vitest: they need a vitest, which needs a TypeScript younger than some of these. */
const entries = Object.keys(manifest.exports)
  .filter((path) => path !== "./package.json" && path !== "./routing/vitest")
  .map((path) => path.replace(/^\./, "pulumi-anomify"));

const PROGRAM = `
${entries.map((entry, index) => `import * as entry${index} from "${entry}";`).join("\n")}
export const loaded = [${entries.map((_, index) => `entry${index}`).join(", ")}];

const first = new entry0.Watcher("first", { name: "First", chips: ["cpu"], emailUsers: ["ana@acme.example"] });
new entry0.Watcher("second", { name: "Second", chips: first.chips, slackChannel: first.slackChannel });
export const id = first.watcherId;
`;

const oldest = { alias: "typescript-5.0", version: "5.0.4" };
const between = [
  { alias: "typescript-5.4", version: "5.4.5" },
  { alias: "typescript-5.9", version: "5.9.3" },
];
const newest = { alias: "typescript-newest", version: "7.0.2" };
/** The oldest and the newest by themselves: what both take, those between have taken. `TYPESCRIPT_VERSIONS=all` tries all. */
const versions = process.env.TYPESCRIPT_VERSIONS === "all" ? [oldest, ...between, newest] : [oldest, newest];

const common = {
  strict: true,
  outDir: "bin",
  sourceMap: true,
  pretty: true,
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  forceConsistentCasingInFileNames: true,
};
/** What `pulumi new typescript` wrote over the years, and what bundlers ask for. */
const settings = [
  {
    name: "first template: commonjs, es2016",
    isOfOldResolution: true,
    compilerOptions: {
      ...common,
      target: "es2016",
      module: "commonjs",
      moduleResolution: "node",
      experimentalDecorators: true,
    },
  },
  {
    name: "later template: commonjs, es2020",
    isOfOldResolution: true,
    compilerOptions: { ...common, target: "es2020", module: "commonjs", moduleResolution: "node" },
  },
  {
    name: "template of today: nodenext",
    isOfOldResolution: false,
    compilerOptions: { ...common, target: "es2020", module: "nodenext", moduleResolution: "nodenext" },
  },
  {
    name: "bundler",
    isOfOldResolution: false,
    compilerOptions: { ...common, target: "es2020", module: "esnext", moduleResolution: "bundler" },
  },
];

const work = mkdtempSync(join(tmpdir(), "anomify-typescript-"));
const directory = join(work, "project");

beforeAll(async () => {
  const compilers = versions.map(({ alias, version }) => [alias, `npm:typescript@${version}`] as const);
  await installProject({
    directory,
    tarball: await pack(work),
    sdk: "3.270.0",
    manifest: {
      devDependencies: { "@types/node": "^22", "@pulumi/policy": "1.21.0", ...Object.fromEntries(compilers) },
    },
    files: { "index.ts": PROGRAM },
  });
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Lines of the compiler that begin with an error's place. */
function errorsOf(alias: string, project: string): Promise<string[]> {
  const compiler = join(directory, "node_modules", alias, "bin/tsc");
  const args = [compiler, "--noEmit", "--pretty", "false", "-p", project];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: directory, maxBuffer: 100_000_000 }, (error, stdout, stderr) => {
      const lines = stdout.split("\n").filter((line) => /error TS\d+/.test(line));
      resolve(error !== null && lines.length === 0 ? [`${error.message}\n${stdout}${stderr}`] : lines);
    });
  });
}

/** The package that an error stands in; undefined for this one and for the program. */
function foreignPackageOf(line: string): string | undefined {
  const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(line) ?? [];
  return name === "pulumi-anomify" ? undefined : name;
}

describe.each(settings)("without skipLibCheck, the $name", ({ name, isOfOldResolution, compilerOptions }) => {
  it.for(versions)("has no error by $alias in this package", async ({ alias }, { annotate, skip }) => {
    const { version } = JSON.parse(readFileSync(join(directory, "node_modules", alias, "package.json"), "utf8"));
    skip(isOfOldResolution && Number.parseInt(version, 10) >= 7, `TypeScript ${version} has no moduleResolution node`);
    const project = join(directory, `tsconfig.${name.replaceAll(/\W+/g, "-")}.${alias}.json`);
    // Version 6 reports the old resolution as deprecated; and types are no longer found by themselves.
    const more = Number.parseInt(version, 10) >= 6 ? { ignoreDeprecations: "6.0" } : {};
    const text = { compilerOptions: { ...compilerOptions, types: ["node"], ...more }, files: ["index.ts"] };
    writeFileSync(project, JSON.stringify(text));
    const errors = await errorsOf(alias, project);
    const foreign = new Set(errors.map(foreignPackageOf).filter((one) => one !== undefined));
    if (foreign.size > 0) {
      await annotate(`TypeScript ${version} also has errors in ${Array.from(foreign).join(", ")}, which are not ours`);
    }
    expect(errors.filter((line) => foreignPackageOf(line) === undefined)).toEqual([]);
  });
});
