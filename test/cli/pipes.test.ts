import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { startSimulator } from "pulumi-anomify/simulator";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { anomify, main } from "../helpers/anomify.ts";
import { atTerminal } from "../helpers/terminal.ts";

async function world() {
  const simulator = await startSimulator({ tenants: ["acme"] });
  const folder = mkdtempSync(join(tmpdir(), "anomify-pipes-"));
  onTestFinished(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const acme = simulator.organization("acme");
  const env = {
    ANOMIFY_ENDPOINT: simulator.url,
    ANOMIFY_TOKEN: acme.token,
    ANOMIFY_CONFIG_DIR: join(folder, "config"),
  };
  return { simulator, acme, folder, env };
}

/** Runs a line of the shell that has the command as `"$@"`. */
async function shell(line: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn("sh", ["-c", line, "sh", process.execPath, main, ...args], {
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdout.resume();
  const [code] = await once(child, "close");
  return { code, stderr };
}

const oneSentence = (text: string) => {
  expect(text).not.toMatch(/^\s+at /m);
  expect(text.trim().split("\n")).toHaveLength(1);
};

describe("what the system refuses is one sentence", () => {
  test("a reader that closes the pipe does not stop a restore half-way", async () => {
    const { acme, folder, env } = await world();
    const file = join(folder, "snapshot.json");
    expect((await anomify(["snapshot", "--out", file], { env })).code).toBe(0);
    acme.edit((state) => {
      for (const one of state.exclusions) one.note = "Somebody else's reason";
      Object.assign(state.org, { name: "Changed" });
    });
    const child = spawn(process.execPath, [main, "restore", file, "--yes"], { env: { ...process.env, ...env } });
    child.stdout.destroy();
    child.stdin.end();
    const [code] = await once(child, "close");
    expect(code).toBe(0);
    const again = await anomify(["restore", file, "--yes"], { env });
    expect(again.stdout).toContain("There is nothing to do.");
  });

  test.skipIf(process.platform !== "linux")("a full disk under standard output", async () => {
    const { env } = await world();
    const { code, stderr } = await shell('"$@" > /dev/full', ["health", "--json"], env);
    expect(code).toBe(1);
    expect(stderr).toContain("Cannot write the result: the disk is full (ENOSPC).");
    oneSentence(stderr);
  });

  test.skipIf(process.platform === "win32").for(["snapshot", "report", "export"])(
    "a file of %s that cannot be written to its end",
    async (command) => {
      const { folder, env } = await world();
      const out = join(folder, "out");
      // No file of this process may grow, as on a disk that is full.
      const { code, stderr } = await shell('ulimit -f 0; trap "" XFSZ; exec "$@"', [command, "--out", out], env);
      expect(code).toBe(1);
      expect(stderr).toMatch(/Cannot write (to )?\S+out: the file would be too large \(EFBIG\)/);
      oneSentence(stderr);
      expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).includes("tmp"))).toEqual([]);
    },
  );

  test.for(["snapshot", "report", "export"])("a path of %s that leads through a file", async (command) => {
    const { folder, env } = await world();
    const file = join(folder, "file");
    writeFileSync(file, "");
    const { code, stderr } = await anomify([command, "--out", join(file, "out")], { env });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /Cannot write (to )?\S+: (a part of its path is a file, not a folder \(ENOTDIR\)|something else is in its place)/,
    );
    oneSentence(stderr);
  });

  test("a port that is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const { code, stderr } = await anomify(["simulate", "--port", port]);
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port} is taken by another program.`);
    oneSentence(stderr);
  });
});

describe("settings are explained as those of the command", () => {
  test.for([
    ["ANOMIFY_RETRIES", "often", "ANOMIFY_RETRIES must be a whole number, at least 0. Set the environment variable"],
    ["ANOMIFY_TIMEOUT_SECONDS", "soon", "ANOMIFY_TIMEOUT_SECONDS must be a whole number"],
    ["ANOMIFY_STRICT", "yes", "ANOMIFY_STRICT must be true or false."],
    ["ANOMIFY_ENDPOINT", "nowhere", "Give it with --endpoint"],
    ["ANOMIFY_WIRE", "{", "The mapping (--wire or ANOMIFY_WIRE) is wrong"],
    ["ANOMIFY_SESSION_ID", "1234", "Both ANOMIFY_TOKEN and ANOMIFY_SESSION_ID are set. Unset one of them."],
  ] as const)("%s", async ([variable, value, message]) => {
    const { simulator, env } = await world();
    const { code, stderr } = await anomify(["health"], { env: { ...env, [variable]: value } });
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("pulumi config");
    expect(simulator.journal.entries()).toEqual([]);
  });

  test("a service that does not answer is named with its address, and where that came from", async () => {
    const { simulator, env, folder } = await world();
    const login = ["login", "--profile", "eu", "--token-stdin"];
    expect((await anomify(login, { env, stdin: `${env.ANOMIFY_TOKEN}\n` })).code).toBe(0);
    await simulator.stop();
    const own = { ...env, ANOMIFY_RETRIES: "0" };
    const from = async (args: string[], source: string, url = simulator.url) => {
      const { code, stderr } = await anomify(args, { env: own, cwd: folder });
      expect(code).toBe(1);
      expect(stderr).toContain("ECONNREFUSED");
      expect(stderr).toContain(`The endpoint is ${url}, from ${source}.`);
      expect(stderr).not.toMatch(/^\s+at /m);
    };
    await from(["health"], "ANOMIFY_ENDPOINT");
    await from(["whoami", "--profile", "eu"], 'profile "eu"');
    await from(["diff", "eu", "eu"], 'profile "eu"');
    await from(["drift", "--endpoint", "http://127.0.0.1:1", "--state", "-"], "--endpoint", "http://127.0.0.1:1").catch(
      (error: unknown) => expect(String(error)).toContain("Standard input is not JSON"),
    );
  });
});

test("equal names carry their ids in every list", async () => {
  const { acme, env, folder } = await world();
  const before = join(folder, "before.json");
  expect((await anomify(["snapshot", "--out", before], { env })).code).toBe(0);
  acme.edit(({ watchers }) => {
    for (const one of watchers) {
      if (one.id === 501 || one.id === 503) Object.assign(one, { name: "Same", alerts: [], alert: true });
    }
  });
  const health = await anomify(["health"], { env });
  expect(health.stdout).toContain('Watcher "Same" (501)');
  expect(health.stdout).toContain('Watcher "Same" (503)');
  const replay = await anomify(["replay"], { env });
  expect(replay.stdout).toContain('Watcher "Same" (501)');
  expect(replay.stdout).toContain('Watcher "Same" (503)');
  const diff = await anomify(["diff", before, "default"], { env });
  expect(diff.stderr).toContain('There is no profile "default"');
  const login = await anomify(["login", "--token-stdin"], { env, stdin: `${env.ANOMIFY_TOKEN}\n` });
  expect(login.code, login.stderr).toBe(0);
  const different = await anomify(["diff", before, "default"], { env });
  expect(different.code, different.stderr).toBe(3);
  expect(different.stdout).toContain("Same (501)");
  expect(different.stdout).toContain("Same (503)");
  expect(different.stdout).not.toContain("Checkout latency (501)");
});

test("a table is as wide as the terminal, and as wide as its text without one", async () => {
  const { acme, env } = await world();
  const name = "A watcher whose name is far too long for the narrow terminal of somebody on the move 幅の広い文字";
  acme.edit(({ watchers }) => {
    for (const one of watchers) if (one.id === 501) Object.assign(one, { name, alerts: [] });
  });
  const terminal = atTerminal(["health"], env, { columns: 60 });
  await terminal.ended;
  const shown = stripVTControlCharacters(terminal.shown().slice(terminal.shown().lastIndexOf("\r\u001b[2K")));
  const table = shown.split(/\r?\n/);
  expect(table.some((line) => line.includes("far too long for the narrow"))).toBe(false);
  for (const line of table.slice(0, -2)) expect(line.length, line).toBeLessThanOrEqual(60);
  const piped = await anomify(["health"], { env });
  expect(piped.stdout).toContain(name);
});

test.skipIf(process.platform === "win32")("SIGTERM to npx leaves no simulator behind", async () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const child = spawn("npx", ["--no-install", "anomify", "simulate"], {
    cwd: root,
    env: { ...process.env, PATH: path },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let shown = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
  });
  await vi.waitFor(() => expect(shown).toContain("answers at"), { timeout: 60_000 });
  const [url = ""] = /http:\/\/[\d.:]+/.exec(shown) ?? [];
  expect((await fetch(url)).status).toBeGreaterThan(0);
  child.kill("SIGTERM");
  await once(child, "exit");
  // The pipe closes when nobody holds its other end any more.
  await once(child, "close");
  await expect(fetch(url)).rejects.toThrow();
});
