import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { beforeAll, expect, test } from "vitest";
import { type JsonObject, object, operationsOf, readContract, resolve } from "../../scripts/generate/contract.ts";
import { contractTypes } from "../../scripts/generate/contract-types.ts";
import { notCompared } from "./agreement.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const here = (name: string) => `${root}test/contract/${name}`;
const contract = readContract();

type Operations = Readonly<Record<string, JsonObject>>;

const form = (operation: JsonObject | undefined): JsonObject =>
  at(operation, "requestBody", "content", "application/x-www-form-urlencoded", "schema");
const data = (operation: JsonObject | undefined): JsonObject =>
  at(operation, "responses", "200", "content", "application/json", "schema", "properties", "data");

function at(node: JsonObject | undefined, ...keys: readonly string[]): JsonObject {
  return keys.reduce((inner, key) => resolve(contract, object(inner[key])), object(node));
}

/** What is done to the contract, and what the compiler must then say of the client. */
interface Change {
  readonly name: string;
  readonly doctor: (document: JsonObject, operations: Operations) => void;
  readonly said: readonly string[];
}

const changes: readonly Change[] = [
  {
    name: "a renamed reply field",
    doctor: (_, { lookupAnomaly }) => rename(object(data(lookupAnomaly).properties), "anomaly_graph_url", "graph_url"),
    said: [
      "lookupAnomaly data.anomaly_graph_url: only in the client",
      "lookupAnomaly data.graph_url: only in the contract",
    ],
  },
  {
    name: "a renamed field deep in a shared model",
    doctor: (document) => rename(model(document, "Chip"), "metrics_count", "count"),
    said: [
      "listChips data.chips[].metrics_count: only in the client",
      "listChips data.chips[].count: only in the contract",
    ],
  },
  {
    name: "a reply field that nobody needs any more",
    doctor: (_, { getAnomaly }) => Object.assign(data(getAnomaly), { "x-needed-by": {} }),
    said: ["getAnomaly data.anomaly: required only in the client"],
  },
  {
    name: "a reply field that somebody needs",
    doctor: (_, { deleteWatcher }) => Object.assign(data(deleteWatcher), { "x-needed-by": { message: ["callers"] } }),
    said: ["deleteWatcher data.message: required only in the contract"],
  },
  {
    name: "a reply field of another type",
    doctor: (document) => Object.assign(model(document, "Channel"), { private: { type: "string" } }),
    said: ["listChannels data.channels[].private: types differ"],
  },
  {
    name: "a reply field that may be null",
    doctor: (document) => Object.assign(model(document, "ExclusionType"), { name: { type: ["string", "null"] } }),
    said: ["listExclusionTypes data.types[].name: may be null only in the contract"],
  },
  {
    name: "a parameter made required",
    doctor: (_, { createWatcher }) => Object.assign(form(createWatcher), { required: ["chips", "name", "alert"] }),
    said: ["createWatcher params.alert: required only in the contract"],
  },
  {
    name: "a parameter of another type",
    doctor: (_, { createWatcher }) =>
      Object.assign(at(form(createWatcher), "properties", "chips"), { "x-value-type": "csv-integer" }),
    said: ["createWatcher params.chips: types differ"],
  },
  {
    name: "one word more of a parameter",
    doctor: (_, { createThresholdWatcher }) =>
      Object.assign(at(form(createThresholdWatcher), "properties", "threshold_condition"), {
        enum: ["greater_than", "novel"],
      }),
    said: ["createThresholdWatcher params.threshold_condition: types differ"],
  },
  {
    name: "a new parameter",
    doctor: (_, { updateUser }) =>
      Object.assign(at(form(updateUser), "properties"), { nickname: { type: "string", "x-value-type": "string" } }),
    said: ["updateUser params.nickname: only in the contract"],
  },
  {
    name: "a parameter that can no longer be cleared, and one that can",
    doctor: (_, { updateUser }) => {
      delete at(form(updateUser), "properties", "phone_number")["x-clearable"];
      at(form(updateUser), "properties", "name")["x-clearable"] = true;
    },
    said: [
      "updateUser params.phone_number: clearable only in the client",
      "updateUser params.name: clearable only in the contract",
      "updateUser params.name: null is refused by the client",
    ],
  },
  {
    name: "an operation less",
    doctor: (document) => delete object(document.paths)["/watcher/{watcher_id}/undelete"],
    said: ["client.watcher.undelete: only in the client"],
  },
  {
    name: "an operation more",
    doctor: (document) => {
      object(document.paths)["/watcher/pause"] = { post: { operationId: "pauseWatcher", tags: ["watcher"] } };
    },
    said: ["pauseWatcher: only in the contract"],
  },
  {
    name: "a picture that became a reply with a type",
    doctor: (_, { getOrgGraph, getAnomaly }) =>
      Object.assign(getOrgGraph ?? {}, { responses: getAnomaly?.responses ?? {} }),
    said: ["getOrgGraph data: has a type in the contract, and must be compared"],
  },
];

const model = (document: JsonObject, name: string): JsonObject =>
  object(object(object(object(document.components).schemas)[name]).properties);

function rename(properties: JsonObject, from: string, to: string): void {
  properties[to] = object(properties[from]);
  delete properties[from];
}

function doctored(): JsonObject {
  const document = structuredClone(contract);
  const operations = Object.fromEntries(operationsOf(document).map(({ id, source }) => [id, source]));
  for (const { doctor } of changes) doctor(document, operations);
  return document;
}

/** What the compiler says of agreement.ts, by the name of the file beside it that stands for the contract. */
function compile(files: ReadonlyMap<string, string>): (name: string) => string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    `${root}tsconfig.json`,
    { noErrorTruncation: true },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
        throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
      },
    },
  );
  if (config === undefined) throw new Error("tsconfig.json cannot be read.");
  const host = ts.createCompilerHost(config.options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, options, ...rest) => {
    const text = files.get(path);
    return text === undefined ? getSourceFile(path, options, ...rest) : ts.createSourceFile(path, text, options);
  };
  const roots = [...files.keys()].filter((path) => !path.endsWith(".gen.ts"));
  const program = ts.createProgram(roots, config.options, host);
  return (name) => {
    const file = program.getSourceFile(name);
    // Without a file the compiler would look at all of them.
    if (file === undefined) throw new Error(`${name} is not in the program.`);
    const diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  };
}

let said: (name: string) => string[];

beforeAll(async () => {
  const agreement = readFileSync(here("agreement.ts"), "utf8");
  said = compile(
    new Map([
      [here("as-is.ts"), agreement.replace("./types.gen.ts", "./as-is.gen.ts")],
      [here("as-is.gen.ts"), await contractTypes(contract)],
      [here("doctored.ts"), agreement.replace("./types.gen.ts", "./doctored.gen.ts")],
      [here("doctored.gen.ts"), await contractTypes(doctored())],
    ]),
  );
});

test("client and contract agree in all types", () => {
  expect(said(here("as-is.ts"))).toEqual([]);
});

test("each difference is said by the compiler, with operation and property", () => {
  const [message = "", ...others] = said(here("doctored.ts"));
  expect(others).toEqual([]);
  const [, union = ""] = /^Type '(.+)' does not satisfy the constraint 'never'\./.exec(message) ?? [];
  const texts = union.split(" | ").map((text) => JSON.parse(text) as string);
  expect(texts.sort()).toEqual(changes.flatMap(({ said }) => said).sort());
});

test("what is not compared is pictures, scripts and documents, all of them", () => {
  const shapeless = operationsOf(contract).filter(({ source }) => Object.keys(data(source)).length === 0);
  expect(Object.keys(notCompared).sort()).toEqual(shapeless.map(({ id }) => id).sort());
});
