import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OrganizationState, startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import { anomify, type Ran } from "../helpers/anomify.ts";
import { atTerminal, type Terminal } from "../helpers/terminal.ts";

const WEBHOOK = "https://example.com/teams-webhook/acme";
const INDEX = 'import * as pulumi from "@pulumi/pulumi";\r\n\r\nexport const mine = 1;';
const TYPE = "pulumi-nodejs:dynamic/anomify:";

interface Managed {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  readonly provider?: string;
}

interface World {
  readonly project: string;
  adopt(...args: string[]): Promise<Ran>;
  terminal(...args: string[]): Terminal;
  /** What the folder holds: text and permission bits of each file, and the names of folders. */
  tree(): Record<string, string>;
  /** Makes the state of the stack. */
  manages(...resources: Managed[]): void;
}

/** A project of somebody's, and the state of a stack. */
async function world(edit: (state: OrganizationState) => void = () => {}): Promise<World> {
  const simulator = await startSimulator({ tenants: ["acme"] });
  const acme = simulator.organization("acme");
  acme.edit(edit);
  const folder = mkdtempSync(join(tmpdir(), "anomify-adopt-"));
  onTestFinished(async () => {
    expect(simulator.journal.writes()).toEqual([]);
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const [project, state] = [join(folder, "project"), join(folder, "state.json")];
  mkdirSync(project);
  writeFileSync(join(project, "Pulumi.yaml"), "name: shop\nruntime:\n  name: nodejs\n");
  writeFileSync(join(project, "index.ts"), INDEX);
  const env = { ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_TOKEN: acme.token };
  const all = (args: string[]) => ["adopt", "--cwd", project, "--state", state, ...args];
  const manages = (...resources: Managed[]) => {
    const own = resources.map(({ kind, id, name, provider = "default" }) => ({
      urn: `urn:pulumi:dev::shop::${TYPE}${kind}::${name}`,
      type: `${TYPE}${kind}`,
      id,
      provider: `urn:pulumi:dev::shop::pulumi:providers:pulumi-nodejs::${provider}::1`,
    }));
    writeFileSync(state, JSON.stringify({ version: 3, deployment: { resources: own } }));
  };
  manages();
  const tree = () => {
    const entries = readdirSync(project, { recursive: true, encoding: "utf8" }).sort();
    return Object.fromEntries(
      entries.map((name) => {
        const { mode } = statSync(join(project, name));
        const isFile = statSync(join(project, name)).isFile();
        return [name, isFile ? `${(mode & 0o777).toString(8)} ${readFileSync(join(project, name), "utf8")}` : "folder"];
      }),
    );
  };
  return {
    project,
    manages,
    tree,
    adopt: (...args) => anomify(all(args), { env }),
    // Without a pulumi: what it does belongs to the end-to-end tests.
    terminal: (...args) => atTerminal(all(args), { ...env, PATH: folder }),
  };
}

const added = (before: Record<string, string>, after: Record<string, string>) =>
  Object.keys(after).filter((name) => !(name in before));

test("what is not managed is shown, written beside what is there, reported while it is under way, and taken back", async () => {
  const { project, adopt, manages, tree } = await world();
  manages(
    { kind: "OrgSettings", id: "101", name: "settings" },
    { kind: "Watcher", id: "503", name: "checkout-latency" },
    { kind: "AdminAlert", id: "1", name: "theirs", provider: "globex" },
    { kind: "Watcher", id: "999", name: "everything", provider: "globex" },
  );
  writeFileSync(join(project, "Pulumi.dev.yaml"), "config:\n  shop:checkoutLatencyMsTeamsWebhook: other\n");
  mkdirSync(join(project, "anomify"));
  writeFileSync(join(project, "anomify/adopted.ts"), "export {};\n");
  const before = tree();

  const shown = await adopt("--dry-run", "--all", "--json");
  expect(shown.code, shown.stderr).toBe(0);
  const plan = JSON.parse(shown.stdout);
  expect(plan).toMatchObject({
    managed: [
      { kind: "OrgSettings", id: "101" },
      { kind: "Watcher", id: "503" },
    ],
    files: ["anomify/adopted-2.ts", ".anomify/import.json"],
    line: 'import "./anomify/adopted-2";',
    written: false,
    secrets: [{ key: "checkoutLatencyMsTeamsWebhook501", resource: "checkout-latency-501" }],
  });
  expect(plan.kinds).toContainEqual({ kind: "Watcher", live: 2, managed: 1 });
  expect(plan.chosen).toHaveLength(10);
  expect(plan.chosen).toContain("AdminAlert:1");
  expect(shown.stderr).toContain('provider "globex" in this stack are those of another organization');
  expect(tree()).toEqual(before);

  const ran = await adopt("--all", "--yes");
  expect(ran.code, ran.stderr).toBe(0);
  const after = tree();
  expect(added(before, after)).toEqual(
    [".anomify", ".anomify/.gitignore", ".anomify/adopt.json", ".anomify/import.json", "anomify/adopted-2.ts"].sort(),
  );
  expect(after["index.ts"]).toBe(`644 ${INDEX}\r\nimport "./anomify/adopted-2";\r\n`);
  expect(after["anomify/adopted-2.ts"]).toContain('config.requireSecret("checkoutLatencyMsTeamsWebhook501")');
  expect(after["anomify/adopted-2.ts"]?.split("{ protect: true },")).toHaveLength(11);
  expect(after[".anomify/.gitignore"]).toBe("600 *\n");
  const clear = Object.entries(after).filter(([, content]) => content.includes(WEBHOOK));
  expect(clear.map(([name]) => name)).toEqual([".anomify/import.json"]);
  expect(clear[0]?.[1].startsWith("600 ")).toBe(true);
  expect(ran.stdout + ran.stderr + shown.stdout).not.toContain(WEBHOOK);
  const command = "anomify adopt --print-secret checkoutLatencyMsTeamsWebhook501 | pulumi config set --secret";
  expect(ran.stdout).toContain(command);

  const secret = await adopt("--print-secret", "checkoutLatencyMsTeamsWebhook501");
  expect(secret).toEqual({ code: 0, stdout: `${WEBHOOK}\n`, stderr: "" });
  const second = await adopt("--all", "--yes");
  expect(second.code).toBe(1);
  expect(second.stderr).toContain("An adoption is under way: anomify/adopted-2.ts. Nothing was written.");
  expect(second.stderr).toContain(command);
  expect(tree()).toEqual(after);

  const undone = await adopt("--undo");
  expect(undone).toMatchObject({ code: 0, stdout: "" });
  expect(tree()).toEqual(before);
  expect((await adopt("--undo")).stderr).toContain("there is nothing to take back");
});

test("what somebody has changed since stays, and an adoption that was finished by hand is closed", async () => {
  const { project, adopt, manages, tree } = await world();
  const select = ["--select", "exclusion:31", "--select", "Exclusion:32", "--no-protect", "--yes"];
  expect((await adopt(...select)).code).toBe(0);
  const module = join(project, "anomify/adopted.ts");
  expect(readFileSync(module, "utf8")).not.toContain("protect");
  writeFileSync(module, "// mine now\n");
  writeFileSync(join(project, "index.ts"), `${readFileSync(join(project, "index.ts"), "utf8")}// more\n`);
  const undone = await adopt("--undo");
  expect(undone.stderr).toContain("anomify/adopted.ts was changed since, and stays.");
  expect(tree()).toEqual({
    "Pulumi.yaml": expect.anything(),
    anomify: "folder",
    "anomify/adopted.ts": "644 // mine now\n",
    "index.ts": `644 ${INDEX}\r\n// more\n`,
  });

  expect((await adopt(...select, "--no-edit", "--out", "alerts/all.ts")).stdout).toContain(
    'Add to the start of the program: import "./alerts/all";',
  );
  manages(
    { kind: "Exclusion", id: "31", name: "staging-loadtest" },
    { kind: "Exclusion", id: "32", name: "prod-errors" },
  );
  const done = await adopt("--kinds", "exclusion", "--all", "--yes");
  expect(done.code, done.stderr).toBe(0);
  expect(done.stderr).toContain("The adoption of alerts/all.ts is complete");
  expect(Object.keys(tree())).not.toContain(".anomify");
  expect(Object.keys(tree())).toContain("alerts/all.ts");
});

test("everything that stands in the way is reported at once, before anything is written", async () => {
  const { project, adopt, manages, tree } = await world((state) => {
    Object.assign(state.watchers.find(({ id }) => id === 501) ?? {}, { expiration_seconds: 45 });
    Object.assign(state.exclusions[0] ?? {}, { pattern: "staging " });
  });
  mkdirSync(join(project, ".anomify"));
  writeFileSync(join(project, ".anomify/import.json"), "mine");
  writeFileSync(join(project, "all.ts"), "mine");
  const before = tree();
  const select = (...keys: string[]) => keys.flatMap((key) => ["--select", key]);
  const [objects, files, nobody, noCli, kind] = await Promise.all([
    adopt("--yes", ...select("Watcher:77", "Watcher:501", "Exclusion:78")),
    adopt("--yes", "--all", "--out", "all.ts"),
    adopt("--all"),
    adopt("--all", "--yes", "--out", "../elsewhere.ts"),
    adopt("--select", "Watchers:501"),
  ]);
  expect(objects.code).toBe(1);
  expect(objects.stderr).toContain(
    "Watcher:77 is not in the organization.\nExclusion:78 is not in the organization.\n",
  );
  expect(objects.stderr).toMatch(/Watcher:501 cannot be adopted: Refused as it is: .*60 seconds/);
  expect(files.code).toBe(1);
  expect(files.stderr).toContain("These are there already: all.ts, .anomify/import.json.");
  expect(files.stderr.match(/Not adopted: .*/g)).toEqual([expect.stringContaining("(Watcher:501)")]);
  expect(nobody.code).toBe(1);
  expect(noCli.stderr).toContain("is not a TypeScript file below the folder of the project");
  expect(kind.code).toBe(2);
  manages({ kind: "Watcher", id: "1", name: "theirs" });
  const other = await adopt("--all", "--yes");
  expect(other.code).toBe(1);
  expect(other.stderr).toContain("this stack manages another organization");
  expect(tree()).toEqual(before);
});

test("an entry file in UTF-16 is named and left as it is", async () => {
  const { adopt, project, tree } = await world();
  writeFileSync(join(project, "index.ts"), Buffer.from(`\ufeff${INDEX}`, "utf16le"));
  const before = tree();
  const refused = await adopt("--all", "--yes");
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("index.ts is not in UTF-8, so no line can be appended to it. Nothing was written.");
  expect(tree()).toEqual(before);
  const byHand = await adopt("--all", "--yes", "--no-edit");
  expect(byHand.code, byHand.stderr).toBe(0);
});

test("a person chooses at the keyboard, and nothing is left after a no or Ctrl-C", async () => {
  const { terminal, tree, manages } = await world();
  manages({ kind: "OrgSettings", id: "101", name: "settings" });
  const before = tree();
  const declined = terminal();
  await declined.reads(/What shall the program manage\?[\s\S]*Queue too long/);
  // The first heading is that of the people; below it, the second person.
  declined.types("\x1b[B\x1b[B \r");
  await declined.reads(/Write anomify\/adopted\.ts with 1 object, and append to index\.ts/);
  declined.types("n");
  await declined.reads(/Nothing was written\./);
  expect(await declined.ended).toBe(0);
  expect(tree()).toEqual(before);

  const interrupted = terminal();
  await interrupted.reads(/What shall the program manage\?/);
  interrupted.types("\x03");
  expect(await interrupted.ended).toBe(130);
  expect(tree()).toEqual(before);

  const agreed = terminal();
  await agreed.reads(/What shall the program manage\?/);
  agreed.types(" \r");
  await agreed.reads(/with 4 objects/);
  agreed.types("y");
  await agreed.reads(/To take everything back: anomify adopt --undo/);
  expect(await agreed.ended).toBe(0);
  expect(tree()["anomify/adopted.ts"]?.match(/new anomify\.User\(/g)).toHaveLength(4);
  expect(agreed.shown()).not.toContain(WEBHOOK);
});
