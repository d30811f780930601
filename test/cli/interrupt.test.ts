import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator } from "pulumi-anomify/simulator";
import { describe, expect, onTestFinished, test } from "vitest";
import { allCommands } from "../../cli/commands/index.ts";
import { anomify } from "../helpers/anomify.ts";
import { atTerminal } from "../helpers/terminal.ts";

const CTRL_C = "\x03";

async function world() {
  const simulator = await startSimulator({ tenants: ["acme"] });
  const folder = mkdtempSync(join(tmpdir(), "anomify-interrupt-"));
  onTestFinished(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const acme = simulator.organization("acme");
  const cwd = join(folder, "work");
  mkdirSync(cwd);
  const env = {
    ANOMIFY_ENDPOINT: simulator.url,
    ANOMIFY_TOKEN: acme.token,
    ANOMIFY_CONFIG_DIR: join(folder, "config"),
  };
  const snapshot = join(folder, "snapshot.json");
  const state = join(folder, "state.json");
  writeFileSync(state, JSON.stringify({ version: 3, deployment: { resources: [] } }));
  writeFileSync(join(cwd, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
  writeFileSync(join(cwd, "package.json"), JSON.stringify({ name: "shop" }));
  writeFileSync(join(cwd, "index.ts"), "");
  /** Resolves when the request is there that is answered never. */
  const held = (on: string, skip = 0) => {
    const reached = Promise.withResolvers<void>();
    const never = Promise.withResolvers<null>();
    onTestFinished(() => never.resolve(null));
    const until = () => {
      reached.resolve();
      return never.promise;
    };
    simulator.faults.add({ on, skip, times: Number.POSITIVE_INFINITY, do: { kind: "hold", until } });
    return reached.promise;
  };
  const taken = async () => {
    const { code, stderr } = await anomify(["snapshot", "--out", snapshot, "--with-secrets"], { env });
    expect(code, stderr).toBe(0);
  };
  return { simulator, acme, cwd, env, snapshot, state, held, taken };
}

type World = Awaited<ReturnType<typeof world>>;

/** Every command that shows a spinner: how it is started, and what it says when Ctrl-C comes while it reads. */
const READING: Readonly<Record<string, { readonly args: (world: World) => string[]; readonly says: string }>> = {
  adopt: { args: ({ state }) => ["--state", state], says: "Nothing was written." },
  diff: { args: ({ snapshot }) => [snapshot, "default"], says: "Nothing was changed." },
  doctor: { args: () => [], says: "Nothing was changed." },
  drift: { args: ({ state }) => ["--state", state], says: "Nothing was changed." },
  export: { args: () => [], says: "Nothing was written." },
  health: { args: () => [], says: "Nothing was changed." },
  replay: { args: () => [], says: "Nothing was changed." },
  report: { args: () => [], says: "Nothing was written." },
  restore: { args: ({ snapshot }) => [snapshot], says: "Nothing was changed." },
  snapshot: { args: () => [], says: "Nothing was written." },
};

/** Those that show none: `login` and `logout` ask or are done at once; `simulate` serves until Ctrl-C. */
const WITHOUT_SPINNER = ["login", "logout", "simulate", "whoami"];

test("every command is tried, or known to show no spinner", () => {
  const names = allCommands().map((command) => command.name());
  expect(names.sort()).toEqual([...Object.keys(READING), ...WITHOUT_SPINNER].sort());
});

describe("Ctrl-C as a key", () => {
  test.for(Object.keys(READING))("%s ends with 130 while its spinner runs, and says what was done", async (name) => {
    const started = await world();
    const { cwd, env, held, taken, simulator } = started;
    if (name === "diff" || name === "restore") await taken();
    if (name === "diff") {
      const login = await anomify(["login", "--token-stdin"], { env, stdin: `${env.ANOMIFY_TOKEN}\n` });
      expect(login.code, login.stderr).toBe(0);
    }
    const before = readdirSync(cwd);
    const reached = held("*");
    const command = READING[name];
    const terminal = atTerminal([name, ...(command?.args(started) ?? [])], env, { cwd });
    await terminal.reads(/[◒◐◓◑] {2}\w/);
    await reached;
    terminal.types(CTRL_C);
    expect(await terminal.ended, terminal.shown()).toBe(130);
    expect(terminal.shown()).toContain(`Interrupted. ${command?.says}`);
    expect(terminal.shown()).not.toMatch(/^\s+at /m);
    expect(readdirSync(cwd)).toEqual(before);
    expect(simulator.journal.writes()).toEqual([]);
  });

  test("restore says which steps are done, which one is under way, and which are left", async () => {
    const { acme, cwd, env, snapshot, held, taken } = await world();
    await taken();
    acme.edit((state) => {
      Object.assign(state.org, { name: "Changed" });
      for (const one of state.exclusions) one.note = "Somebody else's reason";
      for (const one of state.adminAlerts) one.enabled = false;
    });
    const reached = held("addExclusion", 1);
    const terminal = atTerminal(["restore", snapshot, "--yes"], env, { cwd });
    await reached;
    terminal.types(CTRL_C);
    expect(await terminal.ended, terminal.shown()).toBe(130);
    const [, said = ""] = terminal.shown().split("Interrupted. ");
    const lines = said.trim().split(/\r?\n/);
    const [stopped, ...rest] = lines;
    expect(stopped).toMatch(/^Stopped in step 3 of \d+\. Run the same command again to go on\.$/);
    expect(rest.slice(0, 5)).toEqual([
      "Done:",
      '  update OrgSettings "OrgSettings" (101)',
      expect.stringMatching(/^ {2}create Exclusion /),
      "Under way, so that it may be done or not:",
      expect.stringMatching(/^ {2}create Exclusion /),
    ]);
    expect(rest[5]).toBe("Left:");
    const again = await anomify(["restore", snapshot, "--dry-run", "--json"], { env });
    expect(again.code, again.stderr).toBe(0);
  });

  test("restore at its question changes nothing", async () => {
    const { acme, cwd, env, snapshot, taken, simulator } = await world();
    await taken();
    acme.edit(({ org }) => Object.assign(org, { name: "Changed" }));
    const terminal = atTerminal(["restore", snapshot], env, { cwd });
    await terminal.reads(/Make this change to/);
    terminal.types(CTRL_C);
    expect(await terminal.ended).toBe(130);
    expect(terminal.shown()).toContain("Interrupted. Nothing was changed.");
    expect(simulator.journal.writes()).toEqual([]);
  });

  test.for([
    { args: ["login"], question: /E-mail address/ },
    { args: ["login", "--email", "ana@acme.example"], question: /Password/ },
  ])("login at $question stores nothing", async ({ args, question }) => {
    const { env } = await world();
    const terminal = atTerminal(args, env);
    await terminal.reads(question);
    terminal.types(CTRL_C);
    expect(await terminal.ended).toBe(130);
    expect(terminal.shown()).toContain("Interrupted. Nothing was stored.");
  });
});
