import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { version } from "pulumi-anomify/sdk";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { createStack, renderResult, type Stack } from "pulumi-anomify/testing";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { kinds } from "../host/samples.ts";

beforeAll(ensureBuilt);

const states = fileURLToPath(new URL("../states/", import.meta.url));
const recorded = readdirSync(states).filter((name) => name !== "program");
const WEBHOOK = "https://example.com/hook/of-a-kept-state";

interface Recorded {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

const ours = (text: string): Recorded[] =>
  (JSON.parse(text) as { deployment: { resources: Recorded[] } }).deployment.resources.filter(({ type }) =>
    type.startsWith("pulumi-nodejs:dynamic/anomify:"),
  );
const idsOf = (text: string) => ours(text).map(({ urn, id }) => `${urn.split("::").at(-1)} ${id}`);

async function open(simulator: Simulator, more: { stateFile?: string; changed?: string }): Promise<Stack> {
  const { changed = "false", ...files } = more;
  const stack = await createStack({
    directory: join(states, "program"),
    passphrase: "kept states",
    parallel: 1,
    ...files,
    config: { "anomify:endpoint": simulator.url, changed },
    secrets: { "anomify:token": simulator.organization("acme").token, webhook: WEBHOOK },
  });
  onTestFinished(() => stack.close());
  return stack;
}

/** What has to be as before when the stack is gone. */
function live(simulator: Simulator): unknown {
  const acme = simulator.organization("acme");
  const seen: unknown[] = [];
  acme.edit(({ org }) => void seen.push(org.name, org.timezone));
  const kept = acme.watchers().filter(({ deleted }) => !deleted);
  return { seen, kept: kept.map(({ id, name }) => ({ id, name })), exclusions: acme.exclusions() };
}

test("a state is kept of the first version, of each that recorded other keys, and of this one", () => {
  expect(recorded).toContain("0.1.0-728f42b");
  expect(recorded, "node scripts/record-state.ts <version>").toContain(version);
  for (const name of recorded) {
    const text = readFileSync(join(states, name, "state.json"), "utf8");
    const found = ours(text).map(({ type }) => type.split(":").at(-1));
    expect([...new Set(found)].sort(), name).toEqual([...kinds].sort());
    // Encrypted, though only with a passphrase that everybody can read in the script.
    expect(text).not.toContain("of-a-kept-state");
  }
});

test.each(recorded)("a state of %s: refreshed and previewed without a difference, updated, deleted", async (name) => {
  const simulator = await startSimulator({ tenants: ["acme"] });
  onTestFinished(() => simulator.stop());
  const before = live(simulator);
  const folder = mkdtempSync(join(tmpdir(), "anomify-upgrade-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const stateFile = join(folder, "state.json");

  // The same objects under the same ids: the simulator counts, and the program makes one after the other.
  const made = await (await open(simulator, { stateFile })).up();
  expect(made.ok, renderResult(made)).toBe(true);
  const text = readFileSync(join(states, name, "state.json"), "utf8");
  expect(idsOf(text)).toEqual(idsOf(readFileSync(stateFile, "utf8")));
  // A refresh asks where the state says.
  writeFileSync(stateFile, text.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, simulator.url));
  simulator.journal.clear();

  const stack = await open(simulator, { stateFile });
  const preview = await stack.preview({ expectNoChanges: true });
  expect(preview.ok, renderResult(preview)).toBe(true);
  const refresh = await stack.refresh();
  expect(refresh.ok, renderResult(refresh)).toBe(true);
  expect(refresh.steps.flatMap(({ name, diff }) => (diff ?? []).map((d) => `${name} ${JSON.stringify(d)}`))).toEqual(
    [],
  );
  expect(simulator.journal.writes()).toEqual([]);

  const changed = await (await open(simulator, { stateFile, changed: "true" })).up();
  expect(changed.ok, renderResult(changed)).toBe(true);
  const ops = changed.steps.filter(({ op, type }) => op !== "same" && type.includes("anomify:"));
  expect(ops.map(({ op, name: resource }) => `${op} ${resource}`).sort()).toEqual(
    ["checkout", "no-data", "organization", "queue"].map((resource) => `update ${resource}`),
  );
  const last = await (await open(simulator, { stateFile, changed: "true" })).destroy();
  expect(last.ok, renderResult(last)).toBe(true);
  expect(live(simulator)).toEqual(before);
});
