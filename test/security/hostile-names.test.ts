import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { beforeAll, describe, expect, it, onTestFinished, test } from "vitest";
import { printable, printableLines } from "../../domain/text/printable.ts";
import { typeToken } from "../../provider/hosts/dynamic/provider-text.ts";
import { anomify } from "../helpers/anomify.ts";
import { ensureBuilt } from "../helpers/build.ts";
import { sample } from "../host/samples.ts";
import { startWorld } from "../host/world.ts";

beforeAll(ensureBuilt);

/** Clears the screen, sets the title, hides what follows, and begins a line that looks like the command's own. */
const HOSTILE = "Evil\u001b[2J\u001b]0;owned\u0007\u009b8m\r\nerror: none\u2028\u202egnp.exe\u2066\u200f";
/** A newline ends a line and nothing else may act. */
const STEERING = /[^\P{Cc}\n]|[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

test("nothing of a name steers a terminal, and joiners of emoji and scripts stay", () => {
  expect(printable(HOSTILE)).not.toMatch(STEERING);
  expect(printable(HOSTILE)).not.toContain("\n");
  expect(printableLines("a\nb\tc")).toBe("a\nb\ufffdc");
  expect(printable("👨‍👩‍👧 🇬🇧 می‌خواهم é")).toBe("👨‍👩‍👧 🇬🇧 می‌خواهم é");
});

/** An organization in which everything that has a name has the hostile one. */
async function hostile(): Promise<Simulator> {
  const simulator = await startSimulator({ tenants: ["acme"] });
  onTestFinished(() => simulator.stop());
  simulator.organization("acme").edit((state) => {
    state.org.name = HOSTILE;
    for (const one of state.users) one.name = HOSTILE;
    for (const one of state.watchers) {
      one.name = `${HOSTILE}${one.id}`;
      one.chips = [...one.chips, HOSTILE];
    }
    for (const one of state.channels) one.name = `${HOSTILE}${one.id}`;
    for (const one of state.exclusions) one.note = HOSTILE;
  });
  return simulator;
}

const nowhere = { slackChannel: null, slackMentionUsers: [] };

const state = {
  version: 3,
  deployment: {
    resources: [
      {
        urn: `urn:pulumi:dev::shop::${typeToken("Watcher")}::x`,
        type: typeToken("Watcher"),
        id: "987654",
        outputs: { watcherId: 987_654, name: HOSTILE, chips: [HOSTILE], emailUsers: [HOSTILE] },
      },
    ],
  },
};

describe("hostile names", () => {
  it("do nothing to the terminal of whoever runs a command, nor to what it writes", async () => {
    const simulator = await hostile();
    const cwd = mkdtempSync(join(tmpdir(), "anomify-hostile-"));
    onTestFinished(() => rmSync(cwd, { recursive: true }));
    writeFileSync(join(cwd, "state.json"), JSON.stringify(state));
    const env = { ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_TOKEN: simulator.organization("acme").token };
    const run = (...args: string[]) => anomify(args, { env: { ...env, ANOMIFY_CONFIG_DIR: join(cwd, "logins") }, cwd });
    const others = [
      ["whoami"],
      ["health", "--state", "state.json"],
      ["drift", "--state", "state.json"],
      ...["json", "markdown", "junit"].map((format) => ["drift", "--state", "state.json", "--format", format]),
      ["snapshot", "--out", "snapshot.json"],
      ["export", "--out", "program"],
      ["doctor"],
    ];
    for (const args of others) {
      const { stdout, stderr } = await run(...args);
      expect(stdout + stderr, args.join(" ")).not.toMatch(STEERING);
      expect(`${stdout}\n${stderr}`, args.join(" ")).not.toMatch(/^error: none/m);
    }
    simulator.organization("acme").edit(({ watchers }) => {
      for (const one of watchers) one.name = "Harmless now";
    });
    const planned = await run("restore", "snapshot.json", "--dry-run");
    expect(planned.stdout).toContain("Evil");
    expect(planned.stdout + planned.stderr).not.toMatch(STEERING);
    const written = readdirSync(join(cwd, "program"), { withFileTypes: true }).filter((entry) => entry.isFile());
    expect(written.map(({ name }) => name)).toContain("watchers.ts");
    for (const { name } of written)
      expect(readFileSync(join(cwd, "program", name), "utf8"), name).not.toMatch(STEERING);
  });

  it("do nothing in the messages of the provider", async () => {
    const { kind, simulator, warnings } = await startWorld();
    simulator.organization("acme").edit((state) => {
      for (const one of state.channels) one.name = `ops-alertz${HOSTILE}`;
      for (const one of state.metrics) one.name = `web.${HOSTILE}.${one.name}`;
    });
    const { failures } = await kind("Watcher").check(sample("Watcher", { slackChannel: "ops-alertz", chips: ["web"] }));
    expect(failures).not.toEqual([]);
    expect(JSON.stringify(failures)).toContain("Did you mean");
    for (const { reason } of failures) expect(reason).not.toMatch(STEERING);
    const { inputs } = await kind("Watcher").check(sample("Watcher", { ...nowhere, chips: ["web"] }));
    expect(inputs.effect).toContain("Evil");
    expect(inputs.effect).not.toMatch(STEERING);
    const failed = kind("Watcher").update("987654", { ...inputs, watcherId: 987_654 }, { ...inputs, name: HOSTILE });
    const message = await failed.then(String, (error: Error) => error.message);
    expect(message).toContain("Evil");
    expect(message).not.toMatch(STEERING);
    expect(warnings.messages).not.toEqual([]);
    for (const { message } of warnings.messages) expect(message).not.toMatch(STEERING);
  });
});
