import { type AnomifyClient, createClient, InvalidOptionsError, NetworkError } from "pulumi-anomify/sdk";
import { afterEach, expect, test } from "vitest";
import { proxyOf } from "../../sdk/proxy.ts";
import { HTTP_ENDPOINT, startProxy } from "../helpers/proxy.ts";
import { closedServer, cut, errorOf, reply, serve } from "./server.ts";

const given = { ...process.env };
afterEach(() => {
  process.env = { ...given };
});

const PROXY = { HTTPS_PROXY: "http://proxy.example:3128", HTTP_PROXY: "http://plain.example:8080" };

test.for<[title: string, endpoint: string, environment: Record<string, string>, expected: string | undefined]>([
  ["https goes through HTTPS_PROXY", "https://api.anomify.example", PROXY, "http://proxy.example:3128"],
  ["http goes through HTTP_PROXY", "http://api.anomify.example", PROXY, "http://plain.example:8080"],
  ["without a variable nothing does", "https://api.anomify.example", { HTTP_PROXY: PROXY.HTTP_PROXY }, undefined],
  ["an empty variable is none", "https://api.anomify.example", { HTTPS_PROXY: " " }, undefined],
  ["lower case comes first", "https://a.example", { ...PROXY, https_proxy: "http://lower:1" }, "http://lower:1"],
  ["a host and a port are enough", "https://a.example", { HTTPS_PROXY: "proxy.example:3128" }, PROXY.HTTPS_PROXY],
  ["this machine is reached without one", "http://127.0.0.1:4010", PROXY, undefined],
  ["nor does localhost go through one", "http://localhost:4010", PROXY, undefined],
  ["nor the loopback of IPv6", "http://[::1]:4010", PROXY, undefined],
  ["NO_PROXY names a host", "https://a.example", { ...PROXY, NO_PROXY: "b.example, a.example" }, undefined],
  ["in any case", "https://a.example", { ...PROXY, NO_PROXY: "A.Example" }, undefined],
  ["and what is below it", "https://x.a.example", { ...PROXY, NO_PROXY: "a.example" }, undefined],
  ["with a dot before it", "https://x.a.example", { ...PROXY, NO_PROXY: ".a.example" }, undefined],
  ["with a star before it", "https://x.a.example", { ...PROXY, NO_PROXY: "*.a.example" }, undefined],
  ["not what ends alike", "https://xa.example", { ...PROXY, NO_PROXY: "a.example" }, PROXY.HTTPS_PROXY],
  ["a star is all", "https://a.example", { ...PROXY, NO_PROXY: "*" }, undefined],
  ["a port that is the endpoint's", "https://a.example", { ...PROXY, NO_PROXY: "a.example:443" }, undefined],
  ["a port that is not", "https://a.example", { ...PROXY, NO_PROXY: "a.example:8443" }, PROXY.HTTPS_PROXY],
  ["an address", "https://10.1.2.3", { ...PROXY, NO_PROXY: "10.1.2.3" }, undefined],
  ["an address of IPv6", "https://[fd00::1]", { ...PROXY, NO_PROXY: "fd00::1" }, undefined],
])("%s", ([, endpoint, environment, expected]) => {
  expect(proxyOf(endpoint, environment)?.url.origin).toBe(expected);
});

test.for(["socks5://robot:s3cret-of-proxy@proxy.example", "http://robot:s3cret-of-proxy%zz@proxy.example", "http://"])(
  "what cannot be a proxy is refused without its text (%s)",
  (HTTPS_PROXY) => {
    process.env.HTTPS_PROXY = HTTPS_PROXY;
    const make = () => createClient({ token: "t", endpoint: "https://api.anomify.example" });
    expect(make).toThrow(InvalidOptionsError);
    expect(make).toThrow(/^The environment variable HTTPS_PROXY must be the http or https URL of a proxy, with/);
    expect(make).not.toThrow(/s3cret-of-proxy/);
  },
);

/** A client of a service that only the proxy knows. */
function clientBehind(address: string): AnomifyClient {
  process.env.HTTP_PROXY = `http://robot:s3cret%2Fof@${address}`;
  return createClient({ token: "t", endpoint: HTTP_ENDPOINT, allowInsecureEndpoint: true, retryDelay: 0 });
}

test("a write goes through with its body and without the credentials of the proxy", async () => {
  const server = await serve(
    reply({ exclusion: { id: 1, type: "skip_analysis", pattern: "x", note: "", created_timestamp: 1 } }),
  );
  const proxy = await startProxy(server.url, { credentials: "robot:s3cret/of" });
  const exclusion = { type: "skip_analysis", pattern: "ä & b.cpu" } as const;
  const { data } = await clientBehind(proxy.address).exclusion.add(exclusion);
  expect(data.exclusion.id).toBe(1);
  expect(proxy.asked).toEqual(["POST http://anomify.test/exclusion/add"]);
  expect(server.received[0]?.form).toMatchObject({ pattern: "ä & b.cpu" });
  expect(server.received[0]?.headers).toMatchObject({ "x-auth-token": "t", host: "anomify.test" });
});

test("a proxy that wants other credentials (407) is named with what to do, and asked once", async () => {
  const server = await serve(reply({}));
  const proxy = await startProxy(server.url, { credentials: "robot:other" });
  const error = await errorOf(clientBehind(proxy.address).exclusion.add({ type: "skip_analysis", pattern: "x" }));
  expect(error).toBeInstanceOf(NetworkError);
  expect(error).toMatchObject({ outcome: "not-sent" });
  expect(error.message).toBe(
    `Could not connect to Anomify to add exclusion (the proxy answered 407). It goes through the proxy http://${proxy.address} (HTTP_PROXY). Put the user and password of the proxy into its address: http://<user>:<password>@<host>:<port>. POST /exclusion/add`,
  );
  expect(proxy.asked).toHaveLength(1);
  expect(server.received).toEqual([]);
});

test("a proxy where nobody listens is named without its credentials", async () => {
  const { host } = new URL((await closedServer()).url);
  const error = await errorOf(clientBehind(host).org.info());
  expect(error).toMatchObject({ code: "ECONNREFUSED", outcome: "not-sent" });
  expect(error.message).toContain(`It goes through the proxy http://${host} (HTTP_PROXY).`);
  expect(error.message).not.toContain("s3cret");
});

test("a service that breaks the connection behind a proxy is tried again as without one", async () => {
  const server = await serve(cut, reply({ ping: "pong" }));
  const proxy = await startProxy(server.url);
  const seen = await clientBehind(proxy.address)
    .ping.ping()
    .then(() => "answered");
  expect(seen).toBe("answered");
  expect(proxy.asked).toHaveLength(2);
});
