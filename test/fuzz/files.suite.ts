import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { startSimulator } from "pulumi-anomify/simulator";
import { expect, it, onTestFinished } from "vitest";
import { resourcesOf } from "../../cli/adopt/engine.ts";
import { FOLDER, readJournal } from "../../cli/adopt/journal.ts";
import { renderJunit, renderMarkdown, renderTable } from "../../cli/drift/render.ts";
import { findDrift } from "../../cli/drift/run.ts";
import { parseSnapshot } from "../../cli/snapshot/format.ts";
import { readLive } from "../../cli/snapshot/live.ts";
import { planRestore } from "../../cli/snapshot/plan.ts";
import { takeSnapshot } from "../../cli/snapshot/take.ts";
import { typeToken } from "../../provider/hosts/dynamic/provider-text.ts";
import { readInventory } from "../../provider/inventory.ts";
import { readSettings } from "../../provider/organization/config.ts";
import { connect } from "../../provider/organization/connect.ts";
import { parseState } from "../../provider/stack/read-state.ts";
import { json, mutated, outcome, runs, textOf } from "./values.ts";

async function connected() {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.stop());
  const environment = { ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_TOKEN: simulator.organization("acme").token };
  const settings = readSettings(() => undefined, environment);
  const organization = connect(settings, new AbortController().signal, () => undefined);
  return { simulator, organization, endpoint: simulator.url };
}

/** The text of a file: JSON as it was written, changed at random, cut, or with another one behind it. */
const fileOf = (good: unknown) =>
  fc
    .tuple(fc.oneof({ weight: 12, arbitrary: mutated(fc.constant(good)) }, { weight: 1, arbitrary: json }), fc.nat(60))
    .map(([value, how]) => {
      const text = textOf(value);
      if (how === 0) return text.slice(0, Math.floor(text.length / 2));
      if (how === 1) return `\ufeff${text}`;
      return how === 2 ? `${text}${text}` : text;
    });

const deep = (text: string) => `${"[".repeat(50_000)}${text}${"]".repeat(50_000)}`;

const SOURCE = "the-file.json";

it("a state of whatever form is compared with the organization, or refused in words", async () => {
  const connection = await connected();
  const { objects } = await readInventory(connection.organization);
  const resources = objects.map(({ kind, id, outputs }) => ({
    urn: `urn:pulumi:dev::shop::${typeToken(kind)}::${kind}-${id}`,
    custom: true,
    id,
    type: typeToken(kind),
    inputs: {},
    outputs: { ...outputs },
    provider: "urn:pulumi:dev::shop::pulumi:providers:pulumi-nodejs::default::1a2b",
  }));
  // Few at a time, so that a change at random hits something.
  const states = fc.oneof(
    ...resources.map((resource) =>
      fileOf({ version: 3, deployment: { manifest: {}, resources: [resource], pending_operations: [] } }),
    ),
  );
  const options = { withAdopted: true, failOn: ["drift", "gone"] } as const;
  await fc.assert(
    fc.asyncProperty(states, async (text) => {
      const { result, error } = await outcome("states", () => parseState(text, SOURCE));
      if (error) expect(error.message).toContain(SOURCE);
      if (result === undefined) return;
      const drift = await outcome("drift of states", () => findDrift(connection, result, options));
      if (drift.result === undefined) return;
      for (const render of [renderTable, renderMarkdown, renderJunit])
        expect(typeof render(drift.result)).toBe("string");
    }),
    runs(0.1),
  );
  expect(connection.simulator.journal.writes()).toEqual([]);
});

it("a file that is nested deeper than any stack is refused, or what is deep in it counts as unreadable", async () => {
  const urn = `urn:pulumi:dev::shop::${typeToken("Watcher")}::cpu`;
  const resource = `{"urn":"${urn}","type":"${typeToken("Watcher")}","id":"1","inputs":{},"outputs":{"name":${deep("1")}}}`;
  const state = `{"version":3,"deployment":{"resources":[${resource}]}}`;
  expect(parseState(state, SOURCE).resources).toMatchObject([{ id: "1", unreadable: ["name"] }]);
  expect(resourcesOf(parseState(state, SOURCE))).toHaveLength(1);
  const snapshot = `{"format":"anomify-snapshot","version":1,"objects":${deep("{}")}}`;
  for (const text of [deep("1"), snapshot]) {
    expect((await outcome("deep files", () => parseSnapshot(text, SOURCE))).error).toBeDefined();
  }
  expect((await outcome("deep files", () => parseState(deep("1"), SOURCE))).error).toBeDefined();
});

it("a snapshot of whatever form becomes a plan, or is refused in words", async () => {
  const { organization, simulator } = await connected();
  const live = await readLive(organization);
  const { objects, ...head } = await takeSnapshot(organization, { withSecrets: true });
  const snapshots = fc.oneof(...objects.map((object) => fileOf({ ...head, objects: [object] })));
  await fc.assert(
    fc.asyncProperty(snapshots, fc.boolean(), async (text, prune) => {
      const { result, error } = await outcome("snapshots", () => parseSnapshot(text, SOURCE));
      if (error) expect(error.message).toContain(SOURCE);
      if (result) await outcome("plans of snapshots", () => planRestore(result, live, { prune }));
    }),
    runs(0.15),
  );
  expect(simulator.journal.writes()).toEqual([]);
});

it("a journal of an adoption of whatever form is read, or refused in words", async () => {
  const directory = await mkdtemp(join(tmpdir(), "fuzz-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await mkdir(join(directory, FOLDER));
  const good = {
    version: 1,
    stage: "written",
    byHand: false,
    program: { path: "anomify.ts", sha256: "0" },
    line: "import",
    folders: [],
    secrets: [{ key: "a", kind: "Watcher", resource: "b", property: "c" }],
    configured: ["x"],
    protect: true,
    resources: [{ kind: "Watcher", id: "1", name: "cpu" }],
    settings: { path: "p", before: null, after: "0" },
  };
  await fc.assert(
    fc.asyncProperty(fileOf(good), async (text) => {
      await writeFile(join(directory, FOLDER, "adopt.json"), text);
      const { error } = await outcome("journals", () => readJournal(directory));
      if (error) expect(error.message).toContain(FOLDER);
    }),
    runs(0.02),
  );
});
