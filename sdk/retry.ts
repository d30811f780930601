import type { CallState } from "./call-state.ts";
import { ConnectionFailed, isFinal, networkCode, wasNeverSent } from "./connection-failure.ts";
import type { CallClass } from "./endpoint.ts";
import { decidingStatus } from "./raw-response.ts";

/**
 * The statuses after which a call is tried again. An idempotent write is sent again after a 500 too: whether the failed one
 * took effect does not matter. 501 says that the service cannot do it at all. After a 429 nothing was done, so that every
 * call may be sent again.
 */
const statuses: Readonly<Record<CallClass, readonly number[]>> = {
  safe: [429, 500, 502, 503, 504],
  idempotent: [429, 500, 502, 503, 504],
  "non-idempotent": [429],
};

/** The statuses after which a call is tried again. */
export const retriedStatuses = (call: CallClass): number[] => [...statuses[call]];

/** Whether a failed connection is worth another attempt. */
function retriesConnection(call: CallClass, code: string | undefined): boolean {
  if (isFinal(code)) return false;
  return call !== "non-idempotent" || wasNeverSent(code);
}

/** What decides whether a failed attempt is followed by another one. */
export interface FailedAttempt {
  readonly call: CallClass;
  readonly state: CallState;
  /** The signal of the whole call. */
  readonly signal: AbortSignal;
  /** When the deadline is, on the clock of `performance.now()`. */
  readonly endsAt: number;
  /** What ended the attempt, where it was no reply. */
  readonly error: unknown;
  /** Whether it was not answered in time. */
  readonly timedOut: boolean;
}

/**
 * Whether there is another attempt, with the reason for those who look on. `wait`: ky is to decide how long to wait, and so
 * honors `Retry-After`.
 */
export type RetryDecision =
  | { readonly retry: false }
  | { readonly retry: true; readonly reason: string; readonly wait: "retry-after" | "back-off" };

/** Decides it for every failure: a refusal, too many requests (429), a broken connection, a silent server. */
export function decideRetry({ call, state, signal, endsAt, error, timedOut }: FailedAttempt): RetryDecision {
  const final = { retry: false } as const;
  if (signal.aborted) return final;
  if (state.reply !== undefined) {
    const status = decidingStatus(state.reply);
    if (!retriedStatuses(call).includes(status)) return final;
    const wait = retryAfterMs(state.reply.retryAfter, Date.now());
    if (wait !== undefined && endsAfterDeadline(state, endsAt, wait)) return final;
    return { retry: true, reason: String(status), wait: "retry-after" };
  }
  if (error instanceof ConnectionFailed) {
    const code = networkCode(error);
    if (!retriesConnection(call, code)) return final;
    return { retry: true, reason: code ?? "connection failed", wait: "back-off" };
  }
  // A silent server may have carried out what was asked.
  if (!timedOut || call === "non-idempotent") return final;
  return { retry: true, reason: "timeout", wait: "back-off" };
}

/** Whether a wait ends after the deadline, so that it is not begun; the state says so then. */
export function endsAfterDeadline(state: CallState, endsAt: number, wait: number): boolean {
  const left = endsAt - performance.now();
  if (wait < left) return false;
  state.note = `it asks to wait ${inSeconds(wait)}, and only ${inSeconds(Math.max(0, left))} are left until the deadline`;
  return true;
}

/** How a client waits between attempts. */
export interface BackOff {
  /** Milliseconds before the first retry, at most. */
  readonly retryDelay: number;
  /** Milliseconds before any retry, at most. */
  readonly maxRetryDelay: number;
}

/** Longest back-off before retry `count` (from 1); the wait is random between 0 and this. */
export const backOff = ({ retryDelay, maxRetryDelay }: BackOff, count: number): number =>
  Math.min(maxRetryDelay, retryDelay * 2 ** (count - 1));

/**
 * Milliseconds for which the whole client asks nothing after a reply; `undefined` where it goes on. A refusal for too many
 * requests is about all calls of the client.
 */
export function pauseAfter(
  status: number,
  retryAfter: number | undefined,
  settings: BackOff,
  attempts: number,
): number | undefined {
  return status === 429 ? (retryAfter ?? backOff(settings, attempts)) : undefined;
}

/** Milliseconds that a `Retry-After` header asks for: seconds, or an HTTP date. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  // Date.parse reads a date into nearly anything, "1.5" too.
  const at = /^[A-Z][a-z]{2}/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/** Milliseconds as a reader has them, such as `1.5 s`. */
export const inSeconds = (milliseconds: number): string => `${Math.round(milliseconds / 100) / 10} s`;
