import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { resolveTenant } from "../../simulator/tenants/index.ts";
import { ensureBuilt } from "../helpers/build.ts";
import { cliEnvironment } from "../helpers/cli-environment.ts";
import { pack } from "../helpers/packed.ts";
import { stepsOf } from "../helpers/page-steps.ts";
import { transcript } from "../secrets/transcript.ts";

const page = readFileSync(resolve(import.meta.dirname, "../../docs/get-started.md"), "utf8");
const home = process.env.HOME ?? tmpdir();
/** As in a terminal that no npm script has opened; npm's folders stay although the test's user has a home of its own. */
const outside = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_"))),
  npm_config_cache: process.env.npm_config_cache ?? join(home, ".npm"),
  npm_config_userconfig: process.env.npm_config_userconfig ?? join(home, ".npmrc"),
  npm_config_prefer_offline: "true",
  npm_config_fund: "false",
  npm_config_audit: "false",
};
const { token } = resolveTenant("acme");

beforeAll(ensureBuilt);

/** A shell whose folder stays what the last commands made it, as in a terminal. */
class Terminal {
  #folder: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.#env = env;
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.#folder, name), text);
  }

  /** Runs commands as they stand, the second after the first has succeeded. @returns what they print */
  async run(commands: string, input = ""): Promise<string> {
    const last = join(this.#env.HOME ?? home, "folder");
    const script = `set -e -o pipefail\n${commands}\npwd > '${last}'\n`;
    const { promise, resolve } = Promise.withResolvers<{ error: Error | null; output: string }>();
    const child = execFile("bash", ["-c", script], { cwd: this.#folder, env: this.#env }, (error, stdout, stderr) =>
      resolve({ error, output: stdout + stderr }),
    );
    child.stdin?.end(input);
    const { error, output } = await promise;
    transcript(`output of ${commands}`, output);
    expect(error, `${commands}\n${output}`).toBeNull();
    this.#folder = readFileSync(last, "utf8").trim();
    return output;
  }

  /** Starts a command that goes on, and waits for its first line. */
  async start(command: string): Promise<void> {
    const child = spawn("bash", ["-c", command], {
      cwd: this.#folder,
      env: this.#env,
      detached: true,
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => stop(child));
    const [line] = await once(createInterface(child.stdout), "line");
    expect(line).toMatch(/^A simulated Anomify answers at http/);
  }
}

/** Ends a command with all that it has started, as closing its terminal does. */
async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, "close");
  if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
  await ended;
}

test("docs/get-started.md, followed word for word with the real CLI and the packed package", async () => {
  const folder = mkdtempSync(join(tmpdir(), "anomify-get-started-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { env } = cliEnvironment(folder);
  const { PULUMI_BACKEND_URL: _, ...settings } = env;
  const user = join(folder, "user");
  mkdirSync(user);
  await pack(folder);
  const terminal = new Terminal(folder, {
    ...outside,
    ...settings,
    HOME: user,
    // Answers yes where the page's reader does.
    PULUMI_SKIP_CONFIRMATIONS: "true",
  });

  let output = "";
  let shown = 0;
  for (const { language, label, text } of stepsOf(page)) {
    // Made by `pack` above; the reader's own organization comes after the tour.
    if (label === "clone" || label === "own") continue;
    if (language === "text") {
      for (const line of text.trim().split("\n")) expect(output).toContain(line);
      shown += 1;
    } else if (language !== "sh") terminal.write(label, text);
    else if (label === "second") await terminal.start(text);
    else output = await terminal.run(text, label === "token" ? `${token}\n` : "");
  }
  expect(shown, "results that the page shows").toBeGreaterThan(5);
});
