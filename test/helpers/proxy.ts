import { readFileSync } from "node:fs";
import { createServer, request as send } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { onTestFinished } from "vitest";

// Made for these tests alone: valid until 2126 for the name anomify.test, and trusted by nobody who is not told to.
const fixture = (name: string) => new URL(`./fixtures/${name}`, import.meta.url);
export const certificate = fixture("proxy-certificate.pem").pathname;

/** Names that only the proxy knows. */
export const HTTPS_ENDPOINT = "https://anomify.test";
export const HTTP_ENDPOINT = "http://anomify.test";

/** A proxy on the loopback behind which a service is at `anomify.test`, by http and by https. */
export interface Proxy {
  /** Host and port. */
  readonly address: string;
  /** What it was asked, such as `CONNECT anomify.test:443` or `GET http://anomify.test/org/info`. */
  readonly asked: string[];
}

export interface ProxyOptions {
  /** `user:password` that it wants; none when left out. */
  readonly credentials?: string;
  /** Status by which it refuses everything. */
  readonly refusal?: number;
}

/** Starts it in front of the service at `target`; it ends with the test. */
export async function startProxy(target: string, { credentials, refusal }: ProxyOptions = {}): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const asked: string[] = [];
  const wanted = credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString("base64")}`;
  const refuses = (given: string | undefined): number | undefined =>
    refusal ?? (wanted === undefined || given === wanted ? undefined : 407);

  const secure = createTlsServer(
    { key: readFileSync(fixture("proxy-key.pem")), cert: readFileSync(fixture("proxy-certificate.pem")) },
    (socket) => {
      const service = connect(Number(port), hostname);
      socket.pipe(service).pipe(socket);
      socket.on("error", () => service.destroy());
      service.on("error", () => socket.destroy());
    },
  );
  const securePort = await listening(secure);

  const server = createServer((message, response) => {
    asked.push(`${message.method} ${message.url}`);
    const status = refuses(message.headers["proxy-authorization"]);
    if (status !== undefined) {
      response.writeHead(status, { "content-type": "text/html" }).end("<h1>The proxy refuses</h1>");
      return;
    }
    const { pathname, search } = new URL(message.url ?? "");
    const onward = { method: message.method, headers: message.headers, path: pathname + search, host: hostname, port };
    const passed = send(onward, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    passed.on("error", () => response.destroy());
    message.pipe(passed);
  });
  server.on("connect", (message, client) => {
    asked.push(`CONNECT ${message.url}`);
    const status = refuses(message.headers["proxy-authorization"]);
    if (status !== undefined) {
      client.end(`HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const service = connect(message.url?.endsWith(":443") ? securePort : Number(port), hostname, () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      service.pipe(client).pipe(service);
    });
    client.on("error", () => service.destroy());
    service.on("error", () => client.destroy());
  });
  const proxyPort = await listening(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    secure.close();
  });
  return { address: `127.0.0.1:${proxyPort}`, asked };
}

async function listening(server: import("node:net").Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
