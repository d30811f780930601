import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SimulatedOrganization, type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { providerText } from "../../provider/hosts/dynamic/provider-text.ts";
import { pulumiCli } from "../../scripts/pulumi-cli.mjs";
import { createCliStack } from "../helpers/cli-stack.ts";
import { nodeOnPath } from "../helpers/old-node.ts";
import { installProject, pack } from "../helpers/packed.ts";
import { recordWarnings } from "../host/engine.ts";
import { type Host, type HostOptions, root, startHost, type Values } from "../host/harness.ts";
import { pulumiSdk } from "../host/pulumi.ts";
import { sample } from "../host/samples.ts";

interface Manifest {
  readonly devDependencies: Readonly<Record<string, string>>;
}
const newest = (JSON.parse(readFileSync(`${root}package.json`, "utf8")) as Manifest).devDependencies["@pulumi/pulumi"];
/** The oldest that the peer range allows, the last for Node.js 20, the one of this repository. */
const versions = [
  { version: "3.139.0", keepsInputs: false, getFromInputs: false },
  { version: "3.248.0", keepsInputs: true, getFromInputs: false },
  { version: newest ?? "", keepsInputs: true, getFromInputs: true },
];

const work = mkdtempSync(join(tmpdir(), "anomify-sdks-"));
const projectOf = (version: string) => join(work, version);
const sdkOf = (version: string) => pulumiSdk(join(projectOf(version), "node_modules/@pulumi/pulumi"));

const PROGRAM = `
const anomify = require("pulumi-anomify");
const made = new anomify.Watcher("made", { name: "Packed", chips: ["cpu"], emailUsers: ["ana@acme.example"] });
const known = new anomify.Watcher("known", { name: "Any", chips: ["any"] }, { id: "501" });
module.exports = { made: made.watcherId, known: known.name };
`;

beforeAll(async () => {
  const tarball = await pack(work);
  const projects = versions.map(({ version }) =>
    installProject({ directory: projectOf(version), tarball, sdk: version, files: { "index.js": PROGRAM } }),
  );
  await Promise.all(projects);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

interface Packed {
  readonly host: Host;
  readonly simulator: Simulator;
  readonly acme: SimulatedOrganization;
  /** Lets time pass at the service, in seconds. */
  pass(seconds: number): void;
}

/** A provider process of this SDK in the project that has the packed provider, and the service it is configured for. */
async function startPacked(version: string, options: HostOptions = {}): Promise<Packed> {
  let now = Date.now() / 1000;
  const simulator = await startSimulator({ clock: () => now });
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  const config = { "anomify:endpoint": simulator.url, "anomify:token": acme.token };
  const host = await startHost({ sdk: sdkOf(version), program: projectOf(version), config, ...options });
  const pass = (seconds: number) => {
    now += seconds;
  };
  return { host, simulator, acme, pass };
}

describe.each(versions)("the packed provider with Pulumi's SDK $version", ({ version, keepsInputs, getFromInputs }) => {
  it("this SDK's host answers every call on a watcher", async () => {
    const { host, acme, pass } = await startPacked(version);
    const watcher = host.kind("Watcher");
    expect((await host.call("getPluginInfo", "Empty", {})).getVersion?.()).toBe(version);

    const { failures } = await watcher.check(sample("Watcher", { chips: [], emailUsers: ["nobody@acme.example"] }));
    expect(failures.map(({ property }) => property).sort()).toEqual(["chips", "emailUsers"]);

    const { id, inputs, outs } = await watcher.make(sample("Watcher"));
    const live = () => acme.watchers().find((one) => String(one.id) === id);
    expect(live()).toMatchObject({ name: "CPU idle", deleted: false });
    expect(await watcher.diff(id, outs, inputs)).toMatchObject({ changes: false, replaces: [] });

    const renamed: Values = { ...inputs, name: "CPU busy" };
    expect(await watcher.diff(id, outs, renamed)).toMatchObject({ changes: true, replaces: [] });
    const updated = await watcher.change(id, outs, renamed);
    expect(updated).toMatchObject({ name: "CPU busy", watcherId: Number(id) });
    expect(live()).toMatchObject({ name: "CPU busy" });

    pass(10);
    acme.edit(({ watchers }) => {
      for (const one of watchers) if (String(one.id) === id) one.name = "Drifted";
    });
    const found = await watcher.refresh(id, updated);
    expect(found).toMatchObject({ id, outs: { ...updated, name: "Drifted", lastWrite: expect.anything() } });
    expect(found.inputs?.name).toBe(keepsInputs ? "Drifted" : undefined);

    await watcher.delete(id, found.outs);
    expect(live()?.deleted).not.toBe(false);
    pass(10);
    expect((await watcher.refresh(id, found.outs)).id).toBe("");
    await host.call("cancel", "Empty", {});
    await expect(host.call("getSchema", "GetSchemaRequest", {})).rejects.toThrow(/not implemented by the dynamic/);
    expect(host.stderr()).toBe("");
  });

  it("a get finds the object where the engine sends the program's inputs as properties too", async () => {
    const { host } = await startPacked(version);
    const sdk = sdkOf(version);
    const inputs = sdk.struct({ name: "Any", chips: ["any"], __provider: providerText("Watcher") });
    const ask = (Id: string) => host.call("read", "ReadRequest", { Id, Properties: inputs, Inputs: inputs });
    const reply = await ask("501");
    expect(reply.getId?.()).toBe("501");
    const properties = reply.getProperties?.() as { toJavaScript(): Values };
    expect(properties.toJavaScript()).toMatchObject({ watcherId: 501, __provider: providerText("Watcher") });
    await expect(ask("4711")).rejects.toThrow(/no such object in this Anomify organization: Watcher 4711/);
  });

  it(`a get that comes with inputs alone ${getFromInputs ? "finds the object" : "ends in the SDK, before the provider"}`, async () => {
    const { host, simulator } = await startPacked(version);
    const found = host.kind("Watcher").get("501", { name: "Any", chips: ["any"] });
    if (getFromInputs) expect(await found).toMatchObject({ id: "501", outs: { watcherId: 501 } });
    else {
      await expect(found).rejects.toThrow(/^Cannot read properties of undefined \(reading 'toJavaScript'\)$/);
      expect(simulator.journal.entries()).toEqual([]);
    }
  });

  it("a warning reaches the engine through this SDK's modules", async () => {
    const warnings = await recordWarnings();
    const { host } = await startPacked(version, { engine: warnings.address });
    const checked = await host.kind("Exclusion").check({ type: "skip_analysys", pattern: "x" });
    expect(checked.failures).toEqual([]);
    expect(await warnings.next(/skip_analysys/)).toContain('Did you mean "skip_analysis"?');
  });
});

const cli = pulumiCli();
const reported = cli.path === null ? `skipped, since ${cli.reason}` : "up, no changes, refresh, destroy";
describe.skipIf(cli.path === null)(`a program with a get, by the real Pulumi CLI: ${reported}`, () => {
  it.each(versions)("SDK $version", async ({ version }) => {
    const simulator = await startSimulator();
    onTestFinished(() => simulator.stop());
    const acme = simulator.organization("acme");
    const stack = await createCliStack({
      directory: projectOf(version),
      config: { "anomify:endpoint": simulator.url },
      secrets: { "anomify:token": acme.token },
    });
    onTestFinished(() => stack.close());
    // Of its own, since Pulumi's SDK puts what a get finds into its debug messages as it is.
    const webhook = "https://example.com/hook/of-a-get";
    acme.edit(({ watchers }) => {
      for (const { id, alerts } of watchers)
        for (const alert of alerts) if (id === 501 && alert.method === "ms_teams") alert.ref = webhook;
    });
    const known = () => acme.watchers().find(({ id }) => id === 501);
    expect(JSON.stringify(known())).toContain(webhook);
    const made = () => acme.watchers().filter(({ name, deleted }) => name === "Packed" && !deleted);
    const success = { ok: true };
    expect(await stack.up()).toMatchObject(success);
    expect(stack.outputs()).toEqual({ made: made()[0]?.id, known: known()?.name });
    expect(await stack.preview({ expectNoChanges: true })).toMatchObject(success);
    expect(await stack.refresh()).toMatchObject(success);
    // The program gives no webhook: of a get, the live one is a secret all the same.
    expect(JSON.stringify(stack.exportState())).not.toContain(webhook);
    expect(await stack.destroy()).toMatchObject(success);
    expect(made()).toEqual([]);
    expect(known()?.deleted).toBe(false);
  });
});

const old = nodeOnPath(20);
const subject = old.path === null ? `skipped, since there is ${old.reason}` : `Node.js ${old.version}`;
describe.skipIf(old.path === null)(`the last SDK for Node.js 20, under ${subject}`, () => {
  const sentence =
    /^Watcher( "CPU idle"| 501): pulumi-anomify needs Node\.js 22 or newer, and this is 20\.\d+\.\d+\. .*$/;
  const start = () => startPacked("3.248.0", { node: old.path ?? "" });

  it("check reports Node.js as of any other mistake, and nothing goes to stderr", async () => {
    const { host, simulator } = await start();
    const { failures } = await host.kind("Watcher").check(sample("Watcher"));
    expect(failures).toEqual([{ property: "", reason: expect.stringMatching(sentence) }]);
    expect(host.stderr()).toBe("");
    expect(simulator.journal.entries()).toEqual([]);
  });

  it("every other call fails with that sentence, without a stack", async () => {
    const { host, simulator } = await start();
    const watcher = host.kind("Watcher");
    const outs = sample("Watcher", { watcherId: 501 });
    const calls = [
      watcher.diff("501", outs, sample("Watcher", { alert: false })),
      watcher.create(sample("Watcher")),
      watcher.update("501", outs, sample("Watcher", { alert: false })),
      watcher.refresh("501", outs),
      watcher.delete("501", outs),
    ];
    for (const call of calls) await expect(call).rejects.toThrow(sentence);
    expect(host.stderr()).not.toMatch(/^\s+at /m);
    expect(simulator.journal.entries()).toEqual([]);
  });
});
