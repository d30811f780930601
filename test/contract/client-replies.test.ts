import { type AnomifyClient, createClient } from "pulumi-anomify/sdk";
import { expect, test } from "vitest";
import { type Answer, json, serve } from "../sdk/server.ts";
import { contract, examplesOf, replyOf, sampleOf, sources } from "./client-contract.ts";
import { type NamedRow, rows } from "./client-rows.ts";

/** Values for required parameters; what is sent is the matter of another test. */
function anyParams({ row }: NamedRow): Record<string, unknown> {
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
  const required = Object.entries(row.params).filter(([, param]) => param.required);
  return Object.fromEntries(required.map(([name, { valueType }]) => [name, values[valueType]]));
}

async function call(named: NamedRow, answer: Answer): Promise<{ data: unknown; status: Record<string, unknown> }> {
  const server = await serve(answer);
  const client = createClient({ endpoint: server.url, retries: 0, sessionId: "session" });
  const method = Reflect.get(client[named.group as keyof AnomifyClient], named.method);
  const args = Object.keys(named.row.params).length === 0 ? [] : [anyParams(named)];
  return await method(...args);
}

const sourceOf = (row: NamedRow) => sources.get(row.row.operation) ?? {};
const enveloped = rows.filter(({ row }) => row.reply === "envelope");
const examples = enveloped.flatMap((row) =>
  examplesOf(sourceOf(row)).map(([name, value]) => [row.row.operation, name, row, value] as const),
);

test.each(examples)("%s reads the contract's example %s", async (_, _name, row, value) => {
  const { status, data } = value as { status: Record<string, unknown>; data: unknown };
  const { session_id: _session, ...shown } = status;
  expect(await call(row, json(200, value))).toEqual({ status: shown, data });
});

test("there are examples", () => expect(examples.length).toBeGreaterThan(30));

const byOperation = enveloped.map((row) => [row.row.operation, row] as const);

test.each(byOperation)("%s reads a reply with everything in it", async (_, row) => {
  const whole = sampleOf(replyOf(sourceOf(row)).schema, "all") as { status: { session_id?: unknown }; data: unknown };
  const reply = await call(row, json(200, whole));
  const { session_id: _session, ...status } = whole.status;
  expect(reply).toEqual({ status, data: whole.data });
});

test.each(byOperation)("%s reads a reply with nothing but what is required", async (_, row) => {
  const least = sampleOf(replyOf(sourceOf(row)).schema, "required");
  expect(await call(row, json(200, least))).toEqual(least);
});

test.each(byOperation)("%s keeps what the contract does not know", async (_, row) => {
  const least = sampleOf(replyOf(sourceOf(row)).schema, "required") as { status: object; data: object };
  const more = { status: { ...least.status, novelty: 1 }, data: { ...least.data, novelty: { a: [1] } } };
  expect(await call(row, json(200, more))).toEqual(more);
});

test.each(byOperation)("%s reads a reply with nothing but what is needed", async (_, row) => {
  const { data } = replyOf(sourceOf(row)).schema.properties as never as { data: Parameters<typeof sampleOf>[0] };
  const needed = { status: { code: 200 }, data: sampleOf(data, "needed") };
  expect(await call(row, json(200, needed))).toMatchObject(needed);
});

const neededOf = ([, row]: (typeof byOperation)[number]) => {
  const { data } = replyOf(sourceOf(row)).schema.properties as never as { data: { "x-needed-by"?: object } };
  return Object.keys(data["x-needed-by"] ?? {}).map((name) => [row.row.operation, name, row] as const);
};

test.each(byOperation.flatMap(neededOf))("%s says when %s is missing", async (operation, name, row) => {
  const least = sampleOf(replyOf(sourceOf(row)).schema, "required") as {
    status: object;
    data: Record<string, unknown>;
  };
  const { [name]: _, ...rest } = least.data;
  await expect(call(row, json(200, { ...least, data: rest }))).rejects.toMatchObject({
    name: "ResponseShapeError",
    at: `data.${name}`,
    operation,
    path: contract.operation(operation).path,
    message: expect.stringContaining(`data.${name} is missing`),
  });
});

const pictures = rows.filter(({ row }) => row.reply === "image").map((row) => [row.row.operation, row] as const);

test.each(pictures)("%s gives the bytes of a picture", async (_, row) => {
  const bytes = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 255]);
  const { data } = await call(row, (response) => response.writeHead(200, { "content-type": "image/png" }).end(bytes));
  expect(data).toEqual({ bytes, contentType: "image/png" });
});
