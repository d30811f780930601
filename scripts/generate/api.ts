// docs/api.md: what each operation of the contract is, who makes it, and how sure we are.

import type { Evidence } from "../../sdk/endpoint.ts";
import { groups } from "../../sdk/endpoints/index.ts";
import { allRoutes } from "../../simulator/routes/index.ts";
import { groupsOf, type JsonObject, type Operation, operationsOf } from "./contract.ts";
import type { Usage } from "./usage.ts";

const words: readonly Evidence[] = ["documented", "engine", "inferred", "assumed"];

const head = `<!-- Generated from contract, client and simulator by \`npm run generate\`. Do not edit. -->
# Operations of the API

Every operation of \`contract/openapi.yaml\`, in the groups of the API's own index. **client** is the method of \`pulumi-anomify/sdk\` that makes the call, **resources** are the kinds of resource that use it.

**Evidence** says how sure the contract is of what a call does; of a parameter, how sure it is of its name on the wire.

- *documented*: seen in the vendor's public API documentation.
- *engine*: certain for the public engine under the service; the service's own layer may add to it or hide it.
- *inferred*: follows from something documented.
- *assumed*: our own choice in the documented naming style, until the vendor's contract or a live account says otherwise.

**Call** says how a call may be repeated, in the terms of RFC 9110: *safe* changes nothing; *idempotent* is a write with the same end state when sent twice; *non-idempotent* must not be repeated blindly. **Auth** says which credential it needs. Both are assumed throughout: no page says which calls the token of an organization may make.
`;

/** Method of the client by operation, as `watcher.create`; iterators are left out. */
export function clientMethods(): Map<string, string> {
  const named = Object.entries(groups).flatMap(([group, methods]) =>
    Object.entries(methods).map(([method, row]) => [row, `${group}.${method}`] as const),
  );
  return new Map(named.flatMap(([row, name]) => ("operation" in row ? [[row.operation, name] as const] : [])));
}

/** The text of docs/api.md. */
export function apiPage(document: JsonObject, usage: Usage): string {
  const operations = operationsOf(document);
  const methods = clientMethods();
  const served = new Set(allRoutes().map(({ operation }) => operation));
  const sections = groupsOf(document).flatMap((group) => {
    const members = operations.filter((operation) => operation.group === group);
    return ["", `## ${group}`, "", ...table(members, methods, served, usage), ...assumptions(members)];
  });
  return [head, ...counts(operations), ...sections, ""].join("\n");
}

function counts(operations: readonly Operation[]): string[] {
  const parameters = operations.flatMap((operation) => operation.parameters);
  const count = (items: readonly { readonly evidence: Evidence }[], word: Evidence) =>
    items.filter(({ evidence }) => evidence === word).length;
  return [
    "| evidence | operations | names of parameters |",
    "|---|---|---|",
    ...words.map((word) => `| ${word} | ${count(operations, word)} | ${count(parameters, word)} |`),
    `| all | ${operations.length} | ${parameters.length} |`,
  ];
}

function table(
  members: readonly Operation[],
  methods: ReadonlyMap<string, string>,
  served: ReadonlySet<string>,
  usage: Usage,
): string[] {
  const row = ({ id, method, path, call, auth, evidence }: Operation): string => {
    const client = methods.get(id);
    const users = [...usage].filter(([, calls]) => client !== undefined && calls.has(client)).map(([kind]) => kind);
    const cells = [
      `\`${id}\``,
      `${method} \`${path}\``,
      client === undefined ? "–" : `\`client.${client}\``,
      call,
      auth,
      served.has(id) ? "yes" : "no",
      users.join(", ") || "–",
      evidence,
    ];
    return `| ${cells.join(" | ")} |`;
  };
  return [
    "| operation | call over HTTP | client | call | auth | simulator | resources | evidence |",
    "|---|---|---|---|---|---|---|---|",
    ...members.map(row),
  ];
}

function assumptions(members: readonly Operation[]): string[] {
  const lines = members.flatMap(({ id, parameters }) => {
    const assumed = parameters.filter(({ evidence }) => evidence === "assumed").map(({ name }) => `\`${name}\``);
    return assumed.length === 0 ? [] : [`- \`${id}\`: ${assumed.join(", ")}`];
  });
  return lines.length === 0 ? [] : ["", "Parameters whose names are assumed:", "", ...lines];
}
