import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Peer, peers } from "./types.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

const PLUGINS = `plugins:
  providers:
    - name: anomify
      path: ../node_modules/pulumi-anomify/plugin
`;

/** How many resources the programs have, and whether one of them differs. */
export interface Workload {
  readonly count: number;
  readonly changed: boolean;
}

/**
 * The programs of all peers in a temporary folder. This package is built into it, so that what is measured does not
 * change when the package is built again meanwhile.
 */
export class Projects {
  readonly #folder = mkdtempSync(join(tmpdir(), "anomify-bench-"));

  constructor() {
    const modules = join(this.#folder, "node_modules");
    mkdirSync(modules);
    for (const name of readdirSync(join(root, "node_modules"))) {
      if (name === "pulumi-anomify" || name === ".cache") continue;
      symlinkSync(join(root, "node_modules", name), join(modules, name));
    }
    const own = join(modules, "pulumi-anomify");
    mkdirSync(own);
    cpSync(join(root, "package.json"), join(own, "package.json"));
    const build = [join(root, "node_modules/.bin/tsdown"), "--no-dts", "--logLevel", "error"];
    execFileSync(process.execPath, [...build, "--out-dir", join(own, "dist")], { cwd: root, stdio: "inherit" });
    cpSync(join(root, "plugin"), join(own, "plugin"), { recursive: true });
    cpSync(join(root, "bench/peers"), this.#folder, { recursive: true });
    cpSync(join(root, "bench/peers/floor/provider"), join(modules, "bench-floor"), { recursive: true });
    for (const peer of peers) {
      const plugins = peer === "native" ? PLUGINS : "";
      writeFileSync(join(this.directory(peer), "Pulumi.yaml"), `name: bench-${peer}\nruntime: nodejs\n${plugins}`);
      const manifest = { name: `bench-${peer}`, private: true, main: "index.js" };
      writeFileSync(join(this.directory(peer), "package.json"), JSON.stringify(manifest));
    }
  }

  directory(peer: Peer): string {
    return join(this.#folder, peer);
  }

  /** Path of the built `anomify` command. */
  get command(): string {
    return join(this.#folder, "node_modules/pulumi-anomify/dist/cli/main.js");
  }

  /** Version of an installed package. */
  version(name: string): string {
    const manifest = readFileSync(join(this.#folder, "node_modules", name, "package.json"), "utf8");
    return (JSON.parse(manifest) as { version: string }).version;
  }

  write(workload: Workload): void {
    writeFileSync(join(this.#folder, "workload.json"), JSON.stringify(workload));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
