import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { COMMON_CODES, exitCodesHelp, exitCodesTable, OWN_CODES } from "../../cli/commands/exit-codes.ts";
import { allCommands } from "../../cli/commands/index.ts";
import { withExitCodes } from "../../scripts/generate/exit-codes.ts";
import { anomify, main } from "../helpers/anomify.ts";

test("the help names every command, and a wrong argument ends with code 2 and no stack", async () => {
  const help = await anomify(["--help"]);
  expect(help.code).toBe(0);
  expect(help.stdout).toContain("simulate");

  const wrong = await anomify(["simulate", "--port", "70000"]);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("must be a port number");
  expect(wrong.stderr).not.toMatch(/^\s+at /m);

  const unknown = await anomify(["simulat"]);
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain("Did you mean simulate?");
});

test("each help and docs/cli.md have the exit codes of one table", async () => {
  for (const name of allCommands().map((command) => command.name())) {
    const { code, stdout } = await anomify([name, "--help"]);
    expect(code).toBe(0);
    expect(stdout.trimEnd().endsWith(exitCodesHelp(name)), stdout).toBe(true);
  }
  const page = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");
  expect(page).toContain(exitCodesTable());
  expect(withExitCodes(page)).toBe(page);
});

test("an exit code means the same in every command, apart from those of single commands", () => {
  const common = COMMON_CODES.map(({ code }) => code);
  for (const [name, codes] of Object.entries(OWN_CODES)) {
    for (const { code } of codes)
      expect(common.includes(code) || (code >= 4 && code <= 128), `${name} ${code}`).toBe(true);
  }
});

test("the version is that of the package", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  expect(await anomify(["--version"])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test.for(["bash", "zsh", "fish"])("completion prints a script for %s that asks for candidates", async (shell) => {
  const script = await anomify(["completion", shell]);
  expect(script).toMatchObject({ code: 0, stderr: "" });
  expect(script.stdout).toContain("anomify complete --");
});

test("completion offers commands and options, and refuses an unknown shell", async () => {
  const commands = await anomify(["complete", "--", "exp"]);
  expect(commands.stdout.split("\n")).toContainEqual(expect.stringMatching(/^export\t/));
  const options = await anomify(["complete", "--", "export", "--dry"]);
  expect(options.stdout).toMatch(/^--dry-run\t/m);
  const shell = await anomify(["completion", "tcsh"]);
  expect(shell.code).toBe(2);
  expect(shell.stderr).toContain("bash");
});

test("a reader that closes the pipe is no failure", async () => {
  const child = spawn(process.execPath, [main, "completion", "bash"]);
  child.stdout.destroy();
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  expect(await once(child, "close")).toEqual([0, null]);
  expect(stderr).toBe("");
});
