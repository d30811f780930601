import { randomizer } from "./random.ts";

/** What goes wrong. */
export type FaultAction =
  /** 429. Without `retryAfter` there is no Retry-After header. */
  | { kind: "rate-limit"; retryAfter?: number | string }
  /** An error reply; the request is not processed. */
  | { kind: "status"; status: number; message?: string; errors?: Record<string, string> }
  /** The request is processed as ever, but only after a while. */
  | { kind: "delay"; ms: number }
  /** Nothing happens until the promise resolves, then what it says; the function is called as the request comes in. */
  | { kind: "hold"; until: () => Promise<FaultAction | null> }
  /** The socket is closed without a reply, before the request is processed or after it took effect. */
  | { kind: "drop"; when: "before" | "after" }
  /** The connection stays open and nothing is ever sent, before the request is processed or after it took effect. */
  | { kind: "silence"; when: "before" | "after" }
  /** The request takes effect, the reply is an error. */
  | { kind: "status-after"; status: number }
  /** HTTP 200 with a failing `status.code`; the request is not processed. */
  | { kind: "envelope"; code: number; message?: string }
  /** An HTML page of some proxy, by default with 502; the request is not processed. */
  | { kind: "html"; status?: number }
  /** The request takes effect; half of the reply arrives, then the socket is closed. */
  | { kind: "truncate" }
  /** The request takes effect; the reply is changed before it is sent. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reaches into whatever reply it means to spoil.
  | { kind: "mutate"; change: (body: any) => any };

/** Something that goes wrong with some requests. */
export interface Fault {
  /** An operationId, `"*"` for all requests, or a pattern over `METHOD /path`. */
  on: string | RegExp;
  /**
   * How many requests it hits; Infinity is allowed.
   * @default 1
   */
  times?: number;
  /**
   * How many matching requests pass before it hits.
   * @default 0
   */
  skip?: number;
  /**
   * How likely it hits a matching request, from 0 to 1; one that it spares uses up no turn.
   * @default 1
   */
  chance?: number;
  /**
   * Decides which requests `chance` picks.
   * @default 1
   */
  seed?: number;
  do: FaultAction;
}

/** Faults under way. Of several that match a request, the one added first hits; the others keep their turns. */
export interface Faults {
  add(fault: Fault): void;
  clear(): void;
}

interface Pending {
  readonly fault: Fault;
  skip: number;
  times: number;
  readonly hits: () => boolean;
}

/** The faults of one simulator. */
export class FaultList implements Faults {
  readonly #operations: ReadonlySet<string>;
  #pending: Pending[] = [];

  constructor(operations: Iterable<string>) {
    this.#operations = new Set(operations);
  }

  add(fault: Fault): void {
    const { on } = fault;
    // A fault that can never hit would make its test pass for no reason.
    if (typeof on === "string" && on !== "*" && !this.#operations.has(on))
      throw new Error(`There is no operation "${on}".`);
    const { chance = 1, seed = 1 } = fault;
    const random = randomizer(seed);
    this.#pending.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1, hits: () => random() < chance });
  }

  clear(): void {
    this.#pending = [];
  }

  /** What goes wrong with this request, if anything. Uses up a turn. */
  take(operation: string | null, method: string, path: string): FaultAction | null {
    let hit: Pending | null = null;
    for (const pending of this.#pending) {
      if (pending.times < 1 || !matches(pending.fault.on, operation, `${method} ${path}`)) continue;
      if (pending.skip > 0) pending.skip -= 1;
      else if (hit === null && pending.hits()) hit = pending;
    }
    if (hit) hit.times -= 1;
    this.#pending = this.#pending.filter(({ times }) => times >= 1);
    return hit?.fault.do ?? null;
  }
}

function matches(on: Fault["on"], operation: string | null, target: string): boolean {
  if (on instanceof RegExp) {
    on.lastIndex = 0;
    return on.test(target);
  }
  return on === "*" || on === operation;
}
