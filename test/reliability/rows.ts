import { expect } from "vitest";
import type { RunSource } from "./driver.ts";
import { faults, outages } from "./faults.ts";
import { type Outcome, play, type Trouble } from "./matrix.ts";
import { type Operation, operations } from "./operations.ts";

/** What was found about one request of one operation. */
export interface Row {
  readonly operation: Operation;
  /** Name of the request in the contract. */
  readonly request: string;
  /** By the name of what went wrong with it: how the operation ended. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

const POSTS: readonly unknown[] = ["createWatcher", "createThresholdWatcher", "addExclusion"];

/** Plays every operation of a kind with everything that can go wrong with each of its requests. */
export async function rowsOf(runs: RunSource, kind: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const operation of operations.filter((candidate) => candidate.kind === kind)) {
    const smooth = await play(runs, operation);
    for (const [at, { operation: request }] of smooth.requests.entries()) {
      const outcomes = new Map<string, Outcome>();
      for (const [name, action] of Object.entries({ ...faults, ...outages })) {
        outcomes.set(name, await ending(runs, operation, smooth.objects, { action, at, outage: name in outages }));
      }
      rows.push({ operation, request: String(request), outcomes });
    }
  }
  return rows;
}

async function ending(runs: RunSource, operation: Operation, objects: string[], trouble: Trouble): Promise<Outcome> {
  const text = `${operation.kind} ${operation.name}, ${JSON.stringify(trouble)}`;
  const ended = await play(runs, operation, trouble).catch((error: unknown) => {
    throw new Error(`${text}: ${String(error)}`, { cause: error });
  });
  expect(ended.objects, text).toEqual(objects);
  const posts = ended.requests.filter(({ operation: name }) => POSTS.includes(name));
  // A refusal for too many requests is the one reply that lets a create be sent again.
  if (trouble.action.kind !== "rate-limit") expect(posts.length, text).toBeLessThanOrEqual(1);
  return ended.outcome;
}

/** The table of docs/internals/reliability-table.md, without its head. */
export function lines(rows: readonly Row[]): string[] {
  return rows.map(({ operation, request, outcomes }) =>
    line([operation.kind, nameOf(operation), `\`${request}\``, ...columns.map((name) => outcomes.get(name) ?? "")]),
  );
}

const columns = [...Object.keys(faults), ...Object.keys(outages)];
const head = ["Kind", "Operation", "Request", ...columns];
export const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/** The whole file: the table, and how many cases it stands for. */
export function table(rows: readonly Row[]): string {
  const text = `# What a failed request leads to

Found by ${rows.length * columns.length} cases, each through Pulumi's own provider host; [reliability.md](../reliability.md) explains the words.
`;
  return [text, line(head), line(head.map(() => "---")), ...lines(rows), ""].join("\n");
}

export const nameOf = ({ name, wanted }: Operation) => (wanted?.undelete === true ? "create, `undelete`" : name);
