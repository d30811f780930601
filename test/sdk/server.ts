import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type AnomifyClient, type ClientOptions, createClient } from "pulumi-anomify/sdk";
import { onTestFinished } from "vitest";

/** A request as a server received it. */
export interface Received {
  readonly method: string;
  /** Undecoded, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A real server on the loopback, stopped when the test ends. */
export interface TestServer {
  readonly url: string;
  /** All requests so far, in order. */
  readonly received: Received[];
}

export type Answer = (response: ServerResponse, request: Received, count: number) => void;

/** Starts a server; answers take turns, the last one stays. */
export async function serve(...answers: Answer[]): Promise<TestServer> {
  const received: Received[] = [];
  const server = createServer((message, response) => {
    read(message).then((request) => {
      received.push(request);
      const answer = answers[Math.min(received.length, answers.length) - 1];
      answer?.(response, request, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

/** An address on which nobody listens any more. */
export async function closedServer(): Promise<TestServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return { url: `http://127.0.0.1:${port}`, received: [] };
}

async function read(message: IncomingMessage): Promise<Received> {
  const body = Buffer.concat(await message.toArray()).toString();
  const [path = "", query = ""] = (message.url ?? "").split("?", 2);
  return {
    method: message.method ?? "",
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    form: message.headers["content-type"]?.startsWith("application/x-www-form-urlencoded")
      ? Object.fromEntries(new URLSearchParams(body))
      : {},
    headers: message.headers,
    body,
  };
}

/** Answers with JSON. */
export const json =
  (httpStatus: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(httpStatus, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  };

/** Answers with an envelope. */
export const reply = (data: unknown, status: object = {}): Answer =>
  json(200, { status: { code: 200, ...status }, data });

/** Answers with a failure. */
export const failure = (
  code: number,
  message = "no",
  { errors, headers }: { errors?: object; headers?: Record<string, string> } = {},
): Answer => json(code, { status: { code }, data: { message, ...(errors && { errors }) } }, headers);

/** Cuts the connection without an answer. */
export const cut: Answer = (response) => {
  response.socket?.destroy();
};

/** Begins an answer and cuts the connection in the middle of it. */
export const cutHalfway: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"status":', () => response.socket?.destroy());
};

/** Never answers. */
export const silence: Answer = () => undefined;

/** A page of something in between. */
export const page =
  (httpStatus: number, html: string, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(httpStatus, { "content-type": "text/html; charset=utf-8", ...headers }).end(html);
  };

/** A client of a test server that does not wait between attempts. */
export const clientOf = (server: TestServer, options: ClientOptions = {}): AnomifyClient => {
  const credential = "sessionId" in options || "token" in options ? {} : { token: "organization-token" };
  return createClient({ endpoint: server.url, retryDelay: 0, ...credential, ...options });
};

/** The error of a call that must fail. */
export async function errorOf(call: Promise<unknown>): Promise<Error> {
  const result = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (result instanceof Error) return result;
  throw new Error("The call did not fail with an error.");
}
