import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { type AnomifyClient, AnomifyError, createClient } from "pulumi-anomify/sdk";
import { afterAll, beforeAll, expect, it } from "vitest";
import { examplesOf, replyOf, sampleOf, sources } from "../contract/client-contract.ts";
import { type NamedRow, rows } from "../contract/client-rows.ts";
import { json, mutated, nested, outcome, runs, SECRET, textOf } from "./values.ts";

interface Sent {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

let sent: Sent = { status: 200, headers: {}, body: Buffer.alloc(0) };
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(sent.status, sent.headers).end(sent.body);
});
let client: AnomifyClient;
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => unhandled.push(reason);

beforeAll(async () => {
  process.on("unhandledRejection", onUnhandled);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = createClient({ endpoint, retries: 0, retryDelay: 0, sessionId: SECRET, maxReplyBytes: 250_000 });
});
afterAll(async () => {
  process.off("unhandledRejection", onUnhandled);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(unhandled).toEqual([]);
});

const values: Record<string, unknown> = {
  string: "greater_than",
  boolean: true,
  integer: 7,
  number: 1,
  "unix-seconds": 1_768_230_060,
  csv: ["a"],
  "csv-integer": [1],
  email: "ana@example.com",
  url: "https://example.com",
};

function call({ group, method, row }: NamedRow): Promise<unknown> {
  const required = Object.entries(row.params).filter(([, param]) => param.required);
  const params = Object.fromEntries(required.map(([name, { valueType }]) => [name, values[valueType]]));
  const send = Reflect.get(client[group as keyof AnomifyClient], method) as (...args: unknown[]) => Promise<unknown>;
  return Object.keys(row.params).length === 0 ? send() : send(params);
}

function good({ row }: NamedRow): unknown[] {
  const source = sources.get(row.operation) ?? {};
  if (row.reply !== "envelope" && row.reply !== "document") return ["an image"];
  const { schema } = replyOf(source);
  return [
    sampleOf(schema, "all"),
    sampleOf(schema, "required"),
    sampleOf(schema, "needed"),
    ...examplesOf(source).map(([, value]) => value),
  ];
}

const failure = {
  status: { code: 400 },
  data: { message: `no ${SECRET}`, errors: { name: `bad ${SECRET}`, chips: ["x"] } },
};
const row = fc.constantFrom(...rows);
const body = fc.oneof(
  ...rows.map((named) =>
    mutated(fc.constantFrom(...good(named), failure)).map((value) => ({ named, text: textOf(value) })),
  ),
);

// JSON itself is built without recursion, so that it may be deeper than any stack.
const deep = fc
  .tuple(fc.constantFrom("[", '{"a":', '{"status":', '{"data":'), fc.constantFrom(500, 100_000))
  .map(([open, depth]) => `${open.repeat(depth)}1${(open === "[" ? "]" : "}").repeat(depth)}`);
const wrapped = deep.chain((inner) =>
  fc.constantFrom(
    inner,
    `{"status":{"code":200},"data":${inner}}`,
    `{"status":{"code":400},"data":{"message":${inner},"errors":{"name":${inner}}}}`,
    `{"status":{"code":200,"x":${inner}},"data":{"watchers":[${inner}],"watcher":{"chips":${inner}}}}`,
  ),
);

const encodings: ReadonlyArray<(text: string, cut: number) => Buffer> = [
  (text) => Buffer.from(text),
  (text) => Buffer.from(text),
  (text) => Buffer.from(text),
  (text, cut) => Buffer.from(text).subarray(0, cut % (Buffer.byteLength(text) + 1)),
  (text) => Buffer.from(text, "utf16le"),
  (text) => Buffer.concat([Buffer.from([0xff, 0xfe, 0xc3, 0x28]), Buffer.from(text)]),
  (text) => Buffer.from(`\ufeff${text}`),
  (text, cut) => Buffer.from(Buffer.from(text).map((byte, at) => (at % 97 === cut % 97 ? byte ^ 0xa0 : byte))),
  (text) => Buffer.from(`<html><head><title>Bad</title></head><body>${text} ${SECRET}</body></html>`),
  (text) => Buffer.from(text.padEnd(250_001)),
];
const types = [
  "application/json",
  "text/html; charset=iso-8859-1",
  "image/png",
  "",
  "a/b/c;;=",
  "text/plain; charset=utf-16",
];
const dress = fc.record({
  encode: fc.constantFrom(...encodings),
  cut: fc.nat(5000),
  status: fc.constantFrom(200, 200, 200, 201, 204, 302, 304, 400, 401, 403, 404, 429, 500, 599),
  type: fc.constantFrom(...types),
  header: fc.constantFrom<Record<string, string>>(
    {},
    { "retry-after": "Mon, 99 Foo" },
    { "retry-after": "-1" },
    { location: "http://[" },
    { location: `//x/${SECRET}` },
  ),
});

it("a reply of whatever form is read, or refused in words", async () => {
  const whole = fc.oneof(
    { weight: 12, arbitrary: body },
    { weight: 1, arbitrary: fc.tuple(row, wrapped).map(([named, text]) => ({ named, text })) },
    {
      weight: 2,
      arbitrary: fc.tuple(row, json).map(([named, value]) => ({ named, text: textOf(value) })),
    },
  );
  await fc.assert(
    fc.asyncProperty(whole, dress, async ({ named, text }, { encode, cut, status, type, header }) => {
      sent = { status, headers: { ...header, ...(type && { "content-type": type }) }, body: encode(text, cut) };
      if (status === 204 || status === 304) sent = { ...sent, body: Buffer.alloc(0) };
      const { result, error } = await outcome("replies", () => call(named));
      if (error !== undefined) {
        expect(error).toBeInstanceOf(AnomifyError);
        expect(error.message.length).toBeLessThan(3000);
        return;
      }
      expect(result).toMatchObject({ status: { code: expect.any(Number) } });
      expect((result as { status: object }).status).not.toHaveProperty("session_id");
    }),
    runs(0.08),
  );
});

it("a deeply nested reply is read by JSON.parse at all", () => {
  expect(() => JSON.parse("[".repeat(100_000) + "]".repeat(100_000))).not.toThrow();
  expect(nested(1, 3, true)).toEqual([[[1]]]);
});
