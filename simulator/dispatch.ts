import type { Caller } from "./auth.ts";
import type { ReadCache } from "./cache.ts";
import { Call } from "./call.ts";
import { defaultMessages, failureData, Refusal, statusOf } from "./envelope.ts";
import type { Received, Reply } from "./http.ts";
import { jsonReply } from "./http.ts";
import { Problems, readParams } from "./params.ts";
import type { Route } from "./route.ts";
import { RawReply } from "./route.ts";
import type { Found } from "./router.ts";
import type { Service } from "./service.ts";

/** All that is known about a request before it is processed. */
export interface Request {
  received: Received;
  found: Found;
  caller: Caller;
  /** Milliseconds, for `status.duration`. */
  started: number;
}

/** Turns requests into replies. */
export class Dispatcher {
  readonly #service: Service;
  readonly #cache: ReadCache;

  constructor(service: Service, cache: ReadCache) {
    this.#service = service;
    this.#cache = cache;
  }

  /** Processes a request; a refusal becomes the error envelope. */
  process(request: Request): Reply {
    try {
      return this.#answer(request);
    } catch (error) {
      if (error instanceof Refusal) return this.failure(request, error);
      const message = error instanceof Error ? error.message : String(error);
      return this.failure(request, new Refusal(500, `The simulator failed: ${message}`));
    }
  }

  /** The error envelope. `httpStatus` may say that all went well. */
  failure(
    request: Request,
    refusal: Refusal,
    httpStatus = refusal.status,
    headers: Record<string, string> = {},
  ): Reply {
    const body = { status: this.#status(request, refusal.status), data: failureData(refusal) };
    return jsonReply(httpStatus, body, { ...this.#cookie(request), ...headers });
  }

  /** The error envelope of a status, with its usual message. */
  plainFailure(request: Request, status: number, headers?: Record<string, string>): Reply {
    return this.failure(
      request,
      new Refusal(status, defaultMessages[status] ?? "Something went wrong."),
      status,
      headers,
    );
  }

  #answer(request: Request): Reply {
    const { route, wrongMethod } = request.found;
    if (!route)
      throw wrongMethod ? new Refusal(405, defaultMessages[405] ?? "") : new Refusal(404, defaultMessages[404] ?? "");
    authorize(route, request.caller);
    const call = this.#call(route, request);
    if (!route.cacheable) {
      const answer = route.handle(call);
      if (answer instanceof RawReply) return this.#raw(request, answer);
      return this.#success(request, answer, 0);
    }
    const { query } = request.received;
    const key = JSON.stringify([
      request.received.path,
      call.organization.name,
      call.user?.id,
      Object.entries(query).sort(),
    ]);
    const { data, age } = this.#cache.read(route.operation, key, this.#service.now, () => route.handle(call));
    return this.#success(request, data, age);
  }

  /** Reads and checks the parameters; all problems are reported together, but a bad path comes first. */
  #call(route: Route, { received, found, caller }: Request): Call {
    const problems = new Problems();
    const specs = Object.entries(route.params ?? {});
    const inPath = specs.filter(([name]) => Object.hasOwn(found.pathParams, name));
    readParams(Object.fromEntries(inPath), found.pathParams, false, problems);
    problems.raise();
    const form = route.method !== "GET";
    const sent = { ...(form ? received.form : received.query), ...found.pathParams };
    for (const [name, others] of Object.entries(route.needs ?? {})) {
      for (const other of sent[name] === undefined ? [] : others) {
        if (sent[other] === undefined) problems.add(other, `Is needed with ${name}.`);
      }
    }
    const params = readParams(route.params ?? {}, sent, form, problems);
    const now = Math.floor(this.#service.now);
    const call = new Call({ service: this.#service, caller, params, problems, now, origin: `http://${received.host}` });
    route.check?.(call);
    problems.raise();
    return call;
  }

  #success(request: Request, data: object, age: number): Reply {
    return jsonReply(200, { status: this.#status(request, 200, age), data }, this.#cookie(request));
  }

  #raw(request: Request, { contentType, body }: RawReply): Reply {
    return { status: 200, headers: { "content-type": contentType, ...this.#cookie(request) }, body };
  }

  #status({ caller, received, started }: Request, code: number, cachedAge = 0) {
    return statusOf({
      code,
      cachedAge,
      now: this.#service.now,
      duration: (performance.now() - started) / 1000,
      sessionId: caller.sessionId,
      host: received.host,
      state: caller.organization?.state ?? null,
      user: caller.user,
    });
  }

  /** As a PHP service sends it, with each reply. A client that keeps it loses its token, since a session wins. */
  #cookie({ caller }: Request): Record<string, string> {
    return { "set-cookie": `session_id=${caller.sessionId}; path=/; HttpOnly` };
  }
}

function authorize(route: Route, caller: Caller): void {
  if (route.auth === "none" || caller.user) return;
  // The second factor comes from whoever holds the session of the attempt, or names the attempt by its token.
  if (route.beforeLogin && caller.sessionSent) return;
  if (!caller.organization) throw new Refusal(401, "Please log in.");
  if (route.auth === "session")
    throw new Refusal(403, "This needs a person who is logged in; the organization token is nobody.");
}
