import type { Endpoint, Pager, ParamsOf } from "./endpoint.ts";
import { type Groups, groups } from "./endpoints/index.ts";
import { inWords } from "./error-builder.ts";
import { InvalidOptionsError } from "./errors.ts";
import { iterate } from "./iterate.ts";
import { type CallOptions, type ClientOptions, resolveOptions, type Settings } from "./options.ts";
import { readToEnd } from "./pages.ts";
import { type Reply, readAnswer } from "./reply.ts";
import { encodeRequest } from "./request.ts";
import { createTransport } from "./transport.ts";
import type { ParamTable } from "./wire.ts";
import { overriddenRows } from "./wire-overrides/index.ts";

/** Arguments of a call: parameters first, unless there are none; they may be left out when none is required. */
type Arguments<Params extends ParamTable> = keyof Params extends never
  ? [options?: CallOptions]
  : Record<never, never> extends ParamsOf<Params>
    ? [params?: ParamsOf<Params>, options?: CallOptions]
    : [params: ParamsOf<Params>, options?: CallOptions];

/** The method that a row of the table of endpoints becomes. */
export type Method<E> =
  E extends Pager<Endpoint<infer Params, infer Data>, infer Items>
    ? (...args: Arguments<Params>) => AsyncGenerator<ItemOf<Data, Items>, void, undefined>
    : E extends Endpoint<infer Params, infer Data>
      ? (...args: Arguments<Params>) => Promise<Reply<Data>>
      : never;

type ItemOf<Data, Items extends string> = Data extends Readonly<Record<Items, readonly (infer Item)[]>> ? Item : never;

/** The methods of one group of the API. */
export type Methods<Group> = { readonly [Name in keyof Group]: Method<Group[Name]> };

/** One method per operation, in the groups of the API's own index. */
export type AnomifyClient = { readonly [Name in keyof Groups]: Methods<Groups[Name]> };

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
  const call = caller(settings);
  const overridden = overriddenRows(options.wire);
  const rowOf = (row: Endpoint): Endpoint => overridden.get(row.operation) ?? row;
  const bound = Object.entries(groups).map(([name, group]) => [name, bindGroup(group, rowOf, call)] as const);
  const shown = { endpoint: settings.endpoint };
  const client = Object.fromEntries(bound);
  // Printed, a client shows where it leads and nothing else.
  Object.defineProperty(client, Symbol.for("nodejs.util.inspect.custom"), { value: () => shown });
  Object.defineProperty(client, "toJSON", { value: () => shown });
  return Object.freeze(client) as unknown as AnomifyClient;
}

type Caller = (endpoint: Endpoint, params: object, options: CallOptions) => Promise<Reply<unknown>>;

function caller(settings: Settings): Caller {
  const send = createTransport(settings);
  const secrets = [settings.token, settings.sessionId].filter((secret) => secret !== undefined);
  return async (endpoint, params, options) => {
    const request = encodeRequest(endpoint, params, secrets);
    checkCredential(endpoint, settings);
    const first = readAnswer(await send(endpoint, request, options));
    return await readToEnd(endpoint, first, async (page) => {
      const query = new URLSearchParams(request.query);
      for (const [name, value] of Object.entries(page)) query.set(name, String(value));
      return readAnswer(await send(endpoint, { ...request, query }, options));
    });
  };
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
  call: Caller,
): object {
  const methods = Object.entries(group).map(([name, row]) => [
    name,
    "items" in row ? bindPager({ ...row, endpoint: rowOf(row.endpoint) }, call) : bindRow(rowOf(row), call),
  ]);
  return Object.freeze(Object.fromEntries(methods));
}

/** Methods without parameters take only the options. */
const split = (endpoint: Endpoint, args: readonly [object?, object?]): [params: object, options: CallOptions] =>
  Object.keys(endpoint.params).length === 0 ? [{}, args[0] ?? {}] : [args[0] ?? {}, args[1] ?? {}];

function bindRow(endpoint: Endpoint, call: Caller): (...args: [object?, object?]) => Promise<Reply<unknown>> {
  return (...args) => call(endpoint, ...split(endpoint, args));
}

function bindPager(
  { endpoint, items }: Pager,
  call: Caller,
): (...args: [object?, object?]) => AsyncGenerator<unknown, void, undefined> {
  return (...args) => {
    const [params, options] = split(endpoint, args);
    return iterate(endpoint, items, (page) => call(endpoint, { ...params, ...page }, options), params);
  };
}
