import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Advisory, judge } from "../../scripts/audit.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(read("package.json")) as Manifest;

interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: true;
  readonly dev?: true;
  readonly devOptional?: true;
  readonly peer?: true;
}
const { packages } = JSON.parse(read("package-lock.json")) as { packages: Readonly<Record<string, Locked>> };
const installed = Object.entries(packages).filter(([path]) => path !== "");
/** What `npm install pulumi-anomify` brings, the dependencies of dependencies included. */
const shipped = installed.filter(([, { dev, devOptional, peer }]) => !dev && !devOptional && !peer);

/** Licenses that let a package be used and passed on with no more than a notice. */
const LICENSES = ["0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"];

test("each dependency is named with its reason, and no other", () => {
  const named = Array.from(
    read("docs/internals/dependencies.md").matchAll(/^\| `([^`]+)` \| [^|]+ \| [^|]{10,} \|$/gm),
    ([, name]) => name,
  );
  expect(named.sort()).toEqual(Object.keys(manifest.dependencies).sort());
});

test("each version is exact, here and in the lockfile", () => {
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    // A second version of a package has a name of its own: `npm:typescript@7.0.2`.
    const [, number] = /^(?:npm:[a-z-]+@)?(\d+\.\d+\.\d+)$/.exec(version) ?? [];
    expect(number, `${name}: ${version}`).toBeDefined();
    expect(packages[`node_modules/${name}`]?.version, name).toBe(number);
  }
});

test("nothing that is shipped runs a script when it is installed, or has a license that asks for more than a notice", () => {
  expect(shipped.length).toBeGreaterThan(Object.keys(manifest.dependencies).length);
  for (const [path, { hasInstallScript, license }] of shipped) {
    expect(hasInstallScript, path).toBeUndefined();
    expect(LICENSES, path).toContain(license);
  }
});

test("what is shipped stays little", () => {
  expect(shipped.length, shipped.map(([path]) => path).join(", ")).toBeLessThanOrEqual(30);
});

test("the lockfile pins the contents of each package, and names no registry", () => {
  for (const [path, { integrity, resolved }] of installed) {
    expect(integrity, path).toMatch(/^sha512-/);
    expect(resolved, path).toBeUndefined();
  }
});

test("an advisory is explained by its id in docs/internals/dependencies.md, or fails the audit", () => {
  const advisory: Advisory = { url: "https://github.com/advisories/GHSA-aaaa-bbbb-cccc", title: "Bad", name: "cac" };
  const vulnerabilities = { cac: { via: [{ ...advisory, severity: "high" }] }, "@bomb.sh/tab": { via: ["cac"] } };
  expect(judge({ vulnerabilities }, "")).toEqual([advisory]);
  expect(judge({ vulnerabilities }, "| GHSA-aaaa-bbbb-cccc | not reachable |")).toEqual([]);
  expect(judge({ vulnerabilities: {} }, "")).toEqual([]);
  expect(() => judge({ error: { summary: "405" } }, "")).toThrow("did not answer");
});
