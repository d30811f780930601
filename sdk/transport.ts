import ky, { isTimeoutError, type Options } from "ky";
import { type Call, newCallState } from "./call-state.ts";
import { ConnectionFailed } from "./connection-failure.ts";
import type { Endpoint } from "./endpoint.ts";
import {
  aborted,
  attemptTimeout,
  contextOf,
  deadlineReached,
  inWords,
  networkError,
  pausedTooLong,
  replyError,
  replyTooLarge,
  sentence,
} from "./error-builder.ts";
import { AnomifyError } from "./errors.ts";
import { type ClientEvent, notify } from "./events.ts";
import { type CallOptions, deadlineOf, type Settings } from "./options.ts";
import { type RawResponse, ResponseTooLarge } from "./raw-response.ts";
import type { WireRequest } from "./request.ts";
import { createRequestQueue, type EndTurn, type RequestQueue } from "./request-queue.ts";
import { backOff, decideRetry, endsAfterDeadline, retriedStatuses } from "./retry.ts";
import { fetchWhole } from "./whole-response-fetch.ts";

/** Sends requests and gives back the reply of a success; every failure is an AnomifyError. */
export type Transport = (endpoint: Endpoint, request: WireRequest, options: CallOptions) => Promise<Answered>;

/** The reply of a call that was answered with success. */
export interface Answered extends Call {
  readonly reply: RawResponse;
}

/** The call's time is up. */
class DeadlineReached extends Error {}

/** The service has asked for a pause that ends after the deadline. */
class PausedTooLong extends Error {
  readonly pause: number;
  constructor(pause: number) {
    super();
    this.pause = pause;
  }
}

/** What the functions below share during one call. */
interface Run extends Call {
  readonly queue: RequestQueue;
  /** Number of the call. */
  readonly order: number;
  /** Of the attempt under way. */
  endTurn: EndTurn;
  readonly settings: Settings;
  readonly signal: AbortSignal;
  /** When the deadline is, on the clock of `performance.now()`. */
  readonly endsAt: number;
  readonly emit: (event: Pick<ClientEvent, "type" | "status" | "reason">) => void;
}

/** Makes the transport of a client: one queue, one set of credentials. */
export function createTransport(settings: Settings): Transport {
  const queue = createRequestQueue(settings);
  let calls = 0;
  return async (endpoint, request, options) => {
    const deadline = deadlineOf(options, settings.deadline);
    const timer = new AbortController();
    const timeout = setTimeout(() => timer.abort(new DeadlineReached()), deadline);
    const signals = [settings.signal, options.signal, timer.signal].filter((signal) => signal !== undefined);
    calls += 1;
    const run: Run = {
      queue,
      order: calls,
      endTurn: () => undefined,
      endpoint,
      request,
      settings,
      state: newCallState(),
      signal: AbortSignal.any(signals),
      endsAt: performance.now() + deadline,
      emit: (event) => {
        const { operation, method, path } = endpoint;
        notify(settings.onEvent, { ...event, operation, method, path, attempt: run.state.attempts });
      },
    };
    try {
      return { endpoint, request, state: run.state, reply: await exchange(run) };
    } catch (error) {
      throw explain(run, error, deadline);
    } finally {
      run.endTurn();
      clearTimeout(timeout);
    }
  };
}

/** All attempts of a call. ky makes them, by the rules of `retry.ts`. */
async function exchange(run: Run): Promise<RawResponse> {
  const { endpoint, request, settings, signal, state } = run;
  const options: Options = {
    method: endpoint.method,
    headers: headersOf(endpoint, settings),
    searchParams: request.query,
    signal,
    timeout: settings.timeout,
    credentials: "omit",
    redirect: "manual",
    cache: "no-store",
    fetch: (input) => {
      const { emit, endTurn } = run;
      return fetchWhole({ state, settings, endTurn, emit }, input as Request);
    },
    hooks: { beforeRetry: [() => takeTurn(run)] },
    retry: {
      limit: settings.retries,
      methods: ["get", "post", "put"],
      statusCodes: retriedStatuses(endpoint.call),
      afterStatusCodes: retriedStatuses(endpoint.call),
      delay: (count) => backOff(settings, count),
      jitter: true,
      shouldRetry: ({ error }) => shouldRetry(run, error),
    },
  };
  if (request.form !== undefined) options.body = request.form;
  // Before ky's clock of the attempt starts: to wait for a turn is not to wait for an answer.
  await takeTurn(run);
  await ky(settings.endpoint + request.path, options);
  if (state.reply === undefined) throw new TypeError("The request was answered without a reply.");
  return state.reply;
}

async function takeTurn(run: Run): Promise<void> {
  run.endTurn();
  const pause = run.queue.paused();
  if (pause > 0 && endsAfterDeadline(run.state, run.endsAt, pause)) throw new PausedTooLong(pause);
  run.endTurn = await run.queue.begin(run.order, run.signal);
}

function headersOf(endpoint: Endpoint, { token, sessionId, userAgent }: Settings): Record<string, string> {
  const accept = { envelope: "application/json", document: "application/json", image: "image/*", script: "*/*" };
  const headers: Record<string, string> = { accept: accept[endpoint.reply], "user-agent": userAgent };
  // A call that needs no credential gets none.
  if (endpoint.auth === "none") return headers;
  if (sessionId !== undefined) headers["x-session-id"] = sessionId;
  else if (token !== undefined) headers["x-auth-token"] = token;
  return headers;
}

/** The decision in ky's words: `undefined` leaves it to ky, which then honors `Retry-After`. */
function shouldRetry(run: Run, error: Error): boolean | undefined {
  const { state, signal, endsAt } = run;
  const decision = decideRetry({
    call: run.endpoint.call,
    state,
    signal,
    endsAt,
    error,
    timedOut: isTimeoutError(error),
  });
  if (!decision.retry) return false;
  state.failure = decision.reason;
  run.emit({ type: "retry", reason: decision.reason });
  return decision.wait === "retry-after" ? undefined : true;
}

function explain(run: Run, error: unknown, deadline: number): Error {
  if (run.signal.aborted) {
    const { reason } = run.signal;
    return reason instanceof DeadlineReached ? deadlineReached(run, deadline) : aborted(run, reason);
  }
  const { reply } = run.state;
  if (reply !== undefined) return replyError(run, reply, run.settings.advice);
  if (error instanceof PausedTooLong) return pausedTooLong(run, error.pause);
  if (error instanceof ResponseTooLarge) return replyTooLarge(run, run.settings.maxReplyBytes);
  if (error instanceof ConnectionFailed) return networkError(run, error.cause, run.settings);
  if (isTimeoutError(error)) return attemptTimeout(run, run.settings.timeout, run.settings);
  const what = `Anomify could not be asked to ${inWords(run.endpoint.operation)}`;
  return new AnomifyError(sentence(run, what), contextOf(run, error));
}
