import ky, { isTimeoutError, type Options } from "ky";
import { decidingStatus, newCallState, provesRefusal, type RawReply, ReplyTooLarge, readReply } from "./attempt.ts";
import { createSlots } from "./concurrency.ts";
import type { Endpoint } from "./endpoint.ts";
import { AnomifyError } from "./errors.ts";
import { type ClientEvent, notify } from "./events.ts";
import {
  aborted,
  attemptTimeout,
  type Call,
  contextOf,
  deadlineReached,
  inSeconds,
  inWords,
  networkError,
  pausedTooLong,
  replyError,
  replyTooLarge,
  sentence,
} from "./failure.ts";
import { type CallOptions, deadlineOf, type Settings } from "./options.ts";
import { createPace, type EndTurn, type Pace } from "./pace.ts";
import type { WireRequest } from "./request.ts";
import {
  backOff,
  networkCode,
  retriedStatuses,
  retriesNetwork,
  retriesTimeout,
  retryAfterMs,
  wasNeverSent,
} from "./retry.ts";

/** Sends requests and gives back the reply of a success; every failure is an AnomifyError. */
export type Transport = (endpoint: Endpoint, request: WireRequest, options: CallOptions) => Promise<Answered>;

/** The reply of a call that was answered with success. */
export interface Answered extends Call {
  readonly reply: RawReply;
}

/** A connection that failed, told apart from what ky itself throws. */
class ConnectionFailed extends Error {}

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
  readonly pace: Pace;
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
  const slots = createSlots(settings.concurrency);
  const pace = createPace(settings.requestsPerSecond);
  let calls = 0;
  return async (endpoint, request, options) => {
    const deadline = deadlineOf(options, settings.deadline);
    const timer = new AbortController();
    const timeout = setTimeout(() => timer.abort(new DeadlineReached()), deadline);
    const signals = [settings.signal, options.signal, timer.signal].filter((signal) => signal !== undefined);
    calls += 1;
    const run: Run = {
      pace,
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
      return { endpoint, request, state: run.state, reply: await slots(run.signal, () => exchange(run)) };
    } catch (error) {
      throw explain(run, error, deadline);
    } finally {
      run.endTurn();
      clearTimeout(timeout);
    }
  };
}

/** All attempts of a call. ky decides when to make another one, with our rules. */
async function exchange(run: Run): Promise<RawReply> {
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
    fetch: (input) => attempt(run, input as Request),
    hooks: { beforeRetry: [() => takeTurn(run)] },
    retry: {
      limit: settings.retries,
      methods: ["get", "post", "put"],
      statusCodes: retriedStatuses(endpoint.call),
      afterStatusCodes: retriedStatuses(endpoint.call),
      delay: (count) => backOff(settings.retryDelay, settings.maxRetryDelay, count),
      jitter: true,
      shouldRetry: ({ error }) => decide(run, error),
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
  const pause = run.pace.paused();
  if (pause > 0 && isTooLong(run, pause)) throw new PausedTooLong(pause);
  run.endTurn = await run.pace.begin(run.order, run.signal);
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

/**
 * One attempt, reading of the reply included. ky gets an empty reply with the deciding status and the wait that the server asks
 * for, so that its retries see a failure in `status.code` too; the real one is kept in the state of the call.
 */
async function attempt(run: Run, request: Request): Promise<Response> {
  const { state, settings, endTurn } = run;
  const before = state.uncertain;
  state.attempts += 1;
  state.uncertain = true;
  state.reply = undefined;
  run.emit({ type: "request" });
  const reply = await send(run, request).catch((error: unknown): never => {
    endTurn();
    if (error instanceof ReplyTooLarge) throw error;
    if (wasNeverSent(networkCode(error))) state.uncertain = before;
    throw new ConnectionFailed("The connection failed.", { cause: error });
  });
  const status = decidingStatus(reply);
  if (provesRefusal(status)) state.uncertain = before;
  state.answered = true;
  state.reply = reply;
  run.emit({ type: "reply", status });
  const wait = retryAfterMs(reply.retryAfter, Date.now());
  endTurn(status === 429 ? (wait ?? backOff(settings.retryDelay, settings.maxRetryDelay, state.attempts)) : undefined);
  const headers = wait === undefined ? {} : { "retry-after": String(Math.ceil(wait / 1000)) };
  return new Response(null, { status: status >= 200 && status < 600 ? status : 599, headers });
}

async function send({ settings }: Run, request: Request): Promise<RawReply> {
  const response = await (settings.fetch ?? globalThis.fetch)(request);
  const reply = await readReply(response, request.url, settings.maxReplyBytes);
  // Late for its attempt: another one may be under way already.
  request.signal.throwIfAborted();
  return reply;
}

/** Whether there is another attempt; `undefined` leaves it to ky, which then honors `Retry-After`. */
function decide(run: Run, error: Error): boolean | undefined {
  const { call } = run.endpoint;
  if (run.signal.aborted) return false;
  const { reply } = run.state;
  if (reply !== undefined) {
    const status = decidingStatus(reply);
    if (!retriedStatuses(call).includes(status)) return false;
    if (asksTooMuch(run, reply)) return false;
    return follow(run, String(status), undefined);
  }
  if (error instanceof ConnectionFailed) {
    const code = networkCode(error);
    return retriesNetwork(call, code) ? follow(run, code ?? "connection failed", true) : false;
  }
  return isTimeoutError(error) && retriesTimeout(call) ? follow(run, "timeout", true) : false;
}

function follow<T>(run: Run, reason: string, answer: T): T {
  run.state.failure = reason;
  run.emit({ type: "retry", reason });
  return answer;
}

/** A wait that ends after the deadline is not begun. */
function asksTooMuch(run: Run, reply: RawReply): boolean {
  const wait = retryAfterMs(reply.retryAfter, Date.now());
  return wait !== undefined && isTooLong(run, wait);
}

function isTooLong({ state, endsAt }: Run, wait: number): boolean {
  const left = endsAt - performance.now();
  if (wait < left) return false;
  state.note = `it asks to wait ${inSeconds(wait)}, and only ${inSeconds(Math.max(0, left))} are left until the deadline`;
  return true;
}

function explain(run: Run, error: unknown, deadline: number): Error {
  if (run.signal.aborted) {
    const { reason } = run.signal;
    return reason instanceof DeadlineReached ? deadlineReached(run, deadline) : aborted(run, reason);
  }
  const { reply } = run.state;
  if (reply !== undefined) return replyError(run, reply);
  if (error instanceof PausedTooLong) return pausedTooLong(run, error.pause);
  if (error instanceof ReplyTooLarge) return replyTooLarge(run, run.settings.maxReplyBytes);
  if (error instanceof ConnectionFailed) return networkError(run, error.cause);
  if (isTimeoutError(error)) return attemptTimeout(run, run.settings.timeout);
  const what = `Anomify could not be asked to ${inWords(run.endpoint.operation)}`;
  return new AnomifyError(sentence(run, what), contextOf(run, error));
}
