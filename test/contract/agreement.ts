// Compares the types of the client with the contract's while they are compiled: `npm run check:types` fails with one text per
// difference. What no type can say (evidence, patterns, what an integer is) is the matter of client.test.ts.
import type { AnomifyClient } from "pulumi-anomify/sdk";
import type { Groups } from "../../sdk/endpoints/index.ts";
import type { Operations } from "./types.gen.ts";

/** Operations whose reply has no type to compare, by the reason. */
export const notCompared = {
  getAnomalyImage: "a picture",
  getEventSenderScript: "a script for web pages",
  getMatchGraph: "a picture",
  getMatchMotifGraph: "a picture",
  getMetricGraph: "a picture",
  getMetricImage: "a picture",
  getOpenApi: "the vendor's own document, of whose inside nothing is known",
  getOrgGraph: "a picture",
} as const;

/** Compiles when there is no difference. */
function agreed<_Differences extends never>(): void {}

// Not one type with a name: the compiler would print that, and not the texts.
agreed<Differences<Operations>["operations" | "methods"]>();

/** One operation of types.gen.ts. */
interface Operation {
  /** Both are empty when the client has no method for it. */
  readonly client: readonly [group: string, method: string];
  readonly params: object;
  /** Names of parameters that an empty text clears. */
  readonly clearable: string;
  /** Left out where the reply is no envelope. */
  readonly data?: unknown;
}

/** Texts such as `createWatcher params.alert: only in the contract`; never when client and contract agree. */
interface Differences<Contract extends Record<keyof Contract, Operation>> {
  operations: { [Id in keyof Contract & string]: `${Id}${OfOperation<Id, Contract[Id]>}` }[keyof Contract & string];
  methods: `client.${Exclude<ClientMethod, ContractMethod<Contract>>}: only in the client`;
}

/** Methods as `watcher.create`. Iterators make calls of other methods, and are left out. */
type ClientMethod = {
  [Group in keyof AnomifyClient]: {
    [Method in keyof AnomifyClient[Group] & string]: AnomifyClient[Group][Method] extends Call
      ? `${Group}.${Method}`
      : never;
  }[keyof AnomifyClient[Group] & string];
}[keyof AnomifyClient];

type ContractMethod<Contract extends Record<keyof Contract, Operation>> = {
  [Id in keyof Contract]: `${Contract[Id]["client"][0]}.${Contract[Id]["client"][1]}`;
}[keyof Contract];

type Call = (...args: never[]) => Promise<{ readonly data: unknown }>;

type OfOperation<Id, Op extends Operation> = Op["client"][0] extends infer Group extends keyof AnomifyClient
  ? Op["client"][1] extends infer Method extends keyof AnomifyClient[Group]
    ? OfCall<Id, Op, AnomifyClient[Group][Method], ParamsOfRow<Groups[Group], Method>>
    : ": only in the contract"
  : ": only in the contract";

type ParamsOfRow<Rows, Name> = Name extends keyof Rows
  ? Rows[Name] extends { readonly params: infer Params }
    ? Params
    : never
  : never;

type OfCall<Id, Op extends Operation, Method, Row> = Method extends (
  ...args: infer Args
) => Promise<{ data: infer Data }>
  ? ` params${OfParams<First<Args>, Op["params"], Clearable<Row>, Op["clearable"]>}` | ` data${OfReply<Id, Op, Data>}`
  : ": no call in the client";

/** The parameters; a method without any takes options alone. */
type First<Args extends readonly unknown[]> = Args["length"] extends 0 | 1
  ? Record<never, never>
  : Exclude<Args[0], undefined>;

type Clearable<Row> = {
  [Name in keyof Row]: Row[Name] extends { readonly clearable: false } ? never : Name;
}[keyof Row];

type OfParams<Ours, Theirs, OursClear, TheirsClear> = {
  [Name in (keyof Ours | keyof Theirs) & string]: `.${Name}${Name extends keyof Ours & keyof Theirs
    ?
        | Presence<Ours, Theirs, Name>
        | OneSided<Name extends OursClear ? true : false, Name extends TheirsClear ? true : false, "clearable">
        | Empty<Ours[Name], Name extends TheirsClear ? true : false>
        | Different<Same<Exclude<Ours[Name], Nothing>, Exclude<Theirs[Name], undefined>>>
    : OneSided<Has<Ours, Name>, Has<Theirs, Name>, "there">}`;
}[(keyof Ours | keyof Theirs) & string];

/** What a caller may write in place of a value: the row knows whether it clears or is left out. */
type Nothing = null | "" | undefined;

/** What can be cleared is cleared with null. */
type Empty<Ours, Clears> = Clears extends true
  ? null extends Ours
    ? never
    : ": null is refused by the client"
  : never;

type OfReply<Id, Op extends Operation, Data> = "data" extends keyof Op
  ? Id extends keyof typeof notCompared
    ? ": has a type in the contract, and must be compared"
    : OfValue<Data, Op["data"]>
  : Id extends keyof typeof notCompared
    ? never
    : ": has no type in the contract, and is not in the list of such";

/** Differences at and below one value. Paths begin at the value, so that the compiler looks at each pair of types once. */
type OfValue<Ours, Theirs> =
  | OneSided<null extends Ours ? true : false, null extends Theirs ? true : false, "null">
  | OfCore<NonNullable<Ours>, NonNullable<Theirs>>;

type OfCore<Ours, Theirs> =
  Same<Ours, Theirs> extends true
    ? never
    : [Ours, Theirs] extends [readonly (infer OurItem)[], readonly (infer TheirItem)[]]
      ? `[]${OfValue<OurItem, TheirItem>}`
      : Structured<Ours> & Structured<Theirs> extends true
        ? OfFields<Ours, Theirs>
        : ": types differ";

type OfFields<Ours, Theirs> = {
  [Name in (keyof Ours | keyof Theirs) & string]: `.${Name}${Name extends keyof Ours & keyof Theirs
    ? Presence<Ours, Theirs, Name> | OfValue<Ours[Name], Theirs[Name]>
    : OneSided<Has<Ours, Name>, Has<Theirs, Name>, "there">}`;
}[(keyof Ours | keyof Theirs) & string];

type Presence<Ours, Theirs, Name extends keyof Ours & keyof Theirs> = OneSided<
  Required<Ours, Name>,
  Required<Theirs, Name>,
  "required"
>;
type Required<T, Name extends keyof T> = Record<never, never> extends Pick<T, Name> ? false : true;
type Has<T, Name> = Name extends keyof T ? true : false;

interface Words {
  there: "";
  required: "required ";
  clearable: "clearable ";
  null: "may be null ";
}

/** Says which side alone has something. */
type OneSided<Ours, Theirs, Word extends keyof Words> = [Ours, Theirs] extends [true, false]
  ? `: ${Words[Word]}only in the client`
  : [Ours, Theirs] extends [false, true]
    ? `: ${Words[Word]}only in the contract`
    : never;

type Different<AreSame> = AreSame extends true ? never : ": types differ";

/** Whether two types are one; mutual assignability would let `any` pass. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** One object with properties: no text, list or choice of objects, whose common properties alone would be compared. */
type Structured<T> = [T] extends [string | number | boolean | readonly unknown[]]
  ? false
  : IsUnion<T> extends true
    ? false
    : [T] extends [object]
      ? true
      : false;
type IsUnion<T, Whole = T> = (T extends unknown ? ([Whole] extends [T] ? false : true) : never) extends false
  ? false
  : true;
