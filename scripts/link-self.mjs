// Makes `pulumi-anomify` resolvable from examples/ and test/, which are projects of their own that depend on the package.
// Plain JavaScript for any Node: npm runs it with whatever Node it has itself.
import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const link = `${root}node_modules/pulumi-anomify`;
// Installed as a dependency of something else: there is no node_modules of ours, and nothing to link.
if (existsSync(`${root}contract`) && existsSync(`${root}tsdown.config.ts`)) {
  mkdirSync(`${root}node_modules`, { recursive: true });
  rmSync(link, { recursive: true, force: true });
  symlinkSync("..", link, "dir");
}
