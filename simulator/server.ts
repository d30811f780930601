import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { identify } from "./auth.ts";
import type { Difference } from "./differences.ts";
import { differingReply, translateRequest } from "./differences.ts";
import type { Dispatcher, Request } from "./dispatch.ts";
import { Refusal } from "./envelope.ts";
import type { FaultAction, FaultList } from "./faults.ts";
import type { Reply } from "./http.ts";
import { htmlReply, jsonReply, receive, send } from "./http.ts";
import type { RequestJournal } from "./journal.ts";
import type { RateMeter } from "./rate.ts";
import type { Route } from "./route.ts";
import { findRoute } from "./router.ts";
import type { Service } from "./service.ts";
import type { ShapeList } from "./shapes.ts";

/** What the server is made of. */
export interface Parts {
  service: Service;
  routes: readonly Route[];
  dispatcher: Dispatcher;
  journal: RequestJournal;
  faults: FaultList;
  rate: RateMeter;
  differences: readonly Difference[];
  shapes: ShapeList;
  latency: number;
}

/** The HTTP side: listens on loopback, notes each request, applies faults. */
export class HttpServer {
  readonly #parts: Parts;
  readonly #server: Server;
  readonly #stopping = new AbortController();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#server = createServer((request, response) => {
      // A client that went away, or a server that stops, is nobody's error.
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", resolve);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { service, routes, journal, faults, rate, differences, shapes } = this.#parts;
    const started = performance.now();
    const sent = await receive(incoming);
    const { method, path, query, form, headers } = sent;
    const understood = shapes.receive(sent);
    const received = "refused" in understood ? sent : understood;
    const found = findRoute(routes, received.method, path);
    const caller = identify(service, {
      header: (name) => headers[name],
      parameter: (name) => query[name] ?? form[name],
    });
    const operation = found.route?.operation ?? null;
    const tenant = caller.organization?.name ?? null;
    const entry = journal.note({
      method,
      path,
      operation,
      query,
      form,
      headers,
      status: null,
      tenant,
      at: service.now,
    });
    // A request that the service refuses for its form is no call of the operation.
    const isCall = !("refused" in understood);
    const taken = rate.take() ?? (isCall ? faults.take(operation, method, path) : null);
    const fault = taken?.kind === "hold" ? await taken.until() : taken;
    if (fault?.kind === "delay") await this.#wait(fault.ms);
    if ("refused" in understood) {
      entry.status = understood.refused.status;
      await send(response, shapes.send(understood.refused, found.route, query), false);
      return;
    }
    const translated = translateRequest(received, operation, differences);
    const reply = this.#reply({ received: translated, found, caller, started }, fault);
    await this.#wait(this.#parts.latency);
    if (fault?.kind === "silence") return;
    if (!reply) {
      incoming.socket.destroy();
      return;
    }
    entry.status = reply.status;
    const differing = differingReply(reply, operation, differences);
    await send(response, shapes.send(differing, found.route, received.query), fault?.kind === "truncate");
  }

  /** The reply as the fault leaves it; null for none. */
  #reply(request: Request, fault: FaultAction | null): Reply | null {
    const { dispatcher } = this.#parts;
    switch (fault?.kind) {
      case "rate-limit":
        return dispatcher.plainFailure(
          request,
          429,
          fault.retryAfter === undefined ? {} : { "retry-after": `${fault.retryAfter}` },
        );
      case "status":
        if (fault.message === undefined && !fault.errors) return dispatcher.plainFailure(request, fault.status);
        return dispatcher.failure(
          request,
          new Refusal(fault.status, fault.message ?? "Some parameters were refused.", fault.errors),
        );
      case "envelope":
        return dispatcher.failure(request, new Refusal(fault.code, fault.message ?? "Something went wrong."), 200);
      case "html":
        return htmlReply(fault.status ?? 502);
      case "drop":
      case "silence":
        if (fault.when === "after") dispatcher.process(request);
        return null;
      case "status-after":
        dispatcher.process(request);
        return dispatcher.plainFailure(request, fault.status);
      case "mutate":
        return mutated(dispatcher.process(request), fault.change);
      default:
        return dispatcher.process(request);
    }
  }

  async #wait(ms: number): Promise<void> {
    if (ms > 0) await wait(ms, undefined, { signal: this.#stopping.signal });
  }
}

function mutated(reply: Reply, change: (body: unknown) => unknown): Reply {
  if (!reply.headers["content-type"]?.startsWith("application/json")) return reply;
  const body: unknown = JSON.parse(reply.body.toString("utf8"));
  // A change in place needs no return value.
  return jsonReply(reply.status, change(body) ?? body, reply.headers);
}
