import type { CallState } from "./call-state.ts";
import { ConnectionFailed, networkCode, wasNeverSent } from "./connection-failure.ts";
import type { ClientEvent } from "./events.ts";
import type { Settings } from "./options.ts";
import { decidingStatus, provesRefusal, type RawResponse, ResponseTooLarge, readRawResponse } from "./raw-response.ts";
import type { EndTurn } from "./request-queue.ts";
import { pauseAfter, retryAfterMs } from "./retry.ts";

/** One attempt of a call. */
export interface Attempt {
  readonly state: CallState;
  readonly settings: Settings;
  /** Ends its turn in the queue. */
  readonly endTurn: EndTurn;
  readonly emit: (event: Pick<ClientEvent, "type" | "status">) => void;
}

/**
 * A `fetch` for ky that reads the reply to its end, keeps it in the state of the call, and hands ky an empty response that
 * has the deciding status and the wait that the server asks for.
 *
 * ky's hooks cannot give two things that this client promises (ky 2.1, `core/Ky.js`). Its timeout of an attempt ends with the
 * headers, and a hook that reads the body is not within it: here a server that stops in the middle of a reply counts as
 * silent. And what an `afterResponse` hook throws is final: here a reply that is cut halfway is a failed connection, and is
 * tried again where the call may be. With the deciding status ky's own rules see a failure in `status.code` too.
 */
export async function fetchWhole(attempt: Attempt, request: Request): Promise<Response> {
  const { state, settings, endTurn } = attempt;
  const before = state.uncertain;
  state.attempts += 1;
  state.uncertain = true;
  state.reply = undefined;
  attempt.emit({ type: "request" });
  const reply = await send(settings, request).catch((error: unknown): never => {
    endTurn();
    if (error instanceof ResponseTooLarge) throw error;
    if (wasNeverSent(networkCode(error))) state.uncertain = before;
    throw new ConnectionFailed("The connection failed.", { cause: error });
  });
  const status = decidingStatus(reply);
  if (provesRefusal(status)) state.uncertain = before;
  state.answered = true;
  state.reply = reply;
  attempt.emit({ type: "reply", status });
  const wait = retryAfterMs(reply.retryAfter, Date.now());
  endTurn(pauseAfter(status, wait, settings, state.attempts));
  const headers = wait === undefined ? {} : { "retry-after": String(Math.ceil(wait / 1000)) };
  return new Response(null, { status: status >= 200 && status < 600 ? status : 599, headers });
}

async function send(settings: Settings, request: Request): Promise<RawResponse> {
  const response = await settings.fetch(request);
  const reply = await readRawResponse(response, request.url, settings.maxReplyBytes);
  // Late for its attempt: another one may be under way already.
  request.signal.throwIfAborted();
  return reply;
}
