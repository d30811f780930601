import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const shipped = globSync("{sdk,provider,routing,policy,simulator,testing,cli}/**/*.{ts,tsx}", { cwd: root });
const source = (path: string) => readFileSync(`${root}${path}`, "utf8");
const having = (pattern: RegExp) => shipped.filter((path) => pattern.test(source(path)));

test("nothing that is shipped makes Node.js write its memory to disk", () => {
  expect(shipped.length).toBeGreaterThan(200);
  expect(
    having(/report-on|process\.report|writeReport|heap-?snapshot|heap-?prof|abort-on|core_?dump|inspector/i),
  ).toEqual([]);
});

test("nothing that is shipped connects to anywhere but the endpoint", () => {
  // The simulator serves on the loopback. Between engine and provider process there is Pulumi's own gRPC.
  const network =
    /\bfetch\([^)]|from "(node:)?(https?|net|tls|dns|dgram|http2)(\/promises)?"|XMLHttpRequest|WebSocket|EventSource/;
  const outside = having(network).filter((path) => !path.startsWith("simulator/"));
  expect(outside, "to the endpoint, through the proxy of the environment").toEqual([
    "sdk/proxy.ts",
    "sdk/whole-response-fetch.ts",
  ]);
});

test("nothing that is shipped runs text as code, or a command through a shell", () => {
  expect(having(/\beval\(|new Function\(|node:vm"|shell: true|\bexec(Sync)?\(["'`]|execSync/)).toEqual([]);
});

test("the pages about security name tests that there are", () => {
  const named = Array.from(
    source("docs/internals/threat-model.md").matchAll(/`(test\/[^`]+\.ts)`/g),
    ([, path = ""]) => path,
  );
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((path) => globSync(path, { cwd: root }).length === 0)).toEqual([]);
});
