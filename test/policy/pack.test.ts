import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Policies, unknownCheckingProxy } from "@pulumi/policy";
import { Ajv } from "ajv";
import { type AnomifyPolicy, policies, type RuleName, type RuleOptions } from "pulumi-anomify/policy";
import { expect, onTestFinished, test } from "vitest";
import { typeToken } from "../../provider/hosts/dynamic/provider-text.ts";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const ANA = "ana@acme.example";
const NOT_APPLICABLE = "not applicable";

function policy(name: RuleName, options?: RuleOptions): AnomifyPolicy {
  const found = policies(options).find((one) => one.name === name);
  if (found === undefined) throw new Error(`no policy ${name}`);
  return found;
}

/** What Pulumi hands to a policy for a resource, as of a preview. */
function resource(kind: string, props: Record<string, unknown>, provider?: string) {
  return {
    type: kind.includes(":") ? kind : typeToken(kind),
    urn: `urn:${kind}`,
    name: "in-program",
    props: unknownCheckingProxy({ ...props, __provider: "exports.handler=…" }) as Record<string, unknown>,
    ...(provider === undefined ? {} : { provider: { urn: provider } }),
  };
}

/** Texts that a policy reports, and what it throws in the end. */
function run(one: AnomifyPolicy, resources: ReturnType<typeof resource>[], config: object = {}) {
  const reports: string[] = [];
  const common = {
    getConfig: <Settings extends object>() => config as Settings,
    notApplicable: (): never => {
      throw new Error(NOT_APPLICABLE);
    },
  };
  const report = (message: string) => void reports.push(message);
  try {
    if ("validateStack" in one) one.validateStack({ ...common, resources }, report);
    else for (const given of resources) one.validateResource({ ...common, ...given }, report);
  } catch (thrown) {
    return { reports, thrown: thrown as Error };
  }
  return { reports };
}

test("the policies are what @pulumi/policy takes, with the chosen settings as defaults of their schemas", () => {
  const made = policies({
    "no-broad-chips": { minimumChips: 2, enforcementLevel: "mandatory" },
    "nobody-notified": "disabled",
  });
  const taken: Policies = [...made];
  expect(taken).toHaveLength(6);
  const ajv = new Ajv();
  for (const { configSchema } of made) {
    const schema = { type: "object", properties: configSchema.properties, additionalProperties: false };
    const defaults = Object.entries(configSchema.properties).map(([key, one]) => [key, one.default]);
    expect(ajv.validate(schema, Object.fromEntries(defaults)), ajv.errorsText()).toBe(true);
  }
  const [broad] = made.filter(({ name }) => name === "no-broad-chips");
  expect(broad).toMatchObject({ enforcementLevel: "mandatory", severity: "medium" });
  expect(broad?.configSchema.properties.minimumChips?.default).toBe(2);
  expect(made.find(({ name }) => name === "minimum-expiration")).not.toHaveProperty("enforcementLevel");
});

test("a policy judges both kinds of watchers, by the settings of the run, and nothing else", () => {
  const flood = { name: "Flood", chips: ["db"], emailUsers: [ANA], expiration: "20m" };
  const one = policy("minimum-expiration");
  expect(run(one, [resource("Watcher", flood)]).reports).toEqual([]);
  const watchers = [resource("Watcher", flood), resource("ThresholdWatcher", flood)];
  const { reports } = run(one, watchers, { minimum: "30m" });
  expect(reports).toHaveLength(2);
  expect(reports[0]).toMatch(/^Watcher "Flood", expiration: "20m" is too short: .* Set expiration to "30m" or more\.$/);
  expect(run(one, watchers, { minimum: "30m", exempt: ["in-program"] })).toEqual({ reports: [] });
  for (const other of ["Exclusion", "AdminAlert", "aws:s3/bucket:Bucket"]) {
    expect(run(one, [resource(other, {})]).thrown?.message).toBe(NOT_APPLICABLE);
  }
});

test("what is not known yet is left to Pulumi by its own error, after what is certain", () => {
  const open = { name: "W", chips: ["prod"], alert: false, emailUsers: [], slackChannel: UNKNOWN };
  const { reports, thrown } = run(policy("nobody-notified"), [resource("Watcher", open)]);
  expect(reports).toEqual([
    'Watcher "W", alert: is false, so nobody is notified. Set alert: true, or remove the watcher.',
  ]);
  expect(thrown?.constructor.name).toBe("UnknownValueError");
  expect(thrown?.message).toContain(".slackChannel can't be known during preview");
  const person = { name: "W", chips: ["prod"], emailUsers: [ANA, UNKNOWN] };
  const second = run(policy("prod-watchers-are-real-time"), [resource("Watcher", person)]);
  expect(second.thrown?.message).toContain(".emailUsers.1 can't be known during preview");
  const enough = { ...open, alert: true, emailUsers: [ANA] };
  expect(run(policy("nobody-notified"), [resource("Watcher", enough)])).toEqual({ reports: [] });
});

test("the policy about admin alerts asks for them once per provider", () => {
  const alert = (kind: string, provider: string) =>
    resource("AdminAlert", { alert: kind, emailUsers: [ANA] }, provider);
  const acme = [alert("all-metrics-stopped", "acme"), alert("some-metrics-stopped", "acme")];
  const one = policy("admin-alerts-on");
  expect(run(one, acme)).toEqual({ reports: [] });
  const { reports } = run(one, [...acme, resource("Watcher", { chips: ["db"] }, "globex")]);
  expect(reports.map((text) => text.split(":")[0])).toEqual([
    'AdminAlert "all-metrics-stopped"',
    'AdminAlert "some-metrics-stopped"',
  ]);
  expect(run(one, [resource("aws:s3/bucket:Bucket", {})]).thrown?.message).toBe(NOT_APPLICABLE);
  const unknown = resource("AdminAlert", { alert: "some-metrics-stopped", smsUsers: UNKNOWN }, "acme");
  expect(run(one, [...acme.slice(0, 1), unknown]).thrown?.message).toContain(".smsUsers can't be known");
});

test("a setting that does not exist is decided without a stack", () => {
  const { thrown } = run(policy("no-broad-chips"), [resource("Watcher", { chips: ["db"] })], { minimumChip: 2 });
  expect(thrown?.stack).toBe('Rule no-broad-chips: there is no setting "minimumChip". Did you mean "minimumChips"?');
});

test("without @pulumi/policy the functions work, and a pack says what to install", () => {
  const directory = mkdtempSync(join(tmpdir(), "anomify-no-policy-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const entry = pathToFileURL(join(import.meta.dirname, "../../policy/index.ts")).href;
  const code = `
    const { checkAll, createPolicyPack } = await import(${JSON.stringify(entry)});
    console.log(checkAll({ watchers: [{ chips: ["prod"] }] }).length > 0);
    try { createPolicyPack(); } catch (error) { console.log(error.message); }`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    cwd: directory,
    encoding: "utf8",
  });
  const sentence = "A policy pack needs the package @pulumi/policy. Run in its folder: npm install @pulumi/policy";
  expect(stdout, stderr).toBe(`true\n${sentence}\n`);
});
