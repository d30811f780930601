// The type of the client, inferred from the table of endpoints. Users read `client.gen.ts`, which is written from it: inferred types need
// zod's declarations, which old settings of TypeScript cannot read, and show as one giant type in an editor.
import type { Endpoint, Pager, ParamsOf } from "./endpoint.ts";
import type { Groups } from "./endpoints/index.ts";
import type { CallOptions } from "./options.ts";
import type { Reply } from "./reply.ts";
import type { ParamTable } from "./wire.ts";

/** Arguments of a call: parameters first, unless there are none; they may be left out when none is required. */
type Arguments<Params extends ParamTable> = keyof Params extends never
  ? [options?: CallOptions]
  : Record<never, never> extends ParamsOf<Params>
    ? [params?: ParamsOf<Params>, options?: CallOptions]
    : [params: ParamsOf<Params>, options?: CallOptions];

/** The method that a row of the table of endpoints becomes. */
type Method<E> =
  E extends Pager<Endpoint<infer Params, infer Data>, infer Items>
    ? (...args: Arguments<Params>) => AsyncGenerator<ItemOf<Data, Items>, void, undefined>
    : E extends Endpoint<infer Params, infer Data>
      ? (...args: Arguments<Params>) => Promise<Reply<Data>>
      : never;

type ItemOf<Data, Items extends string> = Data extends Readonly<Record<Items, readonly (infer Item)[]>> ? Item : never;

/** The methods of one group of the API. */
type Methods<Group> = { readonly [Name in keyof Group]: Method<Group[Name]> };

/** One method per operation, in the groups of the API's own index. */
export type DerivedClient = { readonly [Name in keyof Groups]: Methods<Groups[Name]> };
