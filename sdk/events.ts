import type { WireOverrides } from "./wire-overrides/index.ts";

/** What an observer is given. Nothing in it is secret. */
export interface ClientEvent {
  /**
   * - `request`: an attempt is about to be sent.
   * - `retry`: the attempt failed and another one will follow, after a wait.
   * - `reply`: the attempt was answered, with success or not.
   * - `adaptation`: the service refused the way of asking, and another one worked; it is used from now on. Once for each.
   * - `reading`: a part of a reply has another form than the contract says, and was read all the same. Once for each.
   */
  readonly type: "request" | "retry" | "reply" | "adaptation" | "reading";
  /** Name of the operation in the contract. */
  readonly operation: string;
  readonly method: string;
  /** Path template, without values. */
  readonly path: string;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
  /** Of a reply: the worse of the HTTP status and `status.code`. */
  readonly status?: number | undefined;
  /** Of a reading: where, as a dotted path with `[]` for the items of a list, such as `data.watchers[].id`. */
  readonly field?: string | undefined;
  /** Of a reading: what stands there, such as `text`, `number`, `null`, `empty list`, `object` or `absent`. */
  readonly form?: string | undefined;
  /** Of an adaptation: the option `wire` that makes it permanent. */
  readonly override?: WireOverrides | undefined;
  /** Of a retry: why, e.g. `503` or `ECONNRESET`. */
  readonly reason?: string | undefined;
}

export type Observer = (event: ClientEvent) => void;

/** Notifies the observer; what it throws must not change the call. */
export function notify(observer: Observer | undefined, event: ClientEvent): void {
  try {
    observer?.(Object.freeze(event));
  } catch {
    // An observer only looks on.
  }
}
