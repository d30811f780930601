import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSimulator } from "pulumi-anomify/simulator";
import type { Result } from "pulumi-anomify/testing";
import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { createCliStack } from "../helpers/cli-stack.ts";
import { writePluginFolder } from "../helpers/plugin-folder.ts";
import { kinds, sample } from "../host/samples.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

beforeAll(ensureBuilt);

function succeeded(result: Result): Result {
  expect(result.ok, `${result.stdout}\n${result.stderr}`).toBe(true);
  return result;
}

/** Every kind, one more under an explicit provider, a look-up through it, and what a program sees of an output. */
const PROGRAM = [
  ...kinds.map(
    (kind) => `const ${kind} = new anomify.${kind}(${JSON.stringify(kind)}, ${JSON.stringify(sample(kind))});`,
  ),
  'const other = new anomify.Provider("other", { token: process.env.OTHER_TOKEN, endpoint: process.env.OTHER_ENDPOINT, retries: 2 });',
  'new anomify.Watcher("there", { name: "There", chips: ["cpu"] }, { provider: other });',
  'const byId = new anomify.Watcher("by-id", { name: "By id", chips: ["cpu"], emailUsers: [101] });',
  "exports.seen = { people: byId.emailUsers, channel: byId.slackChannel.apply((value) => String(value)), name: Watcher.name };",
  "exports.users = anomify.getUsersOutput({ provider: other }).apply((users) => users.length > 0);",
].join("\n");

test("a program moves to the plugin by the name that it imports from", async () => {
  const simulator = await startSimulator({ tenants: ["acme", "globex"] });
  const directory = mkdtempSync(join(tmpdir(), "anomify-native-import-"));
  onTestFinished(async () => {
    await simulator.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  writePluginFolder(join(directory, "plugin"));
  vi.stubEnv("PATH", `${join(directory, "plugin")}${delimiter}${process.env.PATH}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"), "dir");
  writeFileSync(join(directory, "package.json"), '{"name":"move","private":true,"main":"index.cjs"}\n');
  writeFileSync(join(directory, "Pulumi.yaml"), "name: move\nruntime: nodejs\nmain: index.cjs\n");
  const write = (from: string) =>
    writeFileSync(
      join(directory, "index.cjs"),
      `const pulumi = require("@pulumi/pulumi");\nconst anomify = require("${from}");\n${PROGRAM}\n`,
    );
  const stack = await createCliStack({
    directory,
    config: { "anomify:endpoint": simulator.url },
    secrets: { "anomify:token": simulator.organization("acme").token },
    env: { OTHER_TOKEN: simulator.organization("globex").token, OTHER_ENDPOINT: simulator.url },
  });
  onTestFinished(() => stack.close());
  const ids = () =>
    Object.fromEntries(
      (stack.exportState().deployment.resources ?? [])
        .filter(({ type }) => !type.startsWith("pulumi:"))
        .map(({ urn, id }) => [urn.split("::").at(-1), id]),
    );

  write("pulumi-anomify");
  succeeded(await stack.up());
  const [made, seen] = [ids(), stack.outputs()];
  expect(seen).toEqual({ seen: { people: [101], channel: "undefined", name: "CPU idle" }, users: true });
  const writes = simulator.journal.writes().length;

  write("pulumi-anomify/native");
  succeeded(await stack.preview({ expectNoChanges: true }));
  succeeded(await stack.up({ expectNoChanges: true }));
  succeeded(await stack.refresh());
  succeeded(await stack.up({ expectNoChanges: true }));
  expect(ids()).toEqual(made);
  expect(stack.outputs()).toEqual(seen);
  expect(simulator.journal.writes().length).toBe(writes);

  succeeded(await stack.destroy());
});
