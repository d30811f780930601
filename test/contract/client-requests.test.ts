import { createClient } from "pulumi-anomify/sdk";
import { expect, test } from "vitest";
import { namesInPath } from "../../sdk/endpoint.ts";
import { json, type Received, serve } from "../sdk/server.ts";
import { contract } from "./client-contract.ts";
import { type NamedRow, rows } from "./client-rows.ts";
import { type Operation, type Parameter, type RequestParts, validateRequest } from "./openapi-validator.ts";

/** What a caller writes for a parameter; strings of the contract's examples become what is inside them. */
function callerValue({ schema }: Parameter): unknown {
  const example = (schema.examples as unknown[] | undefined)?.[0] ?? (schema.enum as unknown[] | undefined)?.[0];
  const text = typeof example === "string" ? example : undefined;
  switch (schema["x-value-type"]) {
    case "boolean":
      return text !== "false";
    case "integer":
      return Number(text ?? Math.max(7, Number(schema["x-minimum"] ?? 0)));
    case "number":
      return Number(text ?? 1.5);
    case "unix-seconds":
      return new Date("2026-01-12T15:01:00.999Z");
    case "csv":
      return (text ?? "a b,c&d").split(",");
    case "csv-integer":
      return (text ?? "101,102").split(",").map(Number);
    case "email":
      return text ?? "ana+1@example.com";
    case "url":
      return text ?? "https://example.com/a?b=c&d=é";
    default:
      return text ?? (schema.pattern === "^[0-9a-f]{32}$" ? "0123456789abcdef0123456789abcdef" : 'a/b ?&=%+{c="d",e}é');
  }
}

/** The string that the contract wants for it. */
function wireValue(value: unknown): string {
  if (value instanceof Date) return String(Math.floor(value.getTime() / 1000));
  return Array.isArray(value) ? value.join(",") : String(value);
}

function pathParameters(template: string, path: string): Record<string, string> {
  const names = namesInPath(template);
  const pattern = new RegExp(`^/base${template.replace(/\{\w+\}/g, "([^/]+)")}$`);
  const values = pattern.exec(path)?.slice(1) ?? [];
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index] ?? "")]));
}

const partsOf = (operation: Operation, { path, query, form }: Received): RequestParts => ({
  path: pathParameters(operation.path, path),
  query,
  form,
});

async function send({ group, method, row }: NamedRow, params: Record<string, unknown>): Promise<Received> {
  const server = await serve(json(400, { status: { code: 400 }, data: { message: "only recorded" } }));
  const client = createClient({ endpoint: `${server.url}/base/`, retries: 0, sessionId: "0123456789abcdef".repeat(2) });
  const methods = Reflect.get(client, group) as Record<string, (...args: unknown[]) => Promise<unknown>>;
  const args = Object.keys(row.params).length === 0 ? [] : [params];
  await expect(methods[method]?.(...args)).rejects.toMatchObject({ httpStatus: 400, operation: row.operation });
  expect(server.received).toHaveLength(1);
  return server.received[0] as Received;
}

const byOperation = rows.map((row) => [row.row.operation, row] as const);

test.each(byOperation)("%s sends all its parameters as the contract says", async (id, row) => {
  const operation = contract.operation(id);
  const params = Object.fromEntries(operation.parameters.map((parameter) => [parameter.name, callerValue(parameter)]));
  const sent = await send(row, params);
  const parts = partsOf(operation, sent);
  expect(sent.method).toBe(operation.method);
  expect(validateRequest(operation, parts)).toEqual([]);
  const wanted = Object.entries(params).map(([name, value]) => [name, wireValue(value)]);
  expect({ ...parts.path, ...parts.query, ...parts.form }).toEqual(Object.fromEntries(wanted));
  expect("x-session-id" in sent.headers).toBe(operation.auth !== "none");
});

test.each(byOperation)("%s sends only what is required when given only that", async (id, row) => {
  const operation = contract.operation(id);
  const required = operation.parameters.filter((parameter) => parameter.required);
  const params = Object.fromEntries(required.map((parameter) => [parameter.name, callerValue(parameter)]));
  const parts = partsOf(operation, await send(row, params));
  expect(validateRequest(operation, parts)).toEqual([]);
  expect(Object.keys({ ...parts.path, ...parts.query, ...parts.form }).sort()).toEqual(Object.keys(params).sort());
});

const clearing = byOperation.filter(([, { row }]) => Object.values(row.params).some(({ clearable }) => clearable));

test.each(clearing)("%s clears with null, an empty text and an empty list", async (id, row) => {
  const operation = contract.operation(id);
  const empties = [null, "", []];
  const params = Object.fromEntries(
    operation.parameters.flatMap((parameter, index) => {
      if (parameter.schema["x-clearable"] === true) return [[parameter.name, empties[index % empties.length]]];
      return parameter.required ? [[parameter.name, callerValue(parameter)]] : [];
    }),
  );
  const parts = partsOf(operation, await send(row, params));
  expect(validateRequest(operation, parts)).toEqual([]);
  const cleared = operation.parameters.filter(({ schema }) => schema["x-clearable"] === true).map(({ name }) => name);
  expect(
    Object.keys(parts.form ?? {})
      .filter((name) => parts.form?.[name] === "")
      .sort(),
  ).toEqual(cleared.sort());
});
