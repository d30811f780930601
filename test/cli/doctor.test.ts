import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Difference, type Simulator, type SimulatorOptions, startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import { examine } from "../../cli/doctor/examine.ts";
import { exitCode, type Finding } from "../../cli/doctor/findings.ts";
import { pairUp } from "../../cli/doctor/pairs.ts";
import { hintsOfRefusal } from "../../cli/doctor/refusals.ts";
import { markdownReport } from "../../cli/doctor/report.ts";
import { suggest } from "../../cli/doctor/suggest.ts";
import { groups } from "../../sdk/endpoints/index.ts";
import { BadRequestError } from "../../sdk/index.ts";
import { loadContract } from "../contract/openapi-validator.ts";
import { anomify } from "../helpers/anomify.ts";
import { startHost } from "../host/harness.ts";

const { document: openapi } = loadContract();

async function service(options: SimulatorOptions = {}) {
  const simulator = await startSimulator({ openapi, ...options });
  onTestFinished(() => simulator.stop());
  const { token } = simulator.organization("acme");
  return { simulator, token, env: { ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_TOKEN: token, ANOMIFY_RETRIES: "0" } };
}

interface Case extends SimulatorOptions {
  readonly token?: string;
  /** Whose session is used in place of the token. */
  readonly email?: string;
  readonly write?: boolean;
  readonly prepare?: (simulator: Simulator) => void;
}

/** Examines in this process. */
async function examined({ token: given, email, write = false, prepare, ...options }: Case) {
  const { simulator, token } = await service(options);
  prepare?.(simulator);
  const credential =
    email === undefined ? { token: given ?? token } : { sessionId: simulator.organization("acme").session(email) };
  const settings = { endpoint: simulator.url, timeoutSeconds: 30, retries: 0, strict: false, ...credential };
  const { signal } = new AbortController();
  const found = await examine({ settings, write, signal, step: () => undefined });
  const reported = found.findings.filter(({ result }) => !["ok", "empty", "skipped"].includes(result));
  const suggestion = suggest({}, found.hints, found.documented);
  return { ...found, simulator, token, reported, code: exitCode(found.findings), suggestion };
}

const differing = (...differences: Difference[]) => examined({ differences });

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "doctor-"));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

test("a service that is as believed: exit 0, every read answered or skipped with a reason, nothing written", async () => {
  const { simulator, env } = await service();
  const ran = await anomify(["doctor", "--json"], { env });
  expect(ran).toMatchObject({ code: 0, stderr: "" });
  const { findings, ...rest } = JSON.parse(ran.stdout) as { findings: Finding[] };
  expect(rest).toEqual({
    version: 1,
    endpoint: simulator.url,
    credential: "token",
    source: "the environment",
    exitCode: 0,
    suggestion: { wire: {}, notes: [] },
  });
  expect(new Set(findings.map(({ result }) => result))).toEqual(new Set(["ok", "empty", "skipped"]));
  const reads = findings.filter(({ check }) => check === "reads");
  const { operations } = loadContract();
  expect(reads.map(({ operation }) => operation).sort()).toEqual(
    operations
      .filter(({ call }) => call === "safe")
      .map(({ id }) => id)
      .sort(),
  );
  for (const { result, finding } of reads) if (result === "skipped") expect(finding).toMatch(/needs|opens|no |above/);
  expect(findings).toContainEqual(expect.objectContaining({ check: "rights", finding: "writes: not checked" }));
  expect(simulator.journal.writes()).toEqual([]);
});

test("--check-write sends the time zone that is there, and changes nothing; the table and the help say what", async () => {
  const { simulator, env } = await service();
  const before = simulator.organization("acme").settings();
  const ran = await anomify(["doctor", "--check-write"], { env });
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stdout).toContain("writes: allowed");
  expect(ran.stdout).toMatch(/✓ +listWatchers +as believed/);
  expect(simulator.journal.writes().map(({ path, form }) => [path, form])).toEqual([
    ["/org/update", { timezone: before.timezone }],
  ]);
  expect(simulator.organization("acme").settings()).toEqual(before);
});

test("a renamed reply field and a renamed parameter: assumption wrong, and the mapping", async () => {
  const { reported, code, suggestion } = await differing(
    { kind: "renamed-field", operation: "listWatchers", field: "watchers[].chips", to: "filters" },
    { kind: "renamed-parameter", operation: "createWatcher", parameter: "slack_channel", to: "channel" },
  );
  expect(code).toBe(3);
  const chips = { operation: "listWatchers", at: "data.watchers[].chips", result: "differs", evidence: "assumed" };
  const finding = "assumption wrong: chips is not there";
  expect(reported).toContainEqual(expect.objectContaining({ ...chips, check: "contract", finding }));
  expect(reported).toContainEqual(expect.objectContaining({ ...chips, check: "reads", finding }));
  expect(reported).toContainEqual(
    expect.objectContaining({ operation: "createWatcher", at: "slack_channel", result: "differs" }),
  );
  expect(suggestion).toEqual({
    wire: {
      createWatcher: { params: { slack_channel: "channel" } },
      listWatchers: { reply: { "watchers[].chips": "filters" } },
    },
    notes: [],
  });
});

test("live replies alone are enough for a mapping, where the service has no document", async () => {
  const { reported, suggestion } = await differing(
    { kind: "missing-operation", operation: "getOpenApi" },
    { kind: "renamed-field", operation: "listExclusions", field: "exclusions", to: "rules" },
  );
  expect(reported[0]).toMatchObject({ operation: "getOpenApi", evidence: "inferred", result: "differs" });
  expect(suggestion.wire).toEqual({ listExclusions: { reply: { exclusions: "rules" } } });
});

test("a required text that is the only one missing and the only one new is mapped, whatever it is called", async () => {
  const { suggestion } = await differing(
    { kind: "renamed-parameter", operation: "addExclusion", parameter: "pattern", to: "glob" },
    { kind: "renamed-parameter", operation: "createWatcher", parameter: "name", to: "title" },
  );
  expect(suggestion).toEqual({
    wire: { addExclusion: { params: { pattern: "glob" } }, createWatcher: { params: { name: "title" } } },
    notes: [],
  });
});

test("a flag whose new name may say the opposite is doubtful, and offered as JSON", async () => {
  for (const to of ["exclude_deleted", "hidden"]) {
    const { suggestion } = await differing({
      kind: "renamed-parameter",
      operation: "listWatchers",
      parameter: "include_deleted",
      to,
    });
    expect(suggestion.wire).toEqual({});
    expect(suggestion.doubtful).toEqual([{ listWatchers: { params: { include_deleted: to } } }]);
    expect(suggestion.notes[0]).toContain(
      `Doubtful: check it in the service's document, then add it to the mapping: {"listWatchers":{"params":{"include_deleted":"${to}"}}}`,
    );
  }
});

test("two required texts that were both renamed are doubtful, unless their descriptions tell them apart", async () => {
  const texts = (...names: string[]) =>
    names.map((name) => ({ name, types: [], description: "", required: true, in: "form" }));
  expect(pairUp(texts("pattern", "type"), texts("glob", "sort"))).toEqual({
    sure: [],
    open: [
      { missing: "pattern", candidates: ["glob", "sort"] },
      { missing: "type", candidates: ["glob", "sort"] },
    ],
  });
  const { suggestion } = await differing(
    { kind: "renamed-parameter", operation: "addExclusion", parameter: "pattern", to: "glob" },
    { kind: "renamed-parameter", operation: "addExclusion", parameter: "type", to: "sort" },
  );
  expect(suggestion.wire).toEqual({ addExclusion: { params: { pattern: "glob", type: "sort" } } });
});

test("without a document a refused read names what the service takes, for itself and for the writes that share it", async () => {
  const { suggestion } = await differing(
    { kind: "missing-operation", operation: "getOpenApi" },
    { kind: "renamed-parameter", operation: "testExclusion", parameter: "pattern", to: "glob" },
    { kind: "renamed-parameter", operation: "addExclusion", parameter: "pattern", to: "glob" },
  );
  expect(suggestion.wire).toEqual({ testExclusion: { params: { pattern: "glob" } } });
  expect(suggestion.doubtful).toContainEqual({ addExclusion: { params: { pattern: "glob" } } });
  expect(suggestion.notes[0]).toMatch(/^The service publishes no document/);
});

test("without a document and without a refusal the next step is said", async () => {
  const { env } = await service({ differences: [{ kind: "missing-operation", operation: "getOpenApi" }] });
  const ran = await anomify(["doctor", "--suggest"], { env });
  expect(ran.stdout + ran.stderr).toMatch(/What may be meant is on stderr.*names which only writes take are learned/s);
  expect(ran.stdout + ran.stderr).not.toMatch(/nothing to do/i);
});

test.for([
  ["glob is required", {}],
  ["Missing required parameter: glob", {}],
  ["The parameter 'glob' must be given.", {}],
  ["bad request", { glob: "is required" }],
  ["unknown parameter: pattern; glob is missing", {}],
] as const)("the words of a refusal: %s %o", ([message, errors]) => {
  const { test: endpoint } = groups.exclusion;
  const error = new BadRequestError(`Anomify refused to test exclusion (400: ${message}). GET /exclusion/test`, {
    operation: "testExclusion",
    method: "GET",
    path: "/exclusion/test",
    outcome: "refused",
    httpStatus: 400,
    code: 400,
    errors: { type: "is required", ...errors },
  });
  expect(hintsOfRefusal(endpoint, error)).toMatchObject([
    { part: "params", ours: "pattern", real: ["glob"], sure: true },
  ]);
});

test("what is not beyond doubt is a note, not a mapping", async () => {
  const { suggestion, code } = await differing(
    { kind: "renamed-field", operation: "listExclusionTypes", field: "types[].name", to: "alpha" },
    { kind: "renamed-field", operation: "listExclusionTypes", field: "types[].description", to: "omega" },
  );
  expect(code).toBe(3);
  expect(suggestion.wire).toEqual({});
  expect(suggestion.notes).toHaveLength(2);
  expect(suggestion.notes[0]).toMatch(
    /^listExclusionTypes: reply field types\[\]\.name may be (alpha or omega|omega or alpha) now/,
  );
});

test("a missing, a moved and an added operation", async () => {
  const { reported, code, suggestion } = await differing(
    { kind: "missing-operation", operation: "listChips" },
    { kind: "moved-path", operation: "updateWatcher", path: "/v2/watcher/{watcher_id}/update" },
    { kind: "added-operation", operation: "listTeams", method: "GET", path: "/teams" },
  );
  expect(code).toBe(3);
  const finding = (operation: string) =>
    reported.filter((each) => each.operation === operation).map((each) => each.finding);
  expect(finding("listChips")).toEqual([
    "assumption wrong (inferred): GET /watchers/chips is not in the service's document",
    "assumption wrong (inferred): refused (404): there is no /watchers/chips",
  ]);
  expect(finding("updateWatcher")).toEqual([
    "assumption wrong (inferred): the path is /v2/watcher/{watcher_id}/update, not /watcher/{watcher_id}/update",
  ]);
  expect(reported).toContainEqual({
    check: "contract",
    result: "note",
    finding: "GET /teams is new: the contract does not know it",
  });
  expect(suggestion.wire).toEqual({ updateWatcher: { path: "/v2/watcher/{watcher_id}/update" } });
});

test("a documented field of another type, and another envelope: contract differs", async () => {
  const typed = await differing({
    kind: "mistyped-field",
    operation: "listUsers",
    field: "users[].id",
    type: "string",
  });
  expect(typed.code).toBe(4);
  expect(typed.reported.map(({ finding }) => finding)).toEqual(
    Array(2).fill("contract differs: id is string, not integer"),
  );
  const wrapped = await differing({ kind: "envelope", status: "meta", data: "result" });
  expect(wrapped.code).toBe(4);
  expect(wrapped.reported[0]?.finding).toMatch(
    /^contract differs: the envelope of the reply has meta, result, not status/,
  );
  expect(wrapped.suggestion.wire).toEqual({});
});

test("a credential that is refused ends the examination", async () => {
  const refused = await examined({ token: "0".repeat(32) });
  expect(refused.code).toBe(5);
  expect(refused.reported).toMatchObject([
    { check: "credential", result: "refused", finding: "the token of an organization is refused (401)" },
  ]);
  expect(refused.findings.filter(({ check }) => check === "reads")).toEqual([]);
});

test("a session: the calls for people are made too; a right to write that is missing is reported", async () => {
  const { findings, code, simulator } = await examined({ email: "ben@acme.example", write: true });
  expect(findings).toContainEqual({ check: "reads", result: "ok", operation: "pingUser", finding: "as believed" });
  expect(findings).toContainEqual(
    expect.objectContaining({ check: "rights", result: "refused", finding: "writes: refused (403)" }),
  );
  expect(code).toBe(5);
  expect(simulator.journal.writes().map(({ operation }) => operation)).toEqual(["updateOrg"]);
});

test("a clock that is wrong is a note", async () => {
  const late = await examined({ clock: () => 1_768_230_060 });
  expect(late.code).toBe(0);
  expect(late.reported).toMatchObject([
    { check: "clock", finding: expect.stringMatching(/ \d+ s behind this machine's$/) },
  ]);
});

test("ages of cached replies, highest first; an organization from a cache is not written back", async () => {
  const cached = await examined({
    write: true,
    prepare: ({ faults }) => {
      const aged = (age: number) => (body: { status: { oldest_cached_component_age: number } }) => {
        body.status.oldest_cached_component_age = age;
      };
      faults.add({ on: "listWatchers", times: 9, do: { kind: "mutate", change: aged(60) } });
      faults.add({ on: "getOrg", times: 9, do: { kind: "mutate", change: aged(3576) } });
    },
  });
  expect(
    cached.findings.filter(({ check }) => check === "cache").map(({ operation, finding }) => [operation, finding]),
  ).toEqual([
    ["getOrg", "the reply was up to 3576 s old"],
    ["listWatchers", "the reply was up to 60 s old"],
  ]);
  const finding = "writes: not checked, as the organization was read from a cache";
  expect(cached.findings).toContainEqual(expect.objectContaining({ check: "rights", result: "skipped", finding }));
  expect(cached.simulator.journal.writes()).toEqual([]);
});

test("a service that is not there: exit 6", async () => {
  const { simulator, env } = await service();
  await simulator.stop();
  const ran = await anomify(["doctor"], { env });
  expect(ran.code).toBe(6);
  expect(ran.stdout).toContain("the service cannot be reached (ECONNREFUSED)");
});

/** Every text of the organization that could show whose it is. */
function identifyingTexts(
  organization: ReturnType<Awaited<ReturnType<typeof startSimulator>>["organization"]>,
): string[] {
  const org = organization.settings();
  const people = organization
    .users()
    .flatMap(({ name, email, phone_number, slack_member_id }) => [name, email, phone_number, slack_member_id]);
  const watchers = organization.watchers().flatMap(({ name, alerts }) => [name, ...alerts.map(({ ref }) => ref)]);
  return [
    org.name,
    organization.token,
    ...people,
    ...watchers,
    "prod.web1",
    "staging.loadtest",
    "example.com",
    "acme",
  ].filter((text): text is string => typeof text === "string" && text.length > 3);
}

test("--report has no names, addresses, ids or secrets of the organization, and only its owner may read it", async () => {
  const path = join(await folder(), "report.md");
  const differences: Difference[] = [
    { kind: "renamed-field", operation: "listWatchers", field: "watchers[].name", to: "Ana Acme" },
    { kind: "mistyped-field", operation: "listUsers", field: "users[].email", type: "number" },
  ];
  const { simulator, env } = await service({ differences });
  const ran = await anomify(["doctor", "--report", path], { env });
  expect(ran).toMatchObject({ code: 4, stderr: `Written: ${path}\n` });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const report = await readFile(path, "utf8");
  expect(report).toContain(
    "| differs | listUsers | data.users[].email | contract differs: email is integer, not string |",
  );
  expect(report).toContain("the reply has <key>, which the contract does not know");
  const acme = simulator.organization("acme");
  const texts = identifyingTexts(acme);
  expect(texts.length).toBeGreaterThan(20);
  for (const text of texts) expect(report.toLowerCase()).not.toContain(text.toLowerCase());
  expect(report).not.toContain(simulator.url);
});

test("should a value slip into a finding, a placeholder takes its place in the report", async () => {
  const { bodies, token, simulator } = await examined({});
  const acme = simulator.organization("acme");
  const texts = identifyingTexts(acme).filter(
    (text) => !["prod.web1", "staging.loadtest", "example.com", "acme"].includes(text),
  );
  const findings: Finding[] = texts.map((text) => ({ check: "reads", result: "note", finding: `seen: ${text}` }));
  const report = markdownReport({
    endpoint: simulator.url,
    credential: "token",
    findings,
    exitCode: 0,
    bodies,
    secrets: [token],
  });
  for (const text of texts) expect(report).not.toContain(`seen: ${text} |`);
});

test("the whole way: the provider fails, doctor --suggest --json prints the mapping, the provider works with it", async () => {
  const renamed = (operation: string, field: string): Difference => ({
    kind: "renamed-field",
    operation,
    field,
    to: "filters",
  });
  const differences: Difference[] = [
    renamed("listWatchers", "watchers[].chips"),
    renamed("createWatcher", "watcher.chips"),
    renamed("updateWatcher", "watcher.chips"),
    { kind: "renamed-parameter", operation: "createWatcher", parameter: "slack_channel", to: "channel" },
    { kind: "moved-path", operation: "updateWatcher", path: "/v2/watcher/{watcher_id}/update" },
  ];
  const { simulator, env } = await service({ differences });
  const inputs = { name: "CPU", chips: ["cpu"], slackChannel: "ops-alerts" };
  const before = await startHost({ env });
  await before.configure({});
  await expect(before.kind("Watcher").make(inputs)).rejects.toThrow("chips is missing");

  const suggested = await anomify(["doctor", "--suggest", "--json"], { env });
  expect(suggested).toMatchObject({ code: 3, stderr: "" });
  const wire = join(await folder(), "wire.json");
  await writeFile(wire, suggested.stdout);
  const verified = await anomify(["doctor", "--wire", wire, "--json"], { env });
  expect(verified.code).toBe(0);

  const host = await startHost({ env: { ...env, ANOMIFY_WIRE: suggested.stdout } });
  await host.configure({});
  const watcher = host.kind("Watcher");
  const { id, outs } = await watcher.make(inputs);
  expect(outs).toMatchObject(inputs);
  expect(await watcher.change(id, outs, { ...inputs, name: "CPU load" })).toMatchObject({ name: "CPU load" });
  const live = simulator
    .organization("acme")
    .watchers()
    .find((each) => String(each.id) === id);
  expect(live).toMatchObject({ name: "CPU load", chips: ["cpu"], alerts: [{ method: "slack", ref: "ops-alerts" }] });
});
