import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator } from "pulumi-anomify/simulator";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { anomify } from "../helpers/anomify.ts";
import { ensureBuilt } from "../helpers/build.ts";
import { sample } from "../host/samples.ts";
import { startWorld } from "../host/world.ts";

beforeAll(ensureBuilt);

/** The same server by an address that is no loopback one by its name: every system delivers it to this machine. */
const elsewhere = (url: string) => url.replace("127.0.0.1", "0.0.0.0");

test("the provider sends nothing in clear unless that is permitted, and then warns once for all kinds and calls", async () => {
  const { simulator, nextRun, host, warnings } = await startWorld();
  const endpoint = { "anomify:endpoint": elsewhere(simulator.url) };
  const token = { "anomify:token": simulator.organization("acme").token };
  await host.configure({ ...token, ...endpoint });
  const { failures } = await host.kind("Watcher").check(sample("Watcher"));
  expect(failures.map(({ reason }) => reason)).toEqual([
    expect.stringContaining("anomify:endpoint must be https, or credentials would travel in clear"),
  ]);
  expect(simulator.journal.entries()).toEqual([]);

  const permitted = await nextRun();
  await permitted.configure({ ...token, ...endpoint, "anomify:allowInsecureEndpoint": "true" });
  await permitted.kind("Watcher").make(sample("Watcher"));
  await permitted.kind("Exclusion").make(sample("Exclusion"));
  await warnings.next(/The endpoint is http/);
  const warned = warnings.seen.filter((message) => message.includes("The endpoint is http"));
  expect(warned).toEqual([expect.stringContaining("allowInsecureEndpoint permits: whoever is between")]);
});

test("neither does a command", async () => {
  const simulator = await startSimulator({ tenants: ["acme"] });
  onTestFinished(() => simulator.stop());
  const folder = mkdtempSync(join(tmpdir(), "anomify-endpoint-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { token } = simulator.organization("acme");
  const endpoint = elsewhere(simulator.url);
  const env = { ANOMIFY_CONFIG_DIR: folder, ANOMIFY_RETRIES: "0" };
  const login = (more: Record<string, string>) =>
    anomify(["login", "--endpoint", endpoint, "--token-stdin"], { env: { ...env, ...more }, stdin: token });

  const refused = await login({});
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toContain("The endpoint must be https");
  expect(refused.stderr).toContain("ANOMIFY_ALLOW_INSECURE_ENDPOINT=true permits http");
  expect(simulator.journal.entries()).toEqual([]);

  const permitted = await login({ ANOMIFY_ALLOW_INSECURE_ENDPOINT: "true" });
  expect(permitted.stderr.match(/Warning: The endpoint is http/g)).toHaveLength(1);
  expect(permitted.code).toBe(0);
  // A stored endpoint is no permission for the next command.
  const later = await anomify(["whoami"], { env });
  expect(later).toMatchObject({ code: 1, stdout: "" });
  expect(later.stderr).toContain("The endpoint must be https");
});
