// Makes the plugin as one executable that needs no Node.js, in the archive that `pulumi plugin install` takes:
// `npm run release:plugin -- [folder]`, by default `release`. For the machine it runs on: a release runs it on one of each kind.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const output = resolve(process.argv[2] ?? join(root, "release"));

/** Names of systems and processors as Pulumi has them. */
const SYSTEMS: Readonly<Record<string, string>> = { linux: "linux", darwin: "darwin", win32: "windows" };
const PROCESSORS: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

const [system, processor] = [SYSTEMS[process.platform], PROCESSORS[process.arch]];
if (system === undefined || processor === undefined) {
  throw new Error(`Pulumi has no plugins for ${process.platform} on ${process.arch}.`);
}
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
const name = process.platform === "win32" ? "pulumi-resource-anomify.exe" : "pulumi-resource-anomify";

const folder = mkdtempSync(join(tmpdir(), "anomify-release-"));
try {
  const config = {
    main: join(root, "dist/plugin/main.js"),
    mainFormat: "module",
    output: join(folder, name),
    disableExperimentalSEAWarning: true,
  };
  const configFile = join(folder, "sea.json");
  writeFileSync(configFile, JSON.stringify(config));
  execFileSync(process.execPath, [`--build-sea=${configFile}`], { stdio: ["ignore", "ignore", "inherit"] });
  // What macOS starts has to be signed, be it by nobody: the executable of Node.js was, and is another file now.
  if (process.platform === "darwin") execFileSync("codesign", ["--sign", "-", "--force", join(folder, name)]);
  copyFileSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  mkdirSync(output, { recursive: true });
  const archive = join(output, `pulumi-resource-anomify-v${version}-${system}-${processor}.tar.gz`);
  execFileSync("tar", ["-czf", archive, "-C", folder, name, "LICENSE"]);
  process.stdout.write(`${archive}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
