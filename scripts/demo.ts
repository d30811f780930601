// The main job as a user sees it: a simulated organization, a real program, preview → up → no changes → drift → repaired →
// replaced → destroyed. With `pulumi` where it is on PATH, else with the embedded engine.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSimulator } from "pulumi-anomify/simulator";
import { createStack, renderResult } from "pulumi-anomify/testing";
import { colorsFor, hasColors } from "../domain/text/colors.ts";
import { createCliStack } from "../test/helpers/cli-stack.ts";

const colors = colorsFor(hasColors());
const root = fileURLToPath(new URL("..", import.meta.url));

function copyOfQuickstart(): string {
  const directory = mkdtempSync(join(tmpdir(), "anomify-demo-"));
  cpSync(join(root, "examples/quickstart"), directory, { recursive: true });
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"), "dir");
  return directory;
}

function pulumiOnPath(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, "pulumi")).find((path) => existsSync(path));
}

function say(title: string, text: string): void {
  process.stdout.write(`\n${colors.bold(colors.cyan(`▸ ${title}`))}\n${colors.dim(text)}\n\n`);
}

const simulator = await startSimulator({ tenants: ["acme"] });
const directory = copyOfQuickstart();
const acme = simulator.organization("acme");
const options = {
  directory,
  config: { "anomify:endpoint": simulator.url },
  secrets: { "anomify:token": acme.token },
  // The types of the examples are checked by `npm run check:examples`.
  env: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
};
const cli = pulumiOnPath();
const stack = cli === undefined ? await createStack(options) : await createCliStack(options);

type Result = Awaited<ReturnType<typeof stack.up>>;
async function show(operation: Promise<Result>): Promise<Result> {
  const result = await operation;
  process.stdout.write(`${renderResult(result, { color: hasColors() })}\n`);
  if (!result.ok) throw new Error("The demo stopped: the operation above failed.");
  return result;
}

function changeProgram(before: string, after: string): void {
  const path = join(directory, "index.ts");
  writeFileSync(path, readFileSync(path, "utf8").replace(before, after));
}

try {
  process.stdout.write(
    cli === undefined
      ? "No pulumi on PATH: this demo runs on the embedded engine of pulumi-anomify/testing.\n"
      : `This demo runs on ${cli}.\n`,
  );
  process.stdout.write(`A simulated Anomify organization, "${acme.settings().name}", answers at ${simulator.url}.\n`);

  say(
    "pulumi preview",
    "examples/quickstart declares two watchers, an exclusion and an admin alert. What would it do?",
  );
  await show(stack.preview());

  say("pulumi up", "Do it.");
  await show(stack.up());

  say("pulumi preview --expect-no-changes", "The same program again: nothing to do.");
  await show(stack.preview({ expectNoChanges: true }));

  say(
    "Somebody clicks",
    'In the dashboard, "Checkout is slow" loses its chip "latency" and is no longer sent to Slack.',
  );
  acme.edit((state) => {
    const watcher = state.watchers.find((candidate) => candidate.name === "Checkout is slow");
    if (watcher === undefined) throw new Error("The demo's watcher is missing in the simulator.");
    watcher.chips = ["checkout"];
    watcher.alerts = watcher.alerts.filter((alert) => alert.method !== "slack");
  });

  say("pulumi refresh", "The drift, as a diff.");
  await show(stack.refresh());

  say("pulumi up", "Back to what the program says.");
  await show(stack.up());

  say(
    "The program changes",
    "An exclusion cannot be changed in Anomify: the new one is added before the old one goes.",
  );
  changeProgram("staging.loadtest.web2", "staging.loadtest");
  await show(stack.up());

  say("pulumi destroy", "Watchers and the exclusion go; the admin alert, which always exists, is released.");
  await show(stack.destroy());

  const writes = simulator.journal.writes().map(({ method, path, status }) => `  ${method} ${path} → ${status}`);
  say("What reached Anomify", `${writes.length} writes in all:\n${writes.join("\n")}`);
  process.stdout.write(`Next: read examples/, then run ${colors.bold("npm test")}.\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await stack.close();
  await simulator.stop();
  rmSync(directory, { recursive: true, force: true });
}
