import type { z } from "zod";
import type { Param, ParamTable, ValueOf } from "./wire.ts";

/**
 * How a call may be repeated, in the terms of RFC 9110.
 *
 * - `safe`: changes nothing, repeated freely.
 * - `idempotent`: a write with the same end state when sent twice.
 * - `non-idempotent`: a write that is repeated only when the server certainly did not process it.
 */
export type CallClass = "safe" | "idempotent" | "non-idempotent";

/** Methods that this client uses. */
export type HttpMethod = "GET" | "POST" | "PUT";

/** What a call needs: either credential, a session (a person), or nothing. Assumed throughout. */
export type Auth = "token-or-session" | "session" | "none";

/**
 * How sure the contract is. `engine`: certain for the public engine under the service, whose own layer may add to it or hide it.
 * `assumed` items are our own choice until the vendor's contract says otherwise.
 */
export type Evidence = "documented" | "engine" | "inferred" | "assumed";

/** What a successful reply carries: the envelope, a picture, a script, or a document that comes without the envelope. */
export type ReplyKind = "envelope" | "image" | "script" | "document";

/** One operation of the API. */
export interface Endpoint<Params extends ParamTable = ParamTable, Data = unknown> {
  /** `operationId` in the contract. */
  readonly operation: string;
  readonly method: HttpMethod;
  /** Path with `{names}` of the parameters that travel in it; the others go into the query (GET) or the form. */
  readonly path: string;
  readonly call: CallClass;
  readonly auth: Auth;
  /** How sure the contract is of what the call does. */
  readonly evidence: Evidence;
  readonly reply: ReplyKind;
  /** There is a newer call. */
  readonly deprecated: boolean;
  /** By wire name. */
  readonly params: Params;
  /** How sure the contract is of the parameters' names. A name in the path was seen with it; what is left out is assumed. */
  readonly names: Evidence | Readonly<Partial<Record<keyof Params & string, Evidence>>>;
  /** Shape of `data` in the reply. */
  readonly data: z.ZodType<Data>;
  /** Where the service uses other names than this row, by the options of the client. */
  readonly real?: RealNames;
}

/** Names that the service uses in place of those of an endpoint. */
export interface RealNames {
  /** Parameter to real name. */
  readonly params: ReadonlyMap<string, string>;
  /** Dotted path of a reply field to its real name. */
  readonly reply: ReadonlyMap<string, string>;
  /** Parameters that are not sent. */
  readonly omit: ReadonlySet<string>;
  /** A copy of `data` with our names. */
  readonly rename: (data: unknown) => unknown;
}

type Row<Params extends ParamTable, Data> = Omit<Endpoint<Params, Data>, "reply" | "deprecated" | "names" | "real"> &
  Partial<Pick<Endpoint<Params, Data>, "reply" | "deprecated" | "names">>;

/** Makes one row of the table of endpoints. */
export function defineEndpoint<const Params extends ParamTable, Data>(row: Row<Params, Data>): Endpoint<Params, Data> {
  return Object.freeze({ reply: "envelope" as const, deprecated: false, names: "assumed" as const, ...row });
}

/** A listing that is read page by page; `items` is the key of the page in `data`. */
export interface Pager<E extends Endpoint = Endpoint, Items extends string = string> {
  readonly endpoint: E;
  readonly items: Items;
}

/** Makes an iterator over the items of a listing that has `limit` and `offset`. */
export function definePager<E extends Endpoint<ParamTable, Record<Items, readonly unknown[]>>, Items extends string>(
  endpoint: E,
  items: Items,
): Pager<E, Items> {
  return Object.freeze({ endpoint, items });
}

type Flatten<T> = { [K in keyof T]: T[K] };

/** Parameters as a caller writes them: required ones, and optional ones that may also be undefined. */
export type ParamsOf<T extends ParamTable> = Flatten<
  { readonly [K in keyof T as T[K] extends Param<never, true> ? K : never]: ValueOf<T[K]> } & {
    readonly [K in keyof T as T[K] extends Param<never, true> ? never : K]?: ValueOf<T[K]> | undefined;
  }
>;

/** Parameters that say how much of something is given, and not what. */
const EXTENT: readonly string[] = ["include_deleted", "limit", "offset", "metrics_limit"];

/**
 * Whether a call can be made without one of its parameters: an optional one of a read that says how much is given. Without any
 * other one the service would answer another question, or a write do another thing.
 */
export const isOmittable = ({ call, params }: Endpoint, name: string): boolean =>
  call === "safe" && EXTENT.includes(name) && params[name]?.required === false;

/** Names of the parameters in a path template. */
export function namesInPath(path: string): string[] {
  return Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = ""]) => name);
}

/** How sure the contract is of the name of a parameter. */
export function evidenceOfName(endpoint: Endpoint, name: string): Evidence {
  if (namesInPath(endpoint.path).includes(name)) return "documented";
  const { names } = endpoint;
  if (typeof names === "string") return names;
  return (Object.hasOwn(names, name) ? names[name] : undefined) ?? "assumed";
}
