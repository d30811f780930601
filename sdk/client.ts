import { adaptToService } from "./adaptations.ts";
import type { AnomifyClient } from "./client.gen.ts";
import type { Endpoint, Pager } from "./endpoint.ts";
import { groups } from "./endpoints/index.ts";
import { inWords } from "./error-builder.ts";
import { InvalidOptionsError } from "./errors.ts";
import { notify } from "./events.ts";
import { iterate } from "./iterate.ts";
import { type CallOptions, type ClientOptions, resolveOptions, type Settings } from "./options.ts";
import { type PageOfList, readToEnd } from "./pages.ts";
import { type Reply, readAnswer } from "./reply.ts";
import { encodeRequest, type WireRequest } from "./request.ts";
import { type Answered, createTransport } from "./transport.ts";
import { overriddenRows } from "./wire-overrides/index.ts";

/**
 * Makes a client of the Anomify REST API.
 *
 * Every failure is an `AnomifyError`. The client keeps its credentials to itself: they are in no error, event or printed form of it.
 *
 * @example
 * ```ts
 * const client = createClient({ token });
 * const { data } = await client.watchers.list();
 * ```
 */
export function createClient(options: ClientOptions): AnomifyClient {
  const settings = resolveOptions(options);
  const caller = createCaller(settings);
  const overridden = overriddenRows(options.wire);
  const rowOf = (row: Endpoint): Endpoint => overridden.get(row.operation) ?? row;
  const bound = Object.entries(groups).map(([name, group]) => [name, bindGroup(group, rowOf, caller)] as const);
  const shown = { endpoint: settings.endpoint };
  const client = Object.fromEntries(bound);
  // Printed, a client shows where it leads and nothing else.
  Object.defineProperty(client, Symbol.for("nodejs.util.inspect.custom"), { value: () => shown });
  Object.defineProperty(client, "toJSON", { value: () => shown });
  return Object.freeze(client) as unknown as AnomifyClient;
}

/** Makes calls of any operation. */
interface Caller {
  readonly call: (endpoint: Endpoint, params: object, options: CallOptions) => Promise<Reply<unknown>>;
  /** Whether an operation is asked without one of its parameters. */
  readonly omits: (operation: string, parameter: string) => boolean;
}

function createCaller(settings: Settings): Caller {
  const { send, omits } = adaptToService(createTransport(settings), settings);
  const secrets = [settings.token, settings.sessionId].filter((secret) => secret !== undefined);
  const read = reader(settings);
  const call: Caller["call"] = async (endpoint, params, options) => {
    const request = encodeRequest(endpoint, params, secrets);
    checkCredential(endpoint, settings);
    const first = read(await send(endpoint, request, options));
    return await readToEnd(endpoint, first, {
      fetchPage: async (page) => read(await send(endpoint, withPage(request, page), options)),
      allowPartial: options.allowPartial ?? false,
    });
  };
  return { call, omits };
}

/** Reads replies, and notifies the observer of each form that the contract does not have, once for the client. */
function reader({ onEvent }: Settings): (answer: Answered) => Reply<unknown> {
  const seen = new Set<string>();
  return (answer) => {
    const { operation, method, path } = answer.endpoint;
    return readAnswer(answer, ({ field, form }) => {
      const key = `${operation} ${field} ${form}`;
      if (seen.has(key)) return;
      seen.add(key);
      notify(onEvent, { type: "reading", operation, method, path, attempt: answer.state.attempts, field, form });
    });
  };
}

function withPage(request: WireRequest, page: PageOfList): WireRequest {
  const { query, form } = request;
  const sent = new URLSearchParams(form ?? query);
  for (const [name, value] of Object.entries(page)) sent.set(name, String(value));
  return form === undefined ? { ...request, query: sent } : { ...request, form: sent };
}

function checkCredential(endpoint: Endpoint, { token, sessionId }: Settings): void {
  const { operation, method, path, auth } = endpoint;
  if (auth === "none" || sessionId !== undefined) return;
  if (auth === "token-or-session" && token !== undefined) return;
  const wanted =
    auth === "session" ? "the session of a person (option sessionId)" : "a credential (option token or sessionId)";
  const why =
    token === undefined
      ? "this client has none"
      : "this client has the token of an organization, which stands for nobody";
  const message = `Not sent to Anomify: to ${inWords(operation)} needs ${wanted}, and ${why}. ${method} ${path}`;
  throw new InvalidOptionsError(message, { operation, method, path });
}

function bindGroup(
  group: Readonly<Record<string, Endpoint | Pager>>,
  rowOf: (row: Endpoint) => Endpoint,
  caller: Caller,
): object {
  const methods = Object.entries(group).map(([name, row]) => [
    name,
    "items" in row ? bindPager({ ...row, endpoint: rowOf(row.endpoint) }, caller) : bindRow(rowOf(row), caller),
  ]);
  return Object.freeze(Object.fromEntries(methods));
}

/** Methods without parameters take only the options. */
const split = (endpoint: Endpoint, args: readonly [object?, object?]): [params: object, options: CallOptions] =>
  Object.keys(endpoint.params).length === 0 ? [{}, args[0] ?? {}] : [args[0] ?? {}, args[1] ?? {}];

function bindRow(endpoint: Endpoint, caller: Caller): (...args: [object?, object?]) => Promise<Reply<unknown>> {
  return (...args) => caller.call(endpoint, ...split(endpoint, args));
}

function bindPager(
  { endpoint, items }: Pager,
  { call, omits }: Caller,
): (...args: [object?, object?]) => AsyncGenerator<unknown, void, undefined> {
  return (...args) => {
    const [params, options] = split(endpoint, args);
    const isSized = () => !omits(endpoint.operation, "limit") && endpoint.real?.omit.has("limit") !== true;
    const fetchPage = (page: object) => call(endpoint, { ...params, ...page }, options);
    return iterate(endpoint, items, { fetchPage, isSized }, params);
  };
}
