import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { clientMethods } from "../../scripts/generate/api.ts";
import { type JsonObject, object, operationsOf, readContract } from "../../scripts/generate/contract.ts";
import { allRoutes } from "../../simulator/routes/index.ts";

const contract = readContract();
const page = readFileSync(new URL("../../docs/api.md", import.meta.url), "utf8");

/** Operations per place that knows them; in docs/api.md each has a row that begins with its name. */
const places = {
  "the client": [...clientMethods().keys()],
  "the simulator": allRoutes().map(({ operation }) => operation),
  "docs/api.md": Array.from(page.matchAll(/^\| `(\w+)` \| (?:GET|POST|PUT) `/gm), ([, id = ""]) => id),
};

/** What one of the places lacks or has in excess; empty when all have the operations of the contract, each once. */
function differences(document: JsonObject): string[] {
  const wanted = operationsOf(document).map(({ id }) => id);
  return Object.entries(places).flatMap(([place, found]) => [
    ...wanted.filter((id) => !found.includes(id)).map((id) => `${place} lacks ${id}`),
    ...found.filter((id) => !wanted.includes(id)).map((id) => `${place} has ${id}, the contract does not`),
    ...found.filter((id, index) => found.indexOf(id) !== index).map((id) => `${place} has ${id} twice`),
  ]);
}

test("contract, client, simulator and docs/api.md know the same operations", () => {
  expect(differences(contract)).toEqual([]);
});

test("an operation that only the contract has is missed in each place", () => {
  const doctored = structuredClone(contract);
  object(doctored.paths)["/watcher/pause"] = { post: { operationId: "pauseWatcher", tags: ["watcher"] } };
  expect(differences(doctored)).toEqual(Object.keys(places).map((place) => `${place} lacks pauseWatcher`));
});

test("an operation that the contract has no longer is named in each place", () => {
  const doctored = structuredClone(contract);
  delete object(doctored.paths)["/watcher/create"];
  expect(differences(doctored)).toEqual(
    Object.keys(places).map((place) => `${place} has createWatcher, the contract does not`),
  );
});
