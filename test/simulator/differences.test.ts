import { readFileSync } from "node:fs";
import type { Difference } from "pulumi-anomify/simulator";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { simulate } from "./harness.ts";

const openapi = parse(readFileSync(new URL("../../contract/openapi.yaml", import.meta.url), "utf8")) as object;

// biome-ignore lint/suspicious/noExplicitAny: tests look at whatever reply they expect.
type Body = any;

async function differing(...differences: Difference[]) {
  const simulator = await simulate({ openapi, differences });
  const headers = { "X-Auth-Token": simulator.organization("acme").token };
  const send = async (path: string, form?: Record<string, string>): Promise<{ http: number; body: Body }> => {
    const init = form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) };
    const response = await fetch(simulator.url + path, { headers, ...init });
    return { http: response.status, body: await response.json() };
  };
  const document = async (): Promise<Body> => (await send("/doc/openapi")).body;
  return { simulator, send, document };
}

const properties = (operation: Body) => operation.responses["200"].content["application/json"].schema.properties;

test("a renamed and a mistyped field: in the replies of that operation alone, and in the document", async () => {
  const { send, document } = await differing(
    { kind: "renamed-field", operation: "listWatchers", field: "watchers[].chips", to: "filters" },
    { kind: "mistyped-field", operation: "listWatchers", field: "watchers[].id", type: "string" },
  );
  const [first] = (await send("/watchers/list")).body.data.watchers;
  expect(first).toMatchObject({ filters: ["checkout", "latency"], id: "501" });
  expect(first).not.toHaveProperty("chips");
  const created = await send("/watcher/create", { name: "Disk", chips: "disk" });
  expect(created.body.data.watcher).toMatchObject({ chips: ["disk"] });
  const { paths, components } = await document();
  const described = properties(paths["/watchers/list"].get).data.properties.watchers.items;
  expect(Object.keys(described.properties)).toContain("filters");
  expect(described.required).toContain("filters");
  expect(described.required).not.toContain("chips");
  expect(described.properties.id.type).toBe("string");
  expect(Object.keys(components.schemas.Watcher.properties)).toContain("chips");
});

test("a renamed parameter: the old name is ignored, the journal has what was sent", async () => {
  const { simulator, send, document } = await differing(
    { kind: "renamed-parameter", operation: "createWatcher", parameter: "chips", to: "filters" },
    { kind: "renamed-parameter", operation: "listWatchers", parameter: "include_deleted", to: "with_deleted" },
  );
  const refused = await send("/watcher/create", { name: "Disk", chips: "disk" });
  expect(refused).toMatchObject({ http: 400, body: { data: { errors: { filters: "Is missing." } } } });
  const created = await send("/watcher/create", { name: "Disk", filters: "disk" });
  expect(created.body.data.watcher.chips).toEqual(["disk"]);
  expect(simulator.journal.writes()[1]?.form).toEqual({ name: "Disk", filters: "disk" });
  const ids = async (path: string) => (await send(path)).body.data.watchers.map(({ id }: Body) => id);
  expect(await ids("/watchers/list?with_deleted=true")).toContain(499);
  expect(await ids("/watchers/list?include_deleted=true")).not.toContain(499);
  const { paths } = await document();
  const form = paths["/watcher/create"].post.requestBody.content["application/x-www-form-urlencoded"].schema;
  expect(form.required).toEqual(["filters", "name"]);
  expect(paths["/watchers/list"].get.parameters[0].name).toBe("with_deleted");
});

test("a missing, a moved and an added operation", async () => {
  const { send, document } = await differing(
    { kind: "missing-operation", operation: "listExclusionTypes" },
    { kind: "moved-path", operation: "listWatchers", path: "/v2/watchers" },
    { kind: "added-operation", operation: "listTeams", method: "GET", path: "/teams", data: { teams: [] } },
  );
  expect((await send("/exclusion/types")).http).toBe(404);
  expect((await send("/watchers/list")).http).toBe(404);
  expect((await send("/v2/watchers")).body.data.watchers).toHaveLength(3);
  expect((await send("/teams")).body.data).toEqual({ teams: [] });
  const { paths } = await document();
  expect(Object.keys(paths)).not.toContain("/exclusion/types");
  expect(paths["/v2/watchers"].get.operationId).toBe("listWatchers");
  expect(paths["/teams"].get.operationId).toBe("listTeams");
});

test("another envelope, around failures too", async () => {
  const other = await differing({ kind: "envelope", status: "meta", data: "result" });
  expect(Object.keys((await other.send("/watchers/list")).body)).toEqual(["meta", "result"]);
  expect((await other.send("/nowhere")).body.result).toEqual({ message: "No such path." });
  expect(Object.keys(properties((await other.document()).paths["/ping"].get))).toEqual(["meta", "result"]);
  const none = await differing({ kind: "envelope", status: null, data: null });
  expect((await none.send("/ping")).body).toEqual({ ping: "pong" });
});

test("a difference that could never show is refused", async () => {
  const wrong: Difference[] = [
    { kind: "missing-operation", operation: "listWatcher" },
    { kind: "renamed-parameter", operation: "createWatcher", parameter: "chip", to: "filter" },
  ];
  await expect(differing(...wrong.slice(0, 1))).rejects.toThrow('There is no operation "listWatcher".');
  await expect(differing(...wrong.slice(1))).rejects.toThrow('createWatcher has no parameter "chip"');
});
