import { execFile } from "node:child_process";
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startSimulator } from "pulumi-anomify/simulator";
import { describe, expect, it, onTestFinished, test } from "vitest";
import { anomify } from "../helpers/anomify.ts";
import { atTerminal } from "../helpers/terminal.ts";
import { conclude } from "./conclude.ts";
import { knownSecrets } from "./known.ts";
import { createSearch } from "./search.ts";
import { DIRECTORY, type Entry } from "./transcript.ts";

const WEBHOOK = 'https://example.com/hook?sig=a+b/"ä"&x=1';
const search = createSearch([
  { name: "the token", value: "0123456789abcdeffedcba9876543210" },
  { name: "the webhook", value: WEBHOOK },
]);
const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("the search finds a secret", () => {
  it.each([
    ["plain", WEBHOOK],
    ["JSON", JSON.stringify({ url: WEBHOOK })],
    ["JSON within JSON", JSON.stringify(JSON.stringify({ url: WEBHOOK }))],
    ["JSON with escaped slashes", JSON.stringify({ url: WEBHOOK }).replaceAll("/", "\\/")],
    ["a URL", `/?next=${encodeURIComponent(WEBHOOK)}`],
    ["a URL within a URL", `/?next=${encodeURIComponent(encodeURIComponent(WEBHOOK))}`],
    ["a form", new URLSearchParams({ webhook: WEBHOOK }).toString()],
    ["base64", base64(WEBHOOK)],
    ["base64 behind one character", base64(`x${WEBHOOK} and more`)],
    ["base64 behind two characters", base64(`xy${WEBHOOK}z`)],
    ["base64url", Buffer.from(`xyz${WEBHOOK}`).toString("base64url")],
  ])("in %s", (_, text) => {
    expect(search(`before ${text} after`)).toEqual(["the webhook"]);
    expect(search(text)).toEqual(["the webhook"]);
  });

  it("in a large text, beside another one", () => {
    const text = "0123456789abcdef".repeat(10_000);
    expect(search(text)).toEqual([]);
    expect(search(`${text}${WEBHOOK}${text}\n0123456789abcdeffedcba9876543210`)).toEqual(["the webhook", "the token"]);
  });
});

test("a part of a secret, and its host, are not the secret", () => {
  expect(search("https://example.com/[redacted] 0123456789abcdef")).toEqual([]);
});

test("what is too short to be searched for is refused by its name", () => {
  expect(() => createSearch([{ name: "the code", value: "27182" }])).toThrow('The secret "the code" is too short');
});

test("a run's conclusion names output and secret, and allows what is meant to hold secrets", () => {
  const directory = mkdtempSync(join(tmpdir(), "anomify-conclude-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const text = "https://example.com/made-up";
  const entries: Entry[] = [
    { name: "webhook of the test", value: text },
    ...[
      "stdout of anomify export --print-secret key",
      "stderr of anomify export --print-secret key",
      "stdout of anomify export",
      "owner-only file import.json after anomify export",
      "file import.json after anomify export",
      "owner-only file report.md after anomify doctor",
      `arguments of anomify login ${text}`,
    ].map((source) => ({ source, text })),
    { source: "stdout of anomify whoami", text: "https://example.com/[redacted]" },
  ];
  writeFileSync(join(directory, "1.jsonl"), entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
  const { summary, findings } = conclude(directory);
  expect(summary).toMatch(/^secret search: 8 outputs, \d+ secrets, 5 found$/);
  expect(findings).toEqual(
    [
      "stderr of anomify export --print-secret key",
      "stdout of anomify export",
      "file import.json after anomify export",
      "owner-only file report.md after anomify doctor",
      "an output whose command holds a secret",
    ].map((where) => `secret found: webhook of the test in ${where}`),
  );
});

test("what a simulator makes up is among the known secrets", async () => {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  const known = knownSecrets().map(({ value }) => value);
  expect(known).toContain(acme.session("ana@acme.example"));
  expect(known).toContain(acme.token);
  expect(known).toContain("correct horse ana");
  expect(known).toContain("https://example.com/teams-webhook/acme");
});

test("each webhook URL and each credential by its form in the tests is among the known secrets", () => {
  const known = new Set(knownSecrets().map(({ value }) => value));
  // Pulumi's marks of secrets, outputs, resources and assets; what this file makes up.
  const others = [
    "4dabf18193072939515e22adb298388d",
    "1b47061264138c4ac30d75fd1eb44270",
    "d0e6a833031e9bbcd3f4e8bde6ca49a4",
    "5cf8f73096256a8f31e491e813e4eb8e",
    "c44067f5952c0a294b673a41bacd8c17",
    import.meta.filename,
  ];
  const files = globSync("**/*.ts", { cwd: join(import.meta.dirname, ".."), exclude: ["**/node_modules"] });
  const written = files
    .map((file) => join(import.meta.dirname, "..", file))
    .filter((file) => !others.includes(file))
    .flatMap((file) => [
      ...readFileSync(file, "utf8").matchAll(/["'](https?:\/\/[^"']+hook\/[^"'[]+|[0-9a-f]{32})["']/g),
    ])
    .map(([, value = ""]) => value);
  expect(written.length).toBeGreaterThan(5);
  expect(written.filter((value) => !known.has(value) && !others.includes(value))).toEqual([]);
});

test("outputs, arguments and files of a command are handed over, at a terminal and without", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "anomify-handed-over-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const simulator = await startSimulator();
  onTestFinished(() => simulator.stop());
  const env = { ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_TOKEN: simulator.organization("acme").token };
  writeFileSync(join(cwd, "given.txt"), "of the test");
  await anomify(["snapshot", "--out", "own.json"], { env, cwd });
  await anomify(["snapshot", "--nonsense"], { env, cwd });
  await atTerminal(["whoami"], env).ended;
  const folder = process.env[DIRECTORY] ?? "";
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"));
  const sources = lines.filter(Boolean).flatMap((line) => (JSON.parse(line) as { source?: string }).source ?? []);
  expect(sources).toEqual(
    expect.arrayContaining([
      "arguments of anomify snapshot --out own.json",
      "stderr of anomify snapshot --nonsense",
      "owner-only file own.json after anomify snapshot --out own.json",
      "arguments of anomify at a terminal",
      "terminal of anomify whoami",
    ]),
  );
  expect(sources.filter((source) => source.includes("given.txt"))).toEqual([]);
});

test("a run of vitest in which a test prints a secret fails, without printing it once more", async () => {
  const planted = crypto.randomUUID();
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const args = [vitest, "run", "--config", join(import.meta.dirname, "fixtures/vitest.config.ts")];
  const ran = await new Promise<{ code: unknown; output: string }>((resolve) => {
    execFile(process.execPath, args, { env: { ...process.env, PLANTED: planted } }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });
  expect(ran.output).toContain("3 found");
  expect(ran.output).toContain("secret found: planted secret in stdout of a test");
  expect(ran.output).toContain("secret found: planted secret in stderr of node -e ");
  expect(ran.output).toContain("secret found: planted secret in an output whose command holds a secret");
  expect(ran.output).not.toContain(planted);
  expect(ran.code).toBe(1);
});
