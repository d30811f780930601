import type { ReplyField } from "pulumi-anomify/simulator";
import { beforeAll, expect, it } from "vitest";
import { contract, replyOf, resolve, sources } from "../contract/client-contract.ts";
import { ensureBuilt } from "../helpers/build.ts";
import { startHost } from "../host/harness.ts";
import { Runs } from "./driver.ts";
import { fieldsMet, play, type Thing, things } from "./shapes.ts";

beforeAll(ensureBuilt);

type Node = Parameters<typeof resolve>[0];
const object = (value: unknown): Node => (value ?? {}) as Node;

/** The schema inside what may be null. */
const core = (node: Node): Node => {
  const alternatives = (node.oneOf ?? []) as unknown as Node[];
  return resolve(alternatives.find(({ type }) => type !== "null") ?? node);
};

/** Who cannot do without a field of a reply, by the contract; nobody, where it is empty. */
function neededBy(operation: string, field: string): readonly string[] {
  const { data } = object(replyOf(object(sources.get(operation))).schema.properties);
  let node = core(object(data));
  let found: readonly string[] = [];
  for (const step of field.split(".")) {
    const key = step.replace(/(\[\])+$/, "");
    const child = object(object(node.properties)[key]);
    const inner = core(child);
    found = (object(node["x-needed-by"])[key] ?? []) as unknown as string[];
    node = inner.type === "array" ? core(object(inner.items)) : inner;
  }
  return found;
}

/** Inside of an object that nobody needs: as if that were missing. */
function isInsideUnneeded({ operation, field }: ReplyField): boolean {
  const steps = field.split(".").slice(0, -1);
  const around = steps.map((_, index) => steps.slice(0, index + 1).join("."));
  return around.some((path) => !path.endsWith("[]") && neededBy(operation, path).length === 0);
}

/** Who can do without, at a price: a preview says "estimate". */
const TOLERANT = ["previews", "replay", "callers"];

async function forEachThing<Result>(task: (processes: Runs, thing: Thing) => Promise<Result>): Promise<Result[]> {
  const processes = [new Runs(await startHost()), new Runs(await startHost())] as const;
  return await Promise.all(things.map((thing, index) => task(processes[index % 2 === 0 ? 0 : 1], thing)));
}

it("each field of a reply may be missing, unless somebody needs it, and then the message names it", async () => {
  const columns = await forEachThing(async (processes, thing) => {
    const found = [];
    for (const omitted of await fieldsMet(processes, thing)) {
      if (isInsideUnneeded(omitted)) continue;
      const verdict = await play(processes, thing, { omit: [omitted] });
      found.push({ kind: thing.kind, ...omitted, neededBy: neededBy(omitted.operation, omitted.field), verdict });
    }
    return found;
  });
  const rows = columns.flat();
  const text = ({ kind, operation, field }: (typeof rows)[number]) => `${operation} ${field}: ${kind}`;
  // Not the message: it may show what was sent.
  const list = (chosen: typeof rows) =>
    chosen.map((row) => `${text(row)} ${row.verdict.outcome} ${"step" in row.verdict ? row.verdict.step : ""}`);

  expect(list(rows.filter(({ verdict }) => verdict.outcome === "unsafe"))).toEqual([]);
  // What nobody needs may be absent.
  const unneeded = rows.filter(({ neededBy }) => neededBy.every((who) => TOLERANT.includes(who)));
  expect(list(unneeded.filter(({ verdict }) => verdict.outcome !== "works"))).toEqual([]);
  // What stops the job is named.
  const stopped = rows.filter(({ verdict }) => verdict.outcome === "safe");
  const unnamed = stopped.filter(({ verdict, field }) => {
    const key = field.replace(/^.*\./, "").replace(/\[\]$/, "");
    return verdict.outcome !== "works" && !new RegExp(`\\b${key} is missing`).test(verdict.message);
  });
  expect(list(unnamed)).toEqual([]);
  // What is marked as needed stops somebody, unless another request says it: the list, after a write.
  const isRead = (operation: string) => contract.operation(operation).call === "safe";
  const marked = rows.filter((row) => !unneeded.includes(row) && isRead(row.operation));
  const stops = new Set(stopped.map(({ operation, field }) => `${operation} ${field}`));
  const never = marked.filter(({ operation, field }) => !stops.has(`${operation} ${field}`));
  expect(list(never)).toEqual([]);

  const needed = new Set(marked.map(({ operation, field }) => `${operation} ${field}`));
  const met = new Set(rows.map(({ operation, field }) => `${operation} ${field}`));
  process.stdout.write(
    `needed: ${needed.size} of ${met.size} fields of replies, by ${contract.operations.length} operations\n`,
  );
});
