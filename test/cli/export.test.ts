import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type OrganizationState, type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { ExportOptions, ExportPlan } from "../../cli/export/plan.ts";
import { conflicts, writeFiles } from "../../cli/export/write.ts";
import { anomify } from "../helpers/anomify.ts";
import { ensureBuilt } from "../helpers/build.ts";
import { declaredBy, planOf, textOf, typeErrors } from "../helpers/exported.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const WEBHOOK = "https://example.com/teams-webhook/acme";

// The compiler reads the types of the package as users get them.
beforeAll(ensureBuilt);

async function simulated(tenant = "acme"): Promise<Simulator> {
  const simulator = await startSimulator({ tenants: [tenant] });
  onTestFinished(() => simulator.stop());
  return simulator;
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "anomify-export-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** The plan of the shop after somebody has clicked. */
async function planned(
  edit: (state: OrganizationState) => void = () => {},
  options: ExportOptions = {},
): Promise<ExportPlan> {
  const simulator = await simulated();
  const acme = simulator.organization("acme");
  acme.edit(edit);
  return await planOf(simulator.url, acme, options);
}

/** Watchers that differ in name alone, numbered from 1001. */
const named = (names: readonly string[]) => (state: OrganizationState) => {
  const like = state.watchers.find(({ id }) => id === 503);
  if (like === undefined) throw new Error("acme has no watcher 503");
  state.watchers = names.map((name, index) => ({ ...structuredClone(like), id: 1001 + index, name }));
};

const variables = (text: string) =>
  [...text.matchAll(/^(?:export )?const (\S+) = new anomify/gm)].map(([, name]) => name);

function tree(path: string): Record<string, string> {
  const files = readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(path, name)).isFile(),
  );
  return Object.fromEntries(files.sort().map((name) => [name, readFileSync(join(path, name), "utf8")]));
}

describe("the command", () => {
  test("writes a project that compiles, says what comes next, and writes the same bytes again", async () => {
    const simulator = await simulated();
    const env = { ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_TOKEN: simulator.organization("acme").token };
    const cwd = folder();
    const ran = await anomify(["export"], { env, cwd });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain(
      "anomify export --print-secret checkoutLatencyMsTeamsWebhook | pulumi config set --secret",
    );
    expect(ran.stdout).toContain("pulumi import --file import.json --generate-code=false");
    const again = await anomify(["export", "--out", "again", "--json"], { env, cwd });
    const [first, second] = [tree(join(cwd, "anomify")), tree(join(cwd, "again"))];
    expect(second).toEqual(first);
    expect(JSON.parse(again.stdout)).toMatchObject({
      written: true,
      project: "anomify-acme-shop",
      notes: [],
      conflicts: [],
      resources: { OrgSettings: 1, User: 4, AdminAlert: 2, Watcher: 2, ThresholdWatcher: 1, Exclusion: 2 },
      secrets: [{ key: "checkoutLatencyMsTeamsWebhook", kind: "Watcher", resource: "checkout-latency" }],
    });
    const clear = Object.entries(first).filter(([, text]) => text.includes(WEBHOOK));
    expect(clear.map(([name]) => name)).toEqual(["import.json"]);
    expect(ran.stdout + again.stdout).not.toContain(WEBHOOK);
    expect(statSync(join(cwd, "anomify/import.json")).mode & 0o777).toBe(0o600);
    expect(first[".gitignore"]).toContain("import.json");
    expect(simulator.journal.writes()).toEqual([]);
  });

  test("touches no file that is there, unless it is forced to", async () => {
    const simulator = await simulated();
    const env = { ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_TOKEN: simulator.organization("acme").token };
    const out = join(folder(), "mine");
    mkdirSync(join(out, "index.ts"), { recursive: true });
    writeFileSync(join(out, "package.json"), "mine");
    const refused = await anomify(["export", "--out", out], { env });
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain("there already: package.json, index.ts.");
    expect(refused.stderr).toContain("Nothing was written.");
    expect(readdirSync(out).sort()).toEqual(["index.ts", "package.json"]);

    const dry = await anomify(["export", "--out", out, "--dry-run", "--kinds", "exclusion,User"], { env });
    expect(dry).toMatchObject({ code: 0, stderr: "" });
    expect(dry.stdout).toContain("package.json   (is there already)");
    expect(dry.stdout).not.toContain("watchers.ts");
    expect(readFileSync(join(out, "package.json"), "utf8")).toBe("mine");

    rmSync(join(out, "index.ts"), { recursive: true });
    const forced = await anomify(["export", "--out", out, "--force", "--single-file"], { env });
    expect(forced).toMatchObject({ code: 0, stderr: "" });
    expect(readdirSync(out).sort()).toEqual(
      [".gitignore", "Pulumi.yaml", "import.json", "index.ts", "package.json", "tsconfig.json"].sort(),
    );
  });

  test("prints a secret for a pipe, and refuses wrong arguments", async () => {
    const simulator = await simulated();
    const env = { ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_TOKEN: simulator.organization("acme").token };
    const cwd = folder();
    const secret = await anomify(["export", "--print-secret", "checkoutLatencyMsTeamsWebhook"], { env, cwd });
    expect(secret).toEqual({ code: 0, stdout: `${WEBHOOK}\n`, stderr: "" });
    const none = await anomify(["export", "--print-secret", "checkout"], { env, cwd });
    expect(none).toMatchObject({ code: 1, stdout: "" });
    expect(none.stderr).toContain("It has: checkoutLatencyMsTeamsWebhook.");
    const kind = await anomify(["export", "--kinds", "Watchers"], { env, cwd });
    expect(kind).toMatchObject({ code: 2, stdout: "" });
    expect(kind.stderr).toContain('has no kind "Watchers"');
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe("the program", () => {
  // Checked at once by the last test: starting the compiler takes longer than all the rest.
  const programs: ExportPlan[] = [];

  test("reads as a person would have written it", async () => {
    const plan = await planned();
    expect(textOf(plan, "watchers.ts")).toBe(`// Watchers.

import * as pulumi from "@pulumi/pulumi";
import * as anomify from "pulumi-anomify";

const config = new pulumi.Config();

export const checkoutLatency = new anomify.Watcher("checkout-latency", {
  name: "Checkout latency",
  chips: ["checkout", "latency"],
  emailUsers: ["ana@acme.example"],
  smsUsers: ["ana@acme.example"],
  slackChannel: "#ops-alerts",
  slackMentionUsers: ["ana@acme.example"],
  msTeamsWebhook: config.requireSecret("checkoutLatencyMsTeamsWebhook"),
  summaryReport: { frequency: "weekly-monday", emailUsers: ["ben@acme.example"] },
});

export const everythingOnWeb1 = new anomify.Watcher("everything-on-web1", {
  name: "Everything on web1",
  chips: ["web1"],
  alert: false,
});
`);
    expect(textOf(plan, "threshold-watchers.ts")).toContain(
      '  threshold: { condition: "greater_than", value: 500, times: 3 },\n',
    );
    expect(textOf(plan, "index.ts")).toBe(`// Anomify organization "Acme Shop" (id 101).

import "./settings";
import "./users";
import "./admin-alerts";
import "./watchers";
import "./threshold-watchers";
import "./exclusions";
`);
  });

  test("is laid out as the formatter would do it, in each form", async () => {
    const long = named([
      "A name that goes on and on and on and on, until the line is full",
      'say "no"',
      "it's",
      "a\\b",
    ]);
    const edit = (state: OrganizationState) => {
      long(state);
      const [first, second] = state.watchers;
      if (first) first.chips = Array.from({ length: 14 }, (_, index) => `a-rather-long-chip-${index}`);
      if (second) second.chips = Array.from({ length: 5 }, (_, index) => `a-rather-long-chip-${index}`);
      const alerts = state.users.map(({ id }) => ({ method: "summary_email" as const, ref: String(id) }));
      if (second) Object.assign(second, { alerts, summary_report_frequency: "daily-08:00" });
    };
    const path = folder();
    const forms: ExportOptions[] = [{}, { singleFile: true }, { as: "component" }];
    for (const [form, options] of forms.entries()) {
      const { files } = await planned(edit, options);
      // Nobody reads or keeps the import file.
      const kept = files.filter((file) => file.path !== "import.json");
      await writeFiles(join(path, String(form)), kept);
    }
    const biome = [join(root, "node_modules/.bin/biome"), "format", "--config-path", root, "--vcs-enabled=false"];
    const { status, stdout, stderr } = spawnSync(process.execPath, [...biome, path], { encoding: "utf8", cwd: path });
    expect(stderr + stdout).toContain("Checked");
    expect(status, stderr + stdout).toBe(0);
  });

  test("names its constants and resources after the objects, whatever these are called", async () => {
    const names = [
      "Checkout latency",
      "class",
      "__proto__",
      "404 errors",
      "CPU idle",
      "it's",
      "Überwachung für Größe",
      "チェックアウト",
      "😀",
      "Checkout latency",
      "checkout-latency",
      "checkout latency 1010",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant to look like one.
      "${x}`",
      "a\u202eb",
      "*/ end\nconst x = 1;",
      "constructor",
      "exports",
      "x".repeat(300),
      "مرحبا",
    ];
    const plan = await planned(named(names), { kinds: ["Watcher"] });
    programs.push(plan);
    expect(plan.notes).toEqual([]);
    expect(variables(textOf(plan, "watchers.ts"))).toEqual([
      "checkoutLatency",
      "classWatcher",
      "proto",
      "watcher404Errors",
      "cpuIdle",
      "its",
      "uberwachungFurGrosse",
      "チェックアウト",
      "watcher1009",
      "checkoutLatency1010",
      "checkoutLatency1011",
      "checkoutLatency10101012",
      "x",
      "aB",
      "endConstX1",
      "constructor",
      "exportsWatcher",
      "x".repeat(34),
      "مرحبا",
    ]);
    expect(plan.importFile.resources.map(({ name }) => name)).toEqual([
      "checkout-latency",
      "class",
      "proto",
      "404-errors",
      "cpu-idle",
      "its",
      "uberwachung-fur-grosse",
      "チェックアウト",
      "watcher-1009",
      "checkout-latency-1010",
      "checkout-latency-1011",
      "checkout-latency-1010-1012",
      "x",
      "a-b",
      "end-const-x-1",
      "constructor",
      "exports",
      "x".repeat(34),
      "مرحبا",
    ]);
    expect(declaredBy(plan).map(({ args }) => args.name)).toEqual(names);
    expect(textOf(plan, "watchers.ts")).toContain('name: "a\\u202eb"');
  });

  test("has the same names whichever kinds are wanted, so that --print-secret prints the right secret", async () => {
    const edit = (state: OrganizationState) => {
      const [shop, queue] = [501, 502].map((id) => state.watchers.find((watcher) => watcher.id === id));
      if (queue)
        Object.assign(queue, { name: shop?.name, alerts: [{ method: "ms_teams", ref: "https://example.com/2" }] });
    };
    const keys = ({ secrets }: ExportPlan) => secrets.map(({ key, value }) => `${key} ${value}`);
    const all = keys(await planned(edit));
    expect(all).toEqual([
      `checkoutLatencyMsTeamsWebhook ${WEBHOOK}`,
      "checkoutLatencyMsTeamsWebhook502 https://example.com/2",
    ]);
    expect(keys(await planned(edit, { kinds: ["ThresholdWatcher"] }))).toEqual(all.slice(1));
    expect(keys(await planned(edit, { as: "component" }))).toEqual(all);
  });

  test("says what it cannot express, in a comment and in the notes", async () => {
    const edit = (state: OrganizationState) => {
      const [shop, queue, web] = [501, 502, 503].map((id) => state.watchers.find((watcher) => watcher.id === id));
      if (shop) Object.assign(shop, { alerts: [{ method: "email", ref: "9999" }], expiration_seconds: 45 });
      if (queue) queue.threshold = null;
      if (web) web.name = " padded ";
      Object.assign(state.users[1] ?? {}, { phone_number: "020 7946" });
      Object.assign(state.adminAlerts[0] ?? {}, { wait_seconds: 10 });
      Object.assign(state.exclusions[0] ?? {}, { pattern: "staging " });
    };
    const plan = await planned(edit, { singleFile: true });
    programs.push(plan);
    const text = textOf(plan, "index.ts").replace(/\n\/\/ /g, " ");
    expect(plan.notes.map(({ severity, kind, id }) => `${severity} ${kind} ${id}`)).toEqual([
      "unmanaged User 102",
      "unmanaged AdminAlert 1",
      "refused Watcher 501",
      "refused Watcher 501",
      "refused Watcher 501",
      "left-out ThresholdWatcher 502",
    ]);
    expect(text).toContain("9999 is not in this Anomify organization");
    expect(text).toContain("emailUsers: [9999]");
    expect(text).toContain("at least 60 seconds");
    // Blanks at the ends of a name are no difference: the provider reads as it writes.
    expect(text).not.toContain("The first update");
    expect(text).toContain('ThresholdWatcher "Queue too long" (id 502): Left out: no program can state its threshold.');
    expect(text).not.toMatch(/phoneNumber: "020|waitSeconds: 10/);
    expect(plan.importFile.resources.find(({ name }) => name === "ben")?.outputs?.phoneNumber).toBeNull();
  });

  test("as a component takes what other organizations call otherwise", async () => {
    const plan = await planned(undefined, { as: "component" });
    const text = textOf(plan, "component.ts");
    expect(plan.counts).toEqual({ AdminAlert: 2, Watcher: 2, ThresholdWatcher: 1, Exclusion: 2 });
    expect(text).toContain('const people = {\n  ana: "ana@acme.example",\n  ben: "ben@acme.example",\n};');
    expect(text).toContain("export class AcmeShopAlerts extends pulumi.ComponentResource {");
    expect(text).toContain("msTeamsWebhook: secret(webhook.checkoutLatency),");
    expect(textOf(plan, "index.ts")).toContain('new AcmeShopAlerts("acme-shop", config.getObject("mapping"));');
    expect(plan.importFile.resources[0]).toEqual({
      type: "anomify-acme-shop:index:AcmeShopAlerts",
      name: "acme-shop",
      component: true,
    });
    expect(plan.importFile.resources[3]).toMatchObject({ name: "acme-shop-checkout-latency", parent: "acme-shop" });
    const other = `import * as anomify from "pulumi-anomify";
import { AcmeShopAlerts } from "./component";

const provider = new anomify.Provider("globex", { token: "made up" });
const differs = {
  people: { ana: "greta@globex.example", ben: null },
  channels: { opsAlerts: null },
  chips: { web1: "edge" },
  patterns: { prodErrors: "edge.errors" },
  thresholds: { queueTooLong: 9 },
  webhooks: { checkoutLatency: null },
};
new AcmeShopAlerts("globex", differs, { provider });
// @ts-expect-error: nobody is called so in Acme Shop.
new AcmeShopAlerts("typo", { people: { anna: "greta@globex.example" } }, { provider });
// @ts-expect-error: a chip that is left out would widen what is watched.
new AcmeShopAlerts("wide", { chips: { latency: null } }, { provider });
`;
    const files = plan.files.map((file) => (file.path === "index.ts" ? { ...file, text: other } : file));
    programs.push(plan, { ...plan, files });
  });

  test("as a component leaves out what the other organization does not have, and refuses names that nothing has", async () => {
    const plan = await planned(undefined, { as: "component" });
    const whole = declaredBy(await planned(undefined, { kinds: Object.keys(plan.counts) }));
    const args = (mapping?: unknown) =>
      new Map(declaredBy(plan, { mapping }).map((one) => [one.name.replace("acme-shop-", ""), one.args]));
    expect([...args()]).toEqual(whole.map((one) => [one.name, one.args]));

    const otherwise = args({
      people: { ben: "hugo@globex.example" },
      chips: { latency: "lag" },
      patterns: { prodErrors: "e" },
    });
    expect(otherwise.get("checkout-latency")).toMatchObject({
      chips: ["checkout", "lag"],
      emailUsers: ["ana@acme.example"],
      summaryReport: { frequency: "weekly-monday", emailUsers: ["hugo@globex.example"] },
    });
    expect(otherwise.get("prod-errors")).toMatchObject({ pattern: "e" });

    const none = args({ people: { ben: null }, channels: { opsAlerts: null }, webhooks: { checkoutLatency: null } });
    expect(none.get("some-metrics-stopped")).toMatchObject({ emailUsers: [], smsUsers: [] });
    expect(none.get("checkout-latency")).toEqual({
      name: "Checkout latency",
      chips: ["checkout", "latency"],
      slackChannel: null,
      emailUsers: ["ana@acme.example"],
      smsUsers: ["ana@acme.example"],
      msTeamsWebhook: undefined,
    });
    expect(() => args({ persons: {} })).toThrow(
      "There is no persons that could be called otherwise. There is: people, ",
    );
    expect(() => args({ people: { anna: null } })).toThrow(
      "There is no people.anna that could be called otherwise. There is: ana, ben.",
    );
  });

  test("of an empty organization, of none of its kinds, and of 5,000 watchers", async () => {
    const simulator = await simulated("empty");
    const empty = await planOf(simulator.url, simulator.organization("empty"));
    const nothing = await planOf(simulator.url, simulator.organization("empty"), { kinds: ["Exclusion"] });
    programs.push(empty, nothing);
    expect(empty.counts).toEqual({ OrgSettings: 1, User: 1, AdminAlert: 2 });
    expect(textOf(nothing, "index.ts")).toContain("export {};");
    expect(nothing.importFile.resources).toEqual([]);
    const many = await planned(named(Array.from({ length: 5000 }, (_, index) => `Watcher ${index % 2500}`)));
    expect(many.counts.Watcher).toBe(5000);
    expect(new Set(variables(textOf(many, "watchers.ts"))).size).toBe(5000);
    expect(new Set(many.importFile.resources.map(({ type, name }) => `${type} ${name}`)).size).toBe(
      many.importFile.resources.length,
    );
  });

  test("compiles", async () => {
    expect(programs).toHaveLength(6);
    const shop = [await planned(), await planned(undefined, { singleFile: true })];
    expect(typeErrors([...programs, ...shop].map(({ files }) => files))).toEqual([]);
  });
});

describe("the files", () => {
  test("ask for the versions that the examples ask for", async () => {
    const manifest = JSON.parse(textOf(await planned(), "package.json"));
    const example = JSON.parse(readFileSync(join(root, "examples/quickstart/package.json"), "utf8"));
    expect({ ...manifest, name: example.name }).toEqual(example);
    expect(textOf(await planned(), "tsconfig.json")).toBe(
      readFileSync(join(root, "examples/quickstart/tsconfig.json"), "utf8"),
    );
  });

  test("are written all or none", async () => {
    const out = folder();
    mkdirSync(join(out, "b"));
    const files = ["a", "b/c", "d"].map((path) => ({ path, text: path, mode: 0o644 }));
    writeFileSync(join(out, "blocked"), "");
    const blocked = { path: "blocked/e", text: "", mode: 0o644 };
    expect(await conflicts(out, [...files, blocked])).toEqual([]);
    await expect(writeFiles(out, [...files, blocked])).rejects.toThrow(`Cannot write to ${out}: `);
    expect(Object.keys(tree(out))).toEqual(["blocked"]);
    await writeFiles(out, files);
    expect(await conflicts(out, files)).toEqual(["a", "b/c", "d"]);
    expect(existsSync(join(out, "a"))).toBe(true);
  });
});
