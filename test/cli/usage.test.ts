import { expect, test } from "vitest";
import { anomify } from "../helpers/anomify.ts";

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
