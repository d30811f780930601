import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { SimulatedOrganization } from "pulumi-anomify/simulator";
import type { Deployment, ImportFile } from "pulumi-anomify/testing";
import type { ExportPlan } from "../../cli/export/plan.ts";
import { realModules, runProgram } from "./exported.ts";

const root = resolve(import.meta.dirname, "../..");

/** An organization of a batch, and what was exported of it. */
export interface Member {
  readonly organization: SimulatedOrganization;
  readonly plan: ExportPlan;
}

/** Logical names of one organization begin with this. */
export const prefixOf = (index: number) => `o${index}-`;

/**
 * Writes one program that has the exported programs of several organizations, each as it was exported. What these import by name is
 * the real thing, except that it gives their resources the provider of their organization and names that are their own.
 */
export function writeBatch(folder: string, url: string, members: readonly Member[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), readFileSync(join(root, "examples/quickstart/package.json")));
  // The types of exported programs are checked where there are more of them, in test/engine/golden-loop.test.ts.
  const { compilerOptions } = JSON.parse(readFileSync(join(root, "examples/quickstart/tsconfig.json"), "utf8"));
  put(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { ...compilerOptions, noCheck: true, rootDir: "." }, files: ["index.ts"] }),
  );
  writeFileSync(join(folder, "Pulumi.yaml"), "name: batch\nruntime: nodejs\n");
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const [index, { organization, plan }] of members.entries()) {
    const own = join(folder, `o${index}`);
    const secrets = Object.fromEntries(plan.secrets.map(({ key, value }) => [key, value]));
    put(join(own, "secrets.json"), JSON.stringify(secrets));
    for (const { path, text } of plan.files.filter(({ path }) => path.endsWith(".ts"))) put(join(own, path), text);
    const provider = { url, token: organization.token, name: `o${index}`, prefix: prefixOf(index) };
    dressed(own, "@pulumi/pulumi", join(root, "node_modules/@pulumi/pulumi/index"), pulumiOf(provider.prefix));
    dressed(own, "pulumi-anomify", join(root, "dist/provider/index.cjs"), anomifyOf(provider));
  }
}

/** The start of the program: only the providers, or all that was exported too. */
export function writeStart(folder: string, members: readonly Member[], whole: boolean): void {
  const lines = members.flatMap((_, index) => [
    `import "./o${index}/node_modules/pulumi-anomify";`,
    ...(whole ? [`import "./o${index}/index";`] : []),
  ]);
  writeFileSync(join(folder, "index.ts"), `${lines.join("\n")}\n`);
}

/**
 * The same as a function of this process, for both engines: each organization's exported files run with the real modules, dressed as
 * above. Without `whole`, only the providers.
 */
export function batchProgram(url: string, members: readonly Member[], whole: boolean): () => Promise<void> {
  const { "@pulumi/pulumi": pulumi, "pulumi-anomify": anomify } = realModules() as unknown as Modules;
  return async () => {
    for (const [index, { organization, plan }] of members.entries()) {
      const provider = new anomify.Provider(`o${index}`, { token: organization.token, endpoint: url });
      if (!whole) continue;
      const named = (name: string) => prefixOf(index) + name;
      const kinds = KINDS.map((kind) => [kind, dressedClass(anomify[kind], named, provider)]);
      runProgram(plan.files, {
        "pulumi-anomify": { ...anomify, ...Object.fromEntries(kinds) },
        "@pulumi/pulumi": { ...pulumi, ...dressedPulumi(pulumi, named, plan) },
      });
    }
  };
}

type Class = new (...args: unknown[]) => object;
interface Modules {
  readonly "@pulumi/pulumi": { readonly ComponentResource: Class; secret(value: unknown): unknown };
  readonly "pulumi-anomify": Readonly<Record<(typeof KINDS)[number] | "Provider", Class>>;
}

const KINDS = ["AdminAlert", "Exclusion", "OrgSettings", "ThresholdWatcher", "User", "Watcher"] as const;

const dressedClass = (Real: Class, named: (name: string) => string, provider: object) =>
  class extends Real {
    constructor(...[name, args, options]: unknown[]) {
      super(named(String(name)), args, { ...(options as object | undefined), provider });
    }
  };

const dressedPulumi = (real: Modules["@pulumi/pulumi"], named: (name: string) => string, { secrets }: ExportPlan) => ({
  Config: class {
    getObject(): void {}
    requireSecret(wanted: string): unknown {
      return real.secret(secrets.find(({ key }) => key === wanted)?.value);
    }
  },
  ComponentResource: class extends real.ComponentResource {
    constructor(...[type, name, ...rest]: unknown[]) {
      super(type, named(String(name)), ...rest);
    }
  },
});

/** One import file for all of them. @param state the state, which has the providers already */
export function batchImport(members: readonly Member[], state: Deployment): ImportFile {
  const providers = (state.deployment.resources ?? []).filter(({ type }) => type === "pulumi:providers:pulumi-nodejs");
  const nameTable = Object.fromEntries(providers.map(({ urn }) => [urn.split("::").at(-1) ?? "", urn]));
  const resources = members.flatMap(({ plan }, index) =>
    plan.importFile.resources.map(({ name, parent, ...one }) => ({
      ...one,
      name: prefixOf(index) + name,
      ...(parent === undefined ? {} : { parent: prefixOf(index) + parent }),
      ...(one.component ? {} : { provider: `o${index}` }),
    })),
  );
  return { nameTable, resources } as ImportFile;
}

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: 0o600 });
}

/** A package below one organization's folder that stands before the real one. */
function dressed(folder: string, name: string, real: string, text: string): void {
  const path = join(folder, "node_modules", name);
  put(join(path, "package.json"), JSON.stringify({ name, version: "0.0.0", main: "index.js", types: "index.d.ts" }));
  put(join(path, "index.d.ts"), `export * from ${JSON.stringify(real)};\n`);
  put(join(path, "index.js"), `const real = require(${JSON.stringify(real)});\n${text}`);
}

const pulumiOf = (prefix: string) => `
const secrets = require("../../../secrets.json");
class Config {
  getObject() {}
  requireSecret(key) { return real.secret(secrets[key]); }
}
class ComponentResource extends real.ComponentResource {
  constructor(type, name, ...rest) { super(type, ${JSON.stringify(prefix)} + name, ...rest); }
}
module.exports = { ...real, __esModule: true, Config, ComponentResource };
`;

const anomifyOf = ({ url, token, name, prefix }: Readonly<Record<"url" | "token" | "name" | "prefix", string>>) => `
const provider = new real.Provider(${JSON.stringify(name)}, ${JSON.stringify({ token, endpoint: url })});
const named = (Class) => class extends Class {
  constructor(name, args, options) { super(${JSON.stringify(prefix)} + name, args, { ...options, provider }); }
};
const kinds = ["AdminAlert", "Exclusion", "OrgSettings", "ThresholdWatcher", "User", "Watcher"];
module.exports = { ...real, __esModule: true, ...Object.fromEntries(kinds.map((kind) => [kind, named(real[kind])])) };
`;
