import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkAll } from "pulumi-anomify/policy";
import { type DeclaredWatcher, declare, explain } from "pulumi-anomify/routing";
import { startSimulator } from "pulumi-anomify/simulator";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { takeSnapshot } from "../../cli/snapshot/take.ts";
import { typeToken } from "../../provider/hosts/dynamic/provider-text.ts";
import { readSettings } from "../../provider/organization/config.ts";
import { connect } from "../../provider/organization/connect.ts";
import { anomify } from "../helpers/anomify.ts";
import { ensureBuilt } from "../helpers/build.ts";
import { recordWarnings } from "../host/engine.ts";
import { startHost } from "../host/harness.ts";

beforeAll(ensureBuilt);

const PAST = "2020-01-31";

/** The sentence that each fault has, and who speaks of it. */
const FAULTS = [
  {
    sentence: " is not in this Anomify organization",
    by: ["preview", "health", "report", "restore", "routing"],
  },
  {
    sentence: 'Slack channel "ops-alerts" is not connected to this organization',
    by: ["preview", "health", "report", "restore", "routing"],
  },
  { sentence: "is false, so nobody is notified", by: ["preview", "health", "report", "policy"] },
  {
    sentence: `is past: the exclusion should have ended on ${PAST}`,
    by: ["preview", "health of a state", "drift", "policy"],
  },
] as const;

/** Other words for the same: an earlier version had them. */
const OTHER_WORDS = /not a member|has left the|unknown (user|person|channel)|no such (user|person)|its last day was/i;

const watcher: DeclaredWatcher = {
  name: "Checkout",
  chips: ["checkout"],
  alert: false,
  emailUsers: ["ben@acme.example"],
  slackChannel: "ops-alerts",
};
const exclusion = { type: "skip_analysis", pattern: "staging", note: "while it moves", until: PAST };

test("a fault is called the same wherever it is met", async () => {
  const simulator = await startSimulator({ tenants: ["acme"] });
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  const folder = mkdtempSync(join(tmpdir(), "anomify-wording-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const env = { ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_TOKEN: acme.token, ANOMIFY_RETRIES: "0" };
  const organization = connect(
    readSettings(() => undefined, env),
    new AbortController().signal,
    () => undefined,
  );

  const snapshot = join(folder, "before.json");
  writeFileSync(snapshot, JSON.stringify(await takeSnapshot(organization, { withSecrets: true })), { mode: 0o600 });
  // Ben leaves, a channel is disconnected, and the watcher of both is to be brought back.
  acme.edit((state) => {
    state.users = state.users.filter(({ id }) => id !== 102);
    state.channels = state.channels.filter(({ name }) => name !== "ops-alerts");
    for (const one of state.watchers) if (one.id === 501) Object.assign(one, { chips: ["other"] });
  });
  const state = join(folder, "state.json");
  const type = typeToken("Exclusion");
  const resource = { urn: `urn:pulumi:dev::shop::${type}::x`, type, id: "31", outputs: exclusion };
  writeFileSync(state, JSON.stringify({ version: 3, deployment: { resources: [resource] } }));

  const command = async (...args: string[]) => {
    const { stdout, stderr } = await anomify(args, { env, cwd: folder });
    return (stdout + stderr).replace(/\s+/g, " ");
  };
  const said = {
    preview: await checkedByProvider(env),
    health: await command("health", "--json"),
    "health of a state": await command("health", "--state", state, "--json"),
    drift: await command("drift", "--state", state, "--json"),
    report: await command("report", "--json"),
    restore: await command("restore", snapshot, "--dry-run"),
    policy: JSON.stringify(checkAll({ watchers: [watcher], exclusions: [exclusion] })),
    routing: refusedByRouting(),
  };

  for (const { sentence, by } of FAULTS) {
    for (const place of by) {
      const text = said[place].replaceAll('\\"', '"');
      expect(text, `${place} says: ${sentence}`).toContain(sentence);
    }
  }
  for (const [place, text] of Object.entries(said)) expect(text, place).not.toMatch(OTHER_WORDS);
});

/** Failures and warnings of the checks that a preview makes, without and with the recipients that are gone. */
async function checkedByProvider(env: { ANOMIFY_ENDPOINT: string; ANOMIFY_TOKEN: string }): Promise<string> {
  const warnings = await recordWarnings();
  const config = { "anomify:endpoint": env.ANOMIFY_ENDPOINT, "anomify:token": env.ANOMIFY_TOKEN };
  const host = await startHost({ config, engine: warnings.address });
  const { failures } = await host.kind("Watcher").check({ ...watcher });
  const sound = await host.kind("Watcher").check({ ...watcher, emailUsers: [], slackChannel: null });
  expect(sound.failures).toEqual([]);
  await warnings.next(/nobody is notified/);
  await host.kind("Exclusion").check({ ...exclusion });
  await warnings.next(/should have ended/);
  return [...failures.map(({ reason }) => reason), ...warnings.seen].join("\n");
}

/** What a unit test of the routing reads. */
function refusedByRouting(): string {
  const people = [{ email: "ana@acme.example" }];
  try {
    return explain(declare({ people, channels: ["web"], watchers: [watcher] }), "checkout.latency");
  } catch (error) {
    return String(error);
  }
}
