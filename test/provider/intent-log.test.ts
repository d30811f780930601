import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { IntentLog } from "../../provider/runtime/create/intent-log.ts";

const settings = {
  endpoint: "https://api.anomify.example",
  token: "token-of-a-journal",
  timeoutSeconds: 60,
  retries: 1,
  strict: false,
};
const intent = {
  urn: "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/anomify:Watcher::cpu",
  inputs: "all inputs of the cpu watcher",
  kind: "watcher",
  key: "https://example.com/hook/of-a-journal",
  until: 1_790_000_122,
  others: [501],
};

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "anomify-log-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return join(path, "creates");
}

const files = (path: string) => readdirSync(path).map((name) => join(path, name));

/** Makes the logs look as if another process had written them. */
function writtenBy(path: string, change: object): void {
  for (const file of files(path)) {
    const [head, ...lines] = readFileSync(file, "utf8").split("\n");
    writeFileSync(file, [JSON.stringify({ ...JSON.parse(head ?? ""), ...change }), ...lines].join("\n"));
  }
}

const endedPid = () => spawnSync(process.execPath, ["--version"]).pid;

it("a create is found by a later process, for the same resource and content alone", async () => {
  const path = folder();
  await new IntentLog(path).record(settings, intent);
  const later = new IntentLog(path);
  expect(later.find(settings, intent)).toMatchObject({ until: intent.until, others: [501], id: undefined });
  for (const other of [{ urn: `${intent.urn}-2` }, { key: "else" }, { kind: "exclusion" }])
    expect(later.find(settings, { ...intent, ...other })).toBeUndefined();
  for (const other of [{ token: "another" }, { endpoint: "https://other.example" }])
    expect(later.find({ ...settings, ...other }, intent)).toBeUndefined();
});

it("only the owner can read it, and it shows neither what is made nor for whom", async () => {
  const path = folder();
  await (await new IntentLog(path).record(settings, intent))?.confirm(502);
  const [file = ""] = files(path);
  if (process.platform !== "win32")
    expect([statSync(path).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600]);
  const text = readFileSync(file, "utf8");
  for (const value of [intent.urn, intent.key, intent.inputs, settings.token, settings.endpoint])
    expect(text).not.toContain(value);
});

it("goes when a state has the resource with its inputs, or the object; other inputs are another create", async () => {
  const path = folder();
  const first = new IntentLog(path);
  await (await first.record(settings, intent))?.confirm(502);
  const later = new IntentLog(path);
  await later.knows(settings, intent.urn, "other inputs");
  await later.knowsObject(settings, "watcher", "501");
  await later.knowsObject(settings, "exclusion", "502");
  await later.knowsObject({ ...settings, token: "another" }, "watcher", "502");
  expect(new IntentLog(path).find(settings, intent)?.id).toBe(502);
  await later.knowsObject(settings, "watcher", "502");
  expect(new IntentLog(path).find(settings, intent)).toBeUndefined();
  await first.record(settings, intent);
  await new IntentLog(path).knows(settings, intent.urn, intent.inputs);
  expect(new IntentLog(path).find(settings, intent)).toBeUndefined();
});

it("says whether the process that wrote it is gone, and removes what a gone one has left when all of it is known", async () => {
  const path = folder();
  await new IntentLog(path).record(settings, intent);
  expect(new IntentLog(path).find(settings, intent)?.isOver).toBe(false);
  writtenBy(path, { pid: endedPid(), host: "another-machine" });
  expect(new IntentLog(path).find(settings, intent)?.isOver).toBe(false);
  writtenBy(path, { pid: endedPid(), host: hostname() });
  const later = new IntentLog(path);
  const left = later.find(settings, intent);
  expect(left?.isOver).toBe(true);
  await left?.settle();
  expect(files(path)).toEqual([]);
});

it("a line written half, a strange file and one of a month ago do no harm", async () => {
  const path = folder();
  const log = new IntentLog(path);
  await log.record(settings, intent);
  const [file = ""] = files(path);
  writeFileSync(file, `${readFileSync(file, "utf8")}{"n":2,"what":"x`);
  writeFileSync(join(path, "strange.jsonl"), "[1]\nnull\n{}\n\u0000");
  expect(new IntentLog(path).find(settings, intent)).toBeDefined();
  const longAgo = Date.now() / 1000 - 40 * 24 * 3600;
  utimesSync(file, longAgo, longAgo);
  expect(new IntentLog(path).find(settings, intent)).toBeUndefined();
  expect(files(path)).not.toContain(file);
});

it("many at once are each found again", async () => {
  const path = folder();
  const log = new IntentLog(path);
  const all = Array.from({ length: 200 }, (_, at) => ({ ...intent, urn: `${intent.urn}-${at}` }));
  const entries = await Promise.all(all.map((one) => log.record(settings, one)));
  await Promise.all(entries.map((entry, at) => (at % 2 === 0 ? entry?.settle() : entry?.confirm(at))));
  const later = new IntentLog(path);
  expect(all.map((one) => later.find(settings, one)?.id)).toEqual(all.map((_, at) => (at % 2 === 0 ? undefined : at)));
});

it("without a folder that can be written to there is no log, and no failure", async () => {
  const path = folder();
  writeFileSync(path, "not a folder");
  const log = new IntentLog(join(path, "below"));
  expect(await log.record(settings, intent)).toBeUndefined();
  expect(await new IntentLog(undefined).record(settings, intent)).toBeUndefined();
  expect(log.find(settings, intent)).toBeUndefined();
});
