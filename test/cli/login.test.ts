import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import { anomify } from "../helpers/anomify.ts";
import { atTerminal } from "../helpers/terminal.ts";

const ana = { email: "ana@acme.example", password: "correct horse ana" };
const chidi = { email: "chidi@acme.example", password: "correct horse chidi", code: "271828" };

interface World {
  readonly simulator: Simulator;
  /** Environment of every command. */
  readonly env: Record<string, string>;
  readonly file: string;
  /** What is stored; undefined when there is no file. */
  stored(): Promise<Record<string, Record<string, string>> | undefined>;
}

async function world(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "anomify-login-"));
  const simulator = await startSimulator();
  onTestFinished(async () => {
    await simulator.stop();
    await rm(folder, { recursive: true });
  });
  const config = join(folder, "config");
  const file = join(config, "profiles.json");
  const stored = async () => {
    const text = await readFile(file, "utf8").catch(() => undefined);
    return text === undefined ? undefined : JSON.parse(text).profiles;
  };
  return { simulator, env: { ANOMIFY_CONFIG_DIR: config, ANOMIFY_ENDPOINT: simulator.url }, file, stored };
}

const login = (env: Record<string, string>, password = ana.password, ...more: string[]) =>
  anomify(["login", "--email", ana.email, "--password-stdin", ...more], { env, stdin: `${password}\n` });

test("a person logs in at a terminal, and the session serves the other commands until logout", async () => {
  const { simulator, env, file, stored } = await world();
  const terminal = atTerminal(["login"], env);
  await terminal.reads(/E-mail address/);
  terminal.types(`${ana.email}\r`);
  await terminal.reads(/Password/);
  terminal.types(`${ana.password}\r`);
  await terminal.reads(/Logged in as Ana Acme <ana@acme\.example>/);
  expect(await terminal.ended).toBe(0);
  const sessionId = (await stored())?.default?.sessionId ?? "";
  expect(sessionId).toMatch(/^[0-9a-f]{32}$/);
  expect(await stored()).toEqual({ default: { endpoint: simulator.url, email: ana.email, sessionId } });
  expect(terminal.shown()).not.toContain("horse");
  if (process.platform !== "win32") {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(file, ".."))).mode & 0o777).toBe(0o700);
  }

  const who = await anomify(["whoami"], { env });
  expect(who).toMatchObject({ code: 0, stderr: "" });
  expect(who.stdout).toContain("Ana Acme <ana@acme.example> (admin)");
  const json = await anomify(["whoami", "--json"], { env });
  expect(JSON.parse(json.stdout)).toEqual({
    person: { id: 101, name: "Ana Acme", email: ana.email, admin: true, demo: false },
    organization: { id: 101, name: "Acme Shop" },
    credential: "session",
    endpoint: simulator.url,
    source: 'profile "default"',
  });

  const out = await anomify(["logout"], { env });
  expect(out).toEqual({ code: 0, stdout: 'Removed profile "default". The session has ended.\n', stderr: "" });
  expect(await stored()).toBeUndefined();
  const response = await fetch(`${simulator.url}/user/ping`, { headers: { "x-session-id": sessionId } });
  expect(response.status).toBe(401);
  const nobody = await anomify(["whoami", "--json"], { env });
  expect(nobody).toMatchObject({ code: 1, stdout: "" });
  expect(nobody.stderr).toContain("anomify login");
  const shown = [terminal.shown(), who.stdout, json.stdout, out.stdout, nobody.stderr].join("\n");
  expect(shown).not.toContain(sessionId);
});

test("a wrong password is reported, and stores nothing", async () => {
  const { env, stored } = await world();
  const terminal = atTerminal(["login", "--email", ana.email], env);
  await terminal.reads(/Password/);
  terminal.types("my secret guess\r");
  await terminal.reads(/The e-mail address or the password is wrong\. Nothing was stored\./);
  expect(await terminal.ended).toBe(1);
  expect(terminal.shown()).not.toContain("guess");
  expect(await stored()).toBeUndefined();
});

test("the second factor is asked for, again after a wrong code, and given up after three", async () => {
  const { env, stored } = await world();
  const terminal = atTerminal(["login", "--email", chidi.email, "--profile", "chidi"], env);
  await terminal.reads(/Password/);
  terminal.types(`${chidi.password}\r`);
  await terminal.reads(/Two-factor code/);
  terminal.types("000000\r");
  await terminal.reads(/That code is wrong\.[\s\S]*Two-factor code/);
  terminal.types(`${chidi.code}\r`);
  await terminal.reads(/Logged in as Chidi Okafor/);
  expect(await terminal.ended).toBe(0);
  expect(terminal.shown()).not.toMatch(/horse|271828/);
  const before = await stored();
  expect(Object.keys(before ?? {})).toEqual(["chidi"]);

  const other = atTerminal(["login", "--email", chidi.email, "--profile", "other"], env);
  await other.reads(/Password/);
  other.types(`${chidi.password}\r`);
  await other.reads(/Two-factor code/);
  other.types("1\r");
  await other.reads(/That code is wrong\.[\s\S]*Two-factor code/);
  other.types("2\r");
  await other.reads(/That code is wrong\.[\s\S]*Two-factor code/);
  other.types("3\r");
  await other.reads(/The two-factor code is wrong/);
  expect(await other.ended).toBe(1);
  expect(await stored()).toEqual(before);
});

test("the code may name the login attempt by its token", async () => {
  const { simulator, env, stored } = await world();
  const terminal = atTerminal(["login", "--email", chidi.email], env);
  await terminal.reads(/Password/);
  terminal.types(`${chidi.password}\r`);
  await terminal.reads(/Two-factor code/);
  const token = simulator.organization("acme").outbox().at(-1)?.token ?? "";
  terminal.types(`${chidi.code} ${token}\r`);
  await terminal.reads(/Logged in as Chidi Okafor/);
  expect(await terminal.ended).toBe(0);
  expect((await stored())?.default?.email).toBe(chidi.email);
  const sent = simulator.journal.entries().filter(({ path }) => path === "/login/validateclient");
  expect(sent.map(({ form }) => form)).toEqual([{ code: chidi.code, token }]);
});

test("Ctrl-C at the password prompt stores nothing", async () => {
  const { simulator, env, stored } = await world();
  const terminal = atTerminal(["login", "--email", ana.email], env);
  await terminal.reads(/Password/);
  terminal.types("half of it\x03");
  expect(await terminal.ended).toBe(130);
  expect(terminal.shown()).not.toContain("half");
  expect(await stored()).toBeUndefined();
  expect(simulator.journal.entries()).toEqual([]);
});

test("secrets come through a pipe where nobody can be asked", async () => {
  const { simulator, env, stored } = await world();
  expect(await login(env)).toMatchObject({ code: 0 });
  const piped = ["login", "--profile", "chidi", "--email", chidi.email, "--password-stdin"];
  const missing = await anomify(piped, { env, stdin: chidi.password });
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain("give the code as the second line");
  expect(await anomify(piped, { env, stdin: `${chidi.password}\n${chidi.code}\n` })).toMatchObject({ code: 0 });

  const { token } = simulator.organization("acme");
  const withToken = (stdin: string) => anomify(["login", "--profile", "ci", "--token-stdin"], { env, stdin });
  const wrong = await withToken("f".repeat(32));
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toContain("Anomify does not know this token. Nothing was stored.");
  const right = await withToken(`${token}\n`);
  expect(right.code).toBe(0);
  expect(right.stdout).toContain("organization Acme Shop");
  expect(right.stdout + right.stderr + wrong.stderr).not.toMatch(/[0-9a-f]{32}/);
  expect(Object.keys((await stored()) ?? {})).toEqual(["default", "chidi", "ci"]);
  expect((await stored())?.ci).toEqual({ endpoint: simulator.url, token });

  const who = await anomify(["whoami", "--json"], { env: { ...env, ANOMIFY_PROFILE: "ci" } });
  expect(JSON.parse(who.stdout)).toMatchObject({ person: null, credential: "token", source: 'profile "ci"' });
  const out = await anomify(["logout", "--all"], { env });
  expect(out.stdout.match(/Removed profile/g)).toHaveLength(3);
  expect(await stored()).toBeUndefined();
});

test("wrong arguments end with code 2, and nobody to ask with code 1", async () => {
  const { env } = await world();
  const run = (...args: string[]) => anomify(args, { env, stdin: "x" });
  const [name, mixed, whose, both, nobody] = await Promise.all([
    run("login", "--profile", "../x"),
    run("login", "--token-stdin", "--email", ana.email),
    run("login", "--password-stdin"),
    run("logout", "--all", "--profile", "x"),
    run("login"),
  ]);
  expect([name.code, mixed.code, whose.code, both.code]).toEqual([2, 2, 2, 2]);
  expect(nobody.code).toBe(1);
  expect(nobody.stderr).toContain("Nobody can be asked here");
});

test("a session that ran out is reported with the way back in", async () => {
  const { simulator, env, stored } = await world();
  await login(env, ana.password, "--profile", "eu");
  simulator.organization("acme").endSessions();
  const who = await anomify(["whoami", "--profile", "eu"], { env });
  expect(who).toEqual({
    code: 1,
    stdout: "",
    stderr: 'The session of profile "eu" is no longer valid. Log in again with: anomify login --profile eu\n',
  });
  const out = await anomify(["logout", "--profile", "eu"], { env });
  expect(out.stdout).toContain("The session had ended already.");
  expect(await stored()).toBeUndefined();
  const token = await anomify(["whoami"], { env: { ...env, ANOMIFY_TOKEN: "f".repeat(32) } });
  expect(token.stderr).toContain("does not accept the credential in the environment variable ANOMIFY_TOKEN");
});

test("a demo account's refusals are reported as such", async () => {
  const { simulator, env } = await world();
  const demo = ["login", "--email", "visitor@demo.example", "--password-stdin"];
  expect(await anomify(demo, { env, stdin: "look but do not touch" })).toMatchObject({ code: 0 });
  expect((await anomify(["whoami"], { env })).stdout).toContain("(demo account, may not write)");
  simulator.faults.add({ on: "getOrg", do: { kind: "status", status: 403 } });
  const refused = await anomify(["whoami"], { env });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('Profile "default" is a demo account, which may look but not change anything.');
});

test("what keeps a login from the service is reported, and logout does without the service", async () => {
  const { simulator, env, stored } = await world();
  simulator.faults.add({ on: "login", do: { kind: "rate-limit", retryAfter: 17 } });
  expect((await login(env)).stderr).toContain("Too many attempts. Try again in 17 seconds. Nothing was stored.");
  simulator.faults.add({ on: "login", do: { kind: "status", status: 403, message: "Locked." } });
  expect((await login(env)).stderr).toContain("it may be locked");
  simulator.faults.add({ on: "login", do: { kind: "html", status: 404 } });
  expect((await login(env)).stderr).toContain("does not answer as Anomify's API does. Check --endpoint.");
  expect(await stored()).toBeUndefined();
  await login(env);
  await simulator.stop();
  const unreachable = await login(env);
  expect(unreachable.code).toBe(1);
  expect(unreachable.stderr).toContain(`Cannot reach ${simulator.url}: No connection (ECONNREFUSED)`);
  const out = await anomify(["logout"], { env });
  expect(out.code).toBe(0);
  expect(out.stdout).toContain("The service could not be asked, so the session stays valid there");
  expect(await stored()).toBeUndefined();
});

test("a store that is open to others or broken is refused, without a word of its text", async () => {
  const { env, file } = await world();
  await login(env);
  if (process.platform !== "win32") {
    await chmod(file, 0o644);
    const open = await anomify(["whoami"], { env });
    expect(open.code).toBe(1);
    expect(open.stderr).toContain(`Mend it with: chmod 600 '${file}'`);
    await chmod(file, 0o600);
    await chmod(join(file, ".."), 0o777);
    expect((await anomify(["whoami"], { env })).stderr).toContain(`chmod 700 '${join(file, "..")}'`);
    await chmod(join(file, ".."), 0o700);
  }
  await writeFile(file, '{"profiles": {"default": {"token": "hush');
  const commands = [["whoami"], ["login", "--email", "a@b"], ["logout", "--all"]];
  for (const broken of await Promise.all(commands.map((command) => anomify(command, { env })))) {
    expect(broken.code).toBe(1);
    expect(broken.stderr).toBe(
      `The stored logins in ${file} cannot be read. Delete the file and log in again with: anomify login\n`,
    );
  }
});
