import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { cliEnvironment } from "../helpers/cli-environment.ts";

/** What docs/reliability.md says of a Pulumi that is killed, done with the real CLI: one stack, killed at a create, an update and a delete. */

beforeAll(ensureBuilt);

const root = resolve(import.meta.dirname, "../..");

interface Project {
  readonly folder: string;
  program(chips: readonly string[] | undefined): void;
  start(...args: string[]): ChildProcess;
  /** Runs the CLI to its end. */
  run(...args: string[]): Promise<{ code: number; output: string }>;
  pending(): Promise<string[]>;
}

/** A project with at most one watcher. */
async function project(simulator: Simulator): Promise<Project> {
  const folder = mkdtempSync(join(tmpdir(), "anomify-killed-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const { cli, env: own } = cliEnvironment(folder);
  symlinkSync(join(root, "node_modules"), join(folder, "project/node_modules"));
  writeFileSync(join(folder, "project/Pulumi.yaml"), "name: shop\nruntime: nodejs\nmain: index.cjs\n");
  writeFileSync(join(folder, "project/package.json"), '{"name":"shop","private":true}\n');
  const env = {
    ...process.env,
    ...own,
    ANOMIFY_ENDPOINT: simulator.url,
    ANOMIFY_TOKEN: simulator.organization("acme").token,
    ANOMIFY_STATE_DIR: join(folder, "notes"),
  };
  const start = (...args: string[]) =>
    spawn(cli, [...args, "--non-interactive"], {
      cwd: join(folder, "project"),
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
  const run = async (...args: string[]) => {
    const child = start(...args);
    const [out, err, [code]] = await Promise.all([
      text(child.stdout as never),
      text(child.stderr as never),
      once(child, "close"),
    ]);
    return { code: Number(code), output: out + err };
  };
  const program = (chips: readonly string[] | undefined) =>
    writeFileSync(
      join(folder, "project/index.cjs"),
      chips === undefined
        ? ""
        : `new (require("pulumi-anomify").Watcher)("cpu", { name: "Killed", chips: ${JSON.stringify(chips)} });\n`,
    );
  const pending = async () => {
    const { deployment } = JSON.parse((await run("stack", "export")).output);
    const operations: Array<{ type: string; resource: { type: string } }> = deployment.pending_operations ?? [];
    return operations.map(({ type, resource }) => `${type} ${resource.type.split(":").at(-1)}`);
  };
  program(["cpu"]);
  expect((await run("stack", "init", "dev")).code).toBe(0);
  return { folder, program, start, run, pending };
}

/** Starts `pulumi up`, and kills it while the reply to a request that took effect is held back. */
async function killedUp({ start }: Project, simulator: Simulator, operation: string): Promise<void> {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<null>();
  const until = () => {
    reached.resolve();
    return released.promise;
  };
  simulator.faults.add({ on: operation, do: { kind: "hold", until } });
  const child = start("up", "--yes", "--skip-preview");
  const ended = Promise.all([once(child, "exit"), text(child.stdout as never).catch(() => "")]);
  await Promise.race([reached.promise, ended.then(([, out]) => Promise.reject(new Error(`it ended: ${out}`)))]);
  endWithTest(child);
  child.kill("SIGKILL");
  await once(child, "exit").catch(() => {});
  // The provider process lives on, and the request takes effect.
  released.resolve(null);
}

/** What the CLI has started outlives it, each in a process group of its own. */
function endWithTest({ pid }: ChildProcess): void {
  const { stdout } = spawnSync("pgrep", ["-P", String(pid)], { encoding: "utf8" });
  const groups = stdout.split("\n").filter(Boolean).map(Number);
  onTestFinished(() => {
    for (const group of groups) {
      try {
        process.kill(-group, "SIGKILL");
      } catch {
        // Gone already.
      }
    }
  });
}

async function printed(stream: Readable | null, word: string): Promise<void> {
  let all = "";
  const found = Promise.withResolvers<void>();
  stream?.on("data", (part: Buffer) => {
    all += part.toString();
    if (all.includes(word)) found.resolve();
  });
  await found.promise;
}

const locks = ({ folder }: Project) =>
  readdirSync(join(folder, "state/.pulumi/locks"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".json"),
  );

test("Pulumi killed at a create, an update and a delete: cancel, then up, and nothing is there twice or left behind", async () => {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  const live = () => acme.watchers().filter(({ name, deleted }) => name === "Killed" && !deleted);
  const own = await project(simulator);

  await killedUp(own, simulator, "createWatcher");
  await expect.poll(() => live().length, { timeout: 60_000 }).toBe(1);
  expect(await own.pending()).toEqual(["creating Watcher"]);
  // Its lock is still there.
  expect(locks(own)).not.toEqual([]);
  const locked = await own.run("up", "--yes", "--skip-preview");
  expect(locked.code).not.toBe(0);
  expect(locked.output).toMatch(/locked/);
  expect((await own.run("cancel", "--yes", "--stack", "dev")).code).toBe(0);
  const taken = await own.run("up", "--yes", "--skip-preview");
  expect(taken.code, taken.output).toBe(0);
  expect(simulator.journal.writes().map(({ operation }) => operation)).toEqual(["createWatcher"]);
  const refreshed = await own.run("refresh", "--yes", "--skip-preview", "--clear-pending-creates");
  expect(refreshed.code, refreshed.output).toBe(0);
  expect(await own.pending()).toEqual([]);
  const preview = await own.run("preview", "--expect-no-changes");
  expect(preview.code, preview.output).toBe(0);

  own.program(["cpu", "prod"]);
  await killedUp(own, simulator, "updateWatcher");
  await expect.poll(() => live().map(({ chips }) => chips), { timeout: 60_000 }).toEqual([["cpu", "prod"]]);
  expect((await own.run("cancel", "--yes", "--stack", "dev")).code).toBe(0);
  const updated = await own.run("up", "--yes", "--skip-preview");
  expect(updated.code, updated.output).toBe(0);

  own.program(undefined);
  await killedUp(own, simulator, "deleteWatcher");
  await expect.poll(() => live().length, { timeout: 60_000 }).toBe(0);
  expect((await own.run("cancel", "--yes", "--stack", "dev")).code).toBe(0);
  const deleted = await own.run("up", "--yes", "--skip-preview");
  expect(deleted.code, deleted.output).toBe(0);
  const { deployment } = JSON.parse((await own.run("stack", "export")).output);
  expect((deployment.resources ?? []).filter(({ type }: { type: string }) => type.includes("anomify"))).toEqual([]);
  expect(await own.pending()).toEqual([]);
  for (const name of readdirSync(join(own.folder, "notes/creates")))
    expect(readFileSync(join(own.folder, "notes/creates", name), "utf8")).not.toContain(acme.token);
});

test("Ctrl-C in the middle of an up: what was sent is recorded, and a later up makes the rest, each once", async () => {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.stop());
  const own = await project(simulator);
  const names = Array.from({ length: 12 }, (_, place) => `Stopped ${place}`);
  const live = () =>
    simulator
      .organization("acme")
      .watchers()
      .filter(({ name }) => name.startsWith("Stopped"))
      .map(({ name }) => name)
      .sort();
  writeFileSync(
    join(own.folder, "project/index.cjs"),
    `for (const name of ${JSON.stringify(names)}) new (require("pulumi-anomify").Watcher)(name, { name, chips: ["cpu"] });\n`,
  );
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<null>();
  const until = () => {
    reached.resolve();
    return released.promise;
  };
  // The first are answered; what comes then is under way when the signal arrives.
  simulator.faults.add({ on: "createWatcher", skip: 3, times: names.length, do: { kind: "hold", until } });
  const child = own.start("up", "--yes", "--skip-preview", "--parallel", "4");
  const ended = Promise.all([once(child, "exit"), text(child.stdout as never)]);
  await Promise.race([reached.promise, ended.then(([, out]) => Promise.reject(new Error(`it ended: ${out}`)))]);
  endWithTest(child);
  // To the CLI alone, as a terminal does: its plugins are in process groups of their own.
  const cancelling = Promise.race([printed(child.stdout, "cancelling"), printed(child.stderr, "cancelling")]);
  child.kill("SIGINT");
  await cancelling;
  released.resolve(null);
  const [[code]] = await ended;
  expect(code).not.toBe(0);
  expect(locks(own)).toEqual([]);
  expect(await own.pending()).toEqual([]);
  const made = live();
  expect(made.length).toBeGreaterThanOrEqual(3);
  expect(made.length).toBeLessThan(names.length);
  const finished = await own.run("up", "--yes", "--skip-preview");
  expect(finished.code, finished.output).toBe(0);
  expect(live()).toEqual([...names].sort());
  expect(simulator.journal.writes().map(({ operation }) => operation)).toEqual(names.map(() => "createWatcher"));
  const preview = await own.run("preview", "--expect-no-changes");
  expect(preview.code, preview.output).toBe(0);
});
