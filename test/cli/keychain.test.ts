import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import { anomify, main } from "../helpers/anomify.ts";

async function world() {
  const simulator = await startSimulator({ tenants: ["acme"] });
  const folder = mkdtempSync(join(tmpdir(), "anomify-keychain-"));
  onTestFinished(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const env = { ANOMIFY_CONFIG_DIR: join(folder, "config"), ANOMIFY_ENDPOINT: simulator.url };
  const stored = () => JSON.parse(readFileSync(join(env.ANOMIFY_CONFIG_DIR, "profiles.json"), "utf8")).profiles.default;
  return { simulator, folder, env, token: simulator.organization("acme").token, stored };
}

test.skipIf(process.platform !== "linux")(
  "without a keychain the secret goes into the file, and the command says so",
  async () => {
    const { env, token, stored } = await world();
    // Of no session: there is nobody to keep a secret.
    const alone = { ...env, DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent" };
    const login = await anomify(["login", "--token-stdin", "--keychain"], { env: alone, stdin: `${token}\n` });
    expect(login.code, login.stderr).toBe(0);
    expect(login.stdout).not.toContain("system's keychain");
    expect(login.stderr).toMatch(
      /The system's keychain cannot be used: .+\. The secret is in the file, which you alone/,
    );
    expect(login.stderr).not.toContain(token);
    expect(stored()).toMatchObject({ token });
    expect((await anomify(["whoami"], { env: alone })).code).toBe(0);
  },
);

/** What a session with a keychain of its own needs. */
function secretService(): string | undefined {
  const missing = ["dbus-run-session", "gnome-keyring-daemon"].filter(
    (name) => spawnSync("sh", ["-c", `command -v ${name}`]).status !== 0,
  );
  if (process.platform !== "linux") return "only the Secret Service of Linux can be started for a test";
  return missing.length === 0 ? undefined : `this machine has no ${missing.join(" and no ")}`;
}

const missing = secretService();
if (missing !== undefined) process.stderr.write(`Not tested: a login in the system's keychain; ${missing}.\n`);

test.skipIf(missing !== undefined)("with a keychain the file has no secret, and logout takes it out", async () => {
  const { env, folder, token, stored } = await world();
  const [home, runtime] = [join(folder, "home"), join(folder, "runtime")];
  for (const path of [home, runtime]) mkdirSync(path, { mode: 0o700 });
  const script = [
    "printf unlocked | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1",
    'printf "%s\\n" "$TOKEN" | "$@" login --token-stdin --keychain',
    'cp "$ANOMIFY_CONFIG_DIR/profiles.json" "$HOME/after-login.json"',
    '"$@" whoami --json',
    '"$@" logout',
    'printf "%s\\n" "$TOKEN" | "$@" login --token-stdin --keychain --profile eu',
    // As when somebody has taken it out by hand.
    'mv "$HOME/after-login.json" "$ANOMIFY_CONFIG_DIR/profiles.json"',
    '"$@" whoami',
  ].join("\n");
  const child = spawn("dbus-run-session", ["--", "sh", "-c", script, "sh", process.execPath, main], {
    env: { ...process.env, ...env, HOME: home, XDG_RUNTIME_DIR: runtime, TOKEN: token, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const shown = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    shown.stderr += text;
  });
  const [code] = await once(child, "close");
  expect(shown.stdout, shown.stderr).toContain("its secret in the system's keychain");
  expect(shown.stdout).toContain('"credential": "token"');
  expect(shown.stdout).toContain('Removed profile "default".');
  expect(stored()).toEqual({ endpoint: env.ANOMIFY_ENDPOINT, keychain: "token" });
  expect(shown.stderr).toContain('The system\'s keychain has no secret for profile "default"; log in again with');
  expect(code).toBe(1);
  expect(shown.stdout + shown.stderr).not.toContain(token);
});
