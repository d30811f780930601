import { readFileSync, watch } from "node:fs";
import { join } from "node:path";
import type { Simulator } from "pulumi-anomify/simulator";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { type Guided, guided, WEBHOOK } from "../helpers/guided.ts";

beforeAll(ensureBuilt);

const TYPE = "pulumi-nodejs:dynamic/anomify:";
/** In the order of the import file. The check of the second one is the first that looks up people. */
const ADOPTED = ["OrgSettings:101", "Watcher:501", "ThresholdWatcher:502", "Exclusion:31"] as const;
const [FIRST, HELD, , LAST] = ADOPTED;
const select = (...keys: string[]) => keys.flatMap((key) => ["--select", key]);

/** Holds back the list of people from the provider process, after the command itself has read it. */
function holdPeople(simulator: Simulator) {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<null>();
  const until = () => {
    reached.resolve();
    return released.promise;
  };
  simulator.faults.add({ on: "listUsers", skip: 1, do: { kind: "hold", until } });
  return { reached: reached.promise, release: () => released.resolve(null) };
}

/** Kinds and ids of what the CLI's state file has of ours. */
function stateFile(project: string): string[] {
  try {
    const text = readFileSync(join(project, "../state/.pulumi/stacks/shop/dev.json"), "utf8");
    const { resources = [] } = JSON.parse(text).checkpoint.latest as {
      resources?: Array<{ type: string; id: string }>;
    };
    return resources
      .filter(({ type }) => type.startsWith(TYPE))
      .map(({ type, id }) => `${type.slice(TYPE.length)}:${id}`);
  } catch {
    // Not there yet, or half of it.
    return [];
  }
}

/** Resolves when the CLI has saved the object. */
async function saved(project: string, key: string): Promise<void> {
  const folder = join(project, "../state/.pulumi/stacks/shop");
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => stateFile(project).includes(key) && resolve();
  const watcher = watch(folder, look);
  look();
  await promise.finally(() => watcher.close());
}

const secretsOnDisk = (files: Record<string, string>) =>
  Object.entries(files)
    .filter(([, text]) => text.includes(WEBHOOK))
    .map(([name]) => name);

/** What `pulumi import` said it has imported. */
const importedBy = (text: string) =>
  [...new Set([...text.matchAll(/anomify:(\w+) [\w-]+ imported/g)].map(([, kind]) => kind))].sort();

async function managed({ pulumi }: Guided): Promise<string[]> {
  const { deployment } = JSON.parse(await pulumi(["stack", "export"]));
  const resources: Array<{ type: string; id: string }> = deployment.resources ?? [];
  return resources
    .filter(({ type }) => type.startsWith(TYPE))
    .map(({ type, id }) => `${type.slice(TYPE.length)}:${id}`)
    .sort();
}

test("Ctrl-C in the middle of an import leaves no secret on the disk; later runs import what is missing, and no more", async () => {
  const world = await guided();
  const { simulator, acme, project, pulumi, adopt, started, files } = world;
  await pulumi(["up", "--yes", "--skip-preview"]);
  const writes = simulator.journal.writes().length;
  const before = files();
  const hold = holdPeople(simulator);
  onTestFinished(hold.release);
  const { child, ended } = started("--yes", ...select(...ADOPTED), "--import", "--verify");
  let said = "";
  const cancelled = Promise.withResolvers<void>();
  child.stderr?.on("data", (text: string) => {
    said += text;
    if (/cancel/i.test(said)) cancelled.resolve();
  });
  const early = ended.then((ran) => expect.fail(ran.stderr));
  await Promise.race([Promise.all([hold.reached, saved(project, FIRST)]), early]);
  expect(secretsOnDisk(files())).toEqual([".anomify/import.json"]);
  child.kill("SIGINT");
  await Promise.race([cancelled.promise, early]);
  hold.release();
  const ran = await ended;
  expect(ran.code, ran.stderr).toBe(130);
  expect(ran.stderr).toContain("its files stay. Go on with: anomify adopt --import");
  // What Pulumi has begun it ends.
  expect(await managed(world)).toEqual(["AdminAlert:1", FIRST, HELD]);
  expect(secretsOnDisk(files())).toEqual([]);

  const other = await adopt("--all", "--yes");
  expect(other.code).toBe(1);
  expect(other.stderr).toContain("It was cut short: the state has 2 of 4 objects.");

  const patience = (seconds: number) =>
    acme.edit(({ watchers }) => {
      Object.assign(watchers.find(({ id }) => id === 502) ?? {}, { expiration_seconds: seconds });
    });
  patience(45);
  const refused = await adopt("--import", "--yes");
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/ThresholdWatcher:502 cannot be imported: Refused as it is: .*60 seconds/);
  expect(refused.stderr).toContain(
    "The state has 3 of 4 objects now, so the files stay. Missing: ThresholdWatcher:502",
  );
  expect(importedBy(refused.stderr)).toEqual(["Exclusion"]);
  patience(900);
  const again = await adopt("--import", "--verify", "--yes");
  expect(again.code, again.stderr).toBe(0);
  expect(again.stderr).toContain("1 of 4 objects left to be imported");
  expect(importedBy(again.stderr)).toEqual(["ThresholdWatcher"]);
  expect(again.stdout).toContain("The preview has no changes");
  expect(Object.keys(files()).filter((name) => !(name in before))).toEqual(["anomify/adopted.ts"]);
  expect(await managed(world)).toEqual(["AdminAlert:1", ...ADOPTED].sort());
  expect(simulator.journal.writes()).toHaveLength(writes);
});

test("what a killed process leaves on the disk, the next run finds and removes", async () => {
  const world = await guided();
  const { simulator, project, adopt, started, files } = world;
  const hold = holdPeople(simulator);
  onTestFinished(hold.release);
  const { child, ended } = started("--yes", ...select(FIRST, HELD), "--import");
  const early = ended.then((ran) => expect.fail(ran.stderr));
  await Promise.race([Promise.all([hold.reached, saved(project, FIRST)]), early]);
  child.kill("SIGKILL");
  hold.release();
  // Ends with Pulumi, which nobody has killed.
  await ended;
  expect(secretsOnDisk(files())).toEqual([".anomify/import.json"]);
  const next = await adopt("--yes", "--kinds", "User", "--select", "User:104", "--dry-run");
  expect(next.stderr).not.toContain("under way");
  expect(secretsOnDisk(files()), "a dry run removes nothing").toEqual([".anomify/import.json"]);
  const closing = await adopt("--import", "--yes");
  expect(closing.code, closing.stderr).toBe(0);
  expect(importedBy(closing.stderr)).toEqual([]);
  expect(secretsOnDisk(files())).toEqual([]);
  expect(await managed(world)).toEqual([FIRST, HELD]);
});

test("at a terminal: take everything back; import; take the objects out of the state again; keep the files and go on later", async () => {
  const world = await guided();
  const { simulator, acme, terminal, pulumi, files, adopt } = world;
  await pulumi(["up", "--yes", "--skip-preview"]);
  const writes = simulator.journal.writes().length;
  const before = files();
  const [WATCHER, EXCLUSION] = [HELD, LAST];
  const written = async () => {
    const shell = terminal(...select(WATCHER, EXCLUSION));
    await shell.reads(/with 2 objects/);
    shell.types("y");
    await shell.reads(/Import 2 objects into stack \(the selected one\) now\?/);
    return shell;
  };
  const regretted = await written();
  regretted.types("\x1b[A\r");
  await regretted.reads(/Taken back: index\.ts, anomify\/adopted\.ts\./);
  expect(await regretted.ended).toBe(0);
  expect(files()).toEqual(before);

  const agreed = await written();
  agreed.types("\r");
  await agreed.reads(/Preview now, which has to show no changes\?/);
  // The import is done, and whether it is right is not known yet.
  agreed.types("\x03");
  expect(await agreed.ended).toBe(130);
  expect(agreed.shown()).not.toContain(WEBHOOK);
  expect(await managed(world)).toEqual(["AdminAlert:1", EXCLUSION, WATCHER]);
  expect(secretsOnDisk(files())).toEqual([]);

  const nobody = await adopt("--undo");
  expect(nobody.code).toBe(1);
  expect(nobody.stderr).toContain("pulumi state delete --force --yes 'urn:pulumi:dev::shop::");
  const undone = terminal("--undo");
  await undone.reads(/The state has 2 objects of this adoption\. Take back what\?/);
  undone.types("\r");
  await undone.reads(/Taken out of the state: 2 objects\. They stay in Anomify\./);
  expect(await undone.ended).toBe(0);
  expect(await managed(world)).toEqual(["AdminAlert:1"]);
  expect(files()).toEqual(before);

  const kept = await written();
  kept.types("\x1b[B\r");
  await kept.reads(/or instead: anomify adopt --import\./);
  expect(await kept.ended).toBe(0);
  acme.edit(({ exclusions }) => exclusions.splice(0, exclusions.length));
  const gone = await adopt("--import", "--yes");
  expect(gone.code, gone.stderr).toBe(0);
  expect(gone.stderr).toContain(`${EXCLUSION} is not in the organization any more and is not imported. Remove "`);
  expect(importedBy(gone.stderr)).toEqual(["Watcher"]);
  expect(Object.keys(files()).filter((name) => !(name in before))).toEqual(["anomify/adopted.ts"]);
  expect(simulator.journal.writes()).toHaveLength(writes);
});
