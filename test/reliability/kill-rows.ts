import { expect } from "vitest";
import { type Moment, type Next, playKilled, type Victims } from "./kill.ts";
import { type Operation, operations } from "./operations.ts";
import { line, nameOf } from "./rows.ts";

interface KilledRow {
  readonly operation: Operation;
  readonly request: string;
  readonly next: Readonly<Record<Moment, Next>>;
}

/** Plays every operation of a kind, with its provider process killed at each of its requests. */
export async function killedRowsOf(victims: Victims, kind: string): Promise<KilledRow[]> {
  const rows: KilledRow[] = [];
  for (const operation of operations.filter((candidate) => candidate.kind === kind)) {
    const smooth = await playKilled(victims, operation);
    for (const [at, request] of smooth.requests.entries()) {
      const next = async (moment: Moment): Promise<Next> => {
        const text = `${kind} ${nameOf(operation)}, killed ${moment} request ${at} (${request})`;
        const ended = await playKilled(victims, operation, { at, moment }).catch((error: unknown) => {
          throw new Error(`${text}: ${String(error)}`, { cause: error });
        });
        expect(ended.objects, text).toEqual(smooth.objects);
        return ended.next as Next;
      };
      rows.push({ operation, request, next: { before: await next("before"), after: await next("after") } });
    }
  }
  return rows;
}

/** The whole file. */
export function killedTable(rows: readonly KilledRow[]): string {
  const text = `# What a killed provider process leads to

Found by ${rows.length * 2} cases, each with a provider process of Pulumi's own that is killed (SIGKILL) at a request, and a new one for the next \`pulumi up\`; [reliability.md](../reliability.md) explains how. After every case the organization is what it is after an undisturbed run, a refresh finds the state as it is, and a preview is empty.

- *sent again*: the next \`up\` sends the request.
- *found*: the next \`up\` finds that the request took effect, and does not send it.
`;
  const head = ["Kind", "Operation", "Request", "killed before it took effect", "killed after, before the reply"];
  const body = rows.map(({ operation, request, next }) =>
    line([operation.kind, nameOf(operation), `\`${request}\``, next.before, next.after]),
  );
  return [text, line(head), line(head.map(() => "---")), ...body, ""].join("\n");
}
