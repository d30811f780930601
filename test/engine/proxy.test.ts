import { createRequire } from "node:module";
import { startSimulator } from "pulumi-anomify/simulator";
import { createStack } from "pulumi-anomify/testing";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { certificate, HTTPS_ENDPOINT, startProxy } from "../helpers/proxy.ts";
import { kinds, sample } from "../host/samples.ts";
import { errors, scenarios, succeeded } from "./scenario.ts";

beforeAll(ensureBuilt);

type Classes = Record<string, new (name: string, args: object) => unknown>;
const everyKind = async () => {
  const classes = createRequire(import.meta.url)("pulumi-anomify") as Classes;
  for (const kind of kinds) {
    const { [kind]: Resource } = classes;
    if (Resource) new Resource(kind, sample(kind));
  }
};

async function world(credentials: string) {
  const simulator = await startSimulator({ tenants: ["acme"] });
  const proxy = await startProxy(simulator.url, { credentials: "robot:s3cret/of" });
  const stack = await createStack({
    directory: scenarios,
    config: { "anomify:endpoint": HTTPS_ENDPOINT, "anomify:retries": "0" },
    secrets: { "anomify:token": simulator.organization("acme").token },
    env: { HTTPS_PROXY: `http://${credentials}@${proxy.address}`, NODE_EXTRA_CA_CERTS: certificate },
  });
  onTestFinished(async () => {
    await stack.close();
    await simulator.stop();
  });
  return { stack, proxy };
}

test("every kind is made, read and deleted through a proxy of the environment", async () => {
  const { stack, proxy } = await world("robot:s3cret%2Fof");
  succeeded(await stack.up({ program: everyKind }));
  succeeded(await stack.refresh({ expectNoChanges: true }));
  succeeded(await stack.destroy());
  expect(new Set(proxy.asked)).toEqual(new Set(["CONNECT anomify.test:443"]));
});

test("a proxy that refuses is named in the error of the provider, without its credentials", async () => {
  const { stack } = await world("robot:s3cret-wrong");
  const up = await stack.up({ program: everyKind });
  expect(up.ok).toBe(false);
  expect(errors(up).join("\n")).toMatch(
    /the proxy answered 407\)\. The endpoint is https:\/\/anomify\.test\. It goes through the proxy http:\/\/127\.0\.0\.1:\d+ \(HTTPS_PROXY\)/,
  );
  expect(JSON.stringify(up)).not.toContain("s3cret-wrong");
});
