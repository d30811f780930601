import { expect, test } from "vitest";
import { type Endpoint, type Evidence, evidenceOfName, namesInPath } from "../../sdk/endpoint.ts";
import { fieldsOf } from "../../sdk/evidence.ts";
import { ReplyStatus } from "../../sdk/models/status.ts";
import { contract, propertiesOf, replyOf, resolve, sources } from "./client-contract.ts";
import { propertiesOfModel, rows } from "./client-rows.ts";

const everyRow = rows.map(({ group, method, row }) => [`client.${group}.${method}`, row] as const);

const sourceOf = (row: Endpoint) => {
  const source = sources.get(row.operation);
  if (source === undefined) throw new Error(`The contract has no operation ${row.operation}.`);
  return source;
};

test("the client has one row for each operation of the contract", () => {
  expect(rows.map(({ row }) => row.operation).sort()).toEqual(contract.operations.map(({ id }) => id).sort());
  expect(contract.operations).toHaveLength(80);
});

test.each(rows.map((row) => [row.row.operation, row] as const))(
  "%s is in the group of the API's index",
  (_, { group, row }) => {
    expect(sourceOf(row).tags).toEqual([group]);
  },
);

test.each(everyRow)("%s is called as the contract says", (_, row) => {
  const { method, path, call, auth } = contract.operation(row.operation);
  const { operation: _id, params: _params, names: _names, data: _data, reply: _reply, ...rest } = row;
  const { evidence, deprecated, ...called } = rest;
  expect(called).toEqual({ method, path, call, auth });
  expect(evidence).toBe(sourceOf(row)["x-evidence"]);
  expect(deprecated).toBe(sourceOf(row).deprecated ?? false);
});

test.each(everyRow)("%s takes the parameters of the contract", (_, row) => {
  const ours = Object.entries(row.params).map(([name, { valueType, required, clearable }]) => [
    name,
    {
      valueType,
      required,
      clearable,
      inPath: namesInPath(row.path).includes(name),
      evidence: evidenceOfName(row, name),
    },
  ]);
  const theirs = contract.operation(row.operation).parameters.map(({ name, required, schema, in: place, evidence }) => [
    name,
    {
      valueType: schema["x-value-type"],
      required,
      clearable: schema["x-clearable"] ?? false,
      inPath: place === "path",
      evidence,
    },
  ]);
  expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
});

test.each(everyRow)("%s keeps passwords, codes and webhooks secret", (_, row) => {
  for (const { name, schema } of contract.operation(row.operation).parameters) {
    const isSecret = schema.format === "password" || /password|webhook|token|code$|session_id/.test(name);
    if (isSecret) expect.soft(row.params[name]?.secret, name).toBe(true);
  }
});

test.each(everyRow)("%s reads the reply of the contract", (_, row) => {
  const { mediaType, schema } = replyOf(sourceOf(row));
  const kinds = { "image/png": "image", "application/javascript": "script", "application/json": "envelope" };
  const isDocument = mediaType === "application/json" && schema.properties === undefined;
  expect(row.reply).toBe(isDocument ? "document" : kinds[mediaType as keyof typeof kinds]);
  if (row.reply === "image" || row.reply === "script") return;
  const data = isDocument ? schema : (resolve(schema).properties as never as { data: never }).data;
  const theirs = propertiesOf(data, row.evidence, "data");
  expect(plain(propertiesOfModel(row.data, row.evidence))).toEqual(plain(theirs));
  // What overrides may map is decided by these marks.
  const named = [...theirs].filter(([path]) => path !== "data" && !path.endsWith("[]"));
  const marks = named.map(([path, { evidence }]) => [path.replace(/^data\./, ""), evidence]);
  expect(plain(fieldsOf(row.data, row.evidence))).toEqual(Object.fromEntries(marks));
});

test("the status is that of the contract, without the session", () => {
  const evidence: Evidence = "documented";
  const ours = plain(propertiesOfModel(ReplyStatus, evidence, "status"));
  const theirs = plain(propertiesOf({ $ref: "#/components/schemas/Status" }, evidence, "status"));
  delete theirs["status.session_id"];
  // Taken as any number: a stale reply must not pass for a fresh one because of a fraction.
  for (const name of ["status.created_timestamp", "status.oldest_cached_component_age"]) {
    expect(ours[name]).toEqual({ ...theirs[name], type: "number" });
    delete theirs[name];
    delete ours[name];
  }
  expect(ours).toEqual(theirs);
});

const plain = <Value>(map: Map<string, Value>): Record<string, Value> => Object.fromEntries(map);
