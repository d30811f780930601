import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { beforeAll, expect, test } from "vitest";
import { anomify } from "../helpers/anomify.ts";
import { certificate, HTTP_ENDPOINT, HTTPS_ENDPOINT, type ProxyOptions, startProxy } from "../helpers/proxy.ts";

const CREDENTIALS = "robot:s3cret/of@proxy";
const ENCODED = "robot:s3cret%2Fof%40proxy";

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
  return () => simulator.stop();
});

async function behind(options: ProxyOptions = {}) {
  const proxy = await startProxy(simulator.url, options);
  const address = `http://${ENCODED}@${proxy.address}`;
  const env = {
    ANOMIFY_TOKEN: simulator.organization("acme").token,
    ANOMIFY_CONFIG_DIR: "/nonexistent",
    ANOMIFY_RETRIES: "0",
    HTTPS_PROXY: address,
    HTTP_PROXY: address,
    NODE_EXTRA_CA_CERTS: certificate,
  };
  return { proxy, env };
}

test("https goes through a tunnel, with the credentials of the proxy and a certificate of the own network", async () => {
  const { proxy, env } = await behind({ credentials: CREDENTIALS });
  const ran = await anomify(["whoami", "--endpoint", HTTPS_ENDPOINT], { env });
  expect(ran).toMatchObject({ code: 0, stderr: "" });
  expect(ran.stdout).toContain("Acme Shop");
  expect(proxy.asked).toEqual(["CONNECT anomify.test:443"]);
});

test("http is asked of the proxy by the whole URL", async () => {
  const { proxy, env } = await behind({ credentials: CREDENTIALS });
  const insecure = { ...env, ANOMIFY_ALLOW_INSECURE_ENDPOINT: "true" };
  const ran = await anomify(["whoami", "--endpoint", HTTP_ENDPOINT], { env: insecure });
  expect(ran).toMatchObject({ code: 0 });
  expect(proxy.asked).toEqual(["GET http://anomify.test/org/info"]);
});

test("Node's own support of the same variables changes nothing", async () => {
  const { proxy, env } = await behind({ credentials: CREDENTIALS });
  const ran = await anomify(["whoami", "--endpoint", HTTPS_ENDPOINT], { env: { ...env, NODE_USE_ENV_PROXY: "1" } });
  expect(ran).toMatchObject({ code: 0 });
  expect(proxy.asked).toEqual(["CONNECT anomify.test:443"]);
});

test("the doctor listens through the proxy", async () => {
  const { proxy, env } = await behind({ credentials: CREDENTIALS });
  const ran = await anomify(["doctor", "--endpoint", HTTPS_ENDPOINT], { env });
  expect(ran).toMatchObject({ code: 0 });
  expect(proxy.asked.length).toBeGreaterThan(0);
  expect(new Set(proxy.asked)).toEqual(new Set(["CONNECT anomify.test:443"]));
});

test("a name in NO_PROXY is asked directly, and the error says that no proxy is used", async () => {
  const { proxy, env } = await behind();
  const ran = await anomify(["whoami", "--endpoint", HTTPS_ENDPOINT], { env: { ...env, NO_PROXY: "anomify.test" } });
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(/Could not connect to Anomify to get org \((ENOTFOUND|EAI_AGAIN)\)/);
  expect(ran.stderr).toContain("No proxy is used; HTTPS_PROXY names one.");
  expect(proxy.asked).toEqual([]);
});

test.for([
  ["whoami", { refusal: 407 }, /the proxy answered 407.*Put the user and password of the proxy into its address/s],
  ["whoami", { refusal: 403 }, /the proxy answered 403.*NO_PROXY names hosts that are reached without a proxy/s],
  ["doctor", { refusal: 502 }, /the service cannot be reached \(PROXY_502\).*HTTPS_PROXY/s],
] as const)("%s behind a proxy that refuses names it without its credentials %o", async ([command, options, words]) => {
  const { env } = await behind(options);
  const ran = await anomify([command, "--endpoint", HTTPS_ENDPOINT], { env });
  expect(ran.stdout + ran.stderr).toMatch(words);
  expect(ran.stdout + ran.stderr).not.toMatch(/s3cret|robot/);
});

test("a certificate that is not trusted names the variable for the own network's", async () => {
  const { env } = await behind();
  const { NODE_EXTRA_CA_CERTS: _, ...untrusting } = env;
  const ran = await anomify(["whoami", "--endpoint", HTTPS_ENDPOINT], { env: untrusting });
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain("name the file of its authority in NODE_EXTRA_CA_CERTS");
});

test("what is no address of a proxy is refused without its text", async () => {
  const { env } = await behind();
  const ran = await anomify(["whoami", "--endpoint", HTTPS_ENDPOINT], {
    env: { ...env, HTTPS_PROXY: `socks5://${ENCODED}@proxy.example` },
  });
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain("HTTPS_PROXY must be the http or https URL of a proxy");
  expect(ran.stdout + ran.stderr).not.toMatch(/s3cret|robot|^\s+at /m);
});
