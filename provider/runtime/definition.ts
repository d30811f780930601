import { z } from "zod";
import type { Role } from "../../domain/roles.ts";
import { printable } from "../../domain/text/printable.ts";
import type { ListName } from "../organization/list-cache.ts";
import type { Organization } from "../organization/organization.ts";
import type { Failure } from "./messages.ts";
import { inNormalForm } from "./normal-form.ts";
import { isUnknown } from "./unknowns.ts";

/**
 * Values of a schema's properties in normal form. An input that is not set is null; an output that may be missing is optional.
 */
export type InputsOf<Shape extends Record<string, z.ZodType>> = {
  [Key in keyof Shape]: NonNullable<z.output<Shape[Key]>> | NullIfOptional<Shape[Key]>;
};
type NullIfOptional<Schema extends z.ZodType> = undefined extends z.output<Schema> ? null : never;
export type OutputsOf<Shape extends Record<string, z.ZodType>> = z.output<z.ZodObject<Shape>>;

/** Property values as they travel between the engine and us: plain JSON. */
export type Values = Record<string, unknown>;

/** How sure we are of the part of the API that something rests on. */
export type Evidence = "documented" | "inferred" | "assumed";

/** What documents a property: `.meta()` of its schema. Type and default follow from the schema itself. */
export interface PropertyDoc {
  readonly description: string;
  /** How a TypeScript program writes the value, where the schema allows more than a program should write. */
  readonly writtenAs?: string;
  /** Values that an editor offers for a text that is free. */
  readonly completions?: readonly string[];
  /** The type of the output, where the normal form has another type than the input. */
  readonly outputAs?: string;
  /** How sure we are of the wire name behind it; absent where the property never reaches the API. */
  readonly evidence?: Evidence;
  /** What to use in its place, where a later version will not have it. */
  readonly deprecation?: string;
}

/** What a write answered: the object's id and all outputs that only the server decides, or that we read back. */
export interface Written<Inputs, Computed> {
  readonly id: string;
  readonly outputs: Inputs & Computed;
}

/**
 * The object exists, but not all of it could be made: the engine keeps it in the state and the next `up` finishes it.
 */
export class PartialFailure extends Error {
  override readonly name = "PartialFailure";
  readonly objectId: string;
  readonly outputs: Values;
  constructor(message: string, objectId: string, outputs: Values) {
    super(message);
    this.objectId = objectId;
    this.outputs = outputs;
  }
}

/** What makes two resources the same object. */
export interface Identity<Property extends string = string> {
  /** Input that tells objects apart; left out where an organization has only one. */
  readonly property?: Property;
  /** Whether two resources that share it are a mistake, or only confuse people. */
  readonly shared: "error" | "warning";
}

/** How objects of a kind appear in an exported program. */
export interface ExportStyle {
  /** File without its ending. */
  readonly file: string;
  /** Heading of that file. */
  readonly heading: string;
  /** Place in the program: lower ones come first. */
  readonly order: number;
  /** Whether another organization can have the same, so that a component may hold it. */
  readonly portable: boolean;
  /** What a resource is named after; left out: the first of `title`. */
  readonly name?: (inputs: Values) => string;
}

/** What a resource does to the organization's metrics. */
export interface Effect {
  /** Recorded as the output `effect`, so that a change of it shows in the diff. Absent when it is not known. */
  readonly text?: string;
  /** One short line for the row of the resource. */
  readonly message?: string;
  /** Why it must not be made. */
  readonly failures: Failure[];
}

/** An object, and the time on the service's clock that its description stands for. */
export interface CreatedObject<Item> {
  readonly item: Item;
  /** Unix seconds. */
  readonly at: number;
}

/** A create that must not be sent twice, and how its object is recognized should the reply be lost. */
export interface NonIdempotentCreate<Item extends { id: number }> {
  /** Kind of the object in Anomify, such as `watcher`; prefix of its claim. */
  readonly kind: string;
  /** What the resource is called in messages. */
  readonly label: string;
  /** All that makes the object what it is, as text: equal for equal objects. */
  readonly key: string;
  /** The list that shows the object. */
  readonly list: ListName;
  /** Whether the object is, property by property, the one that was to be made. */
  matches(item: Item): Promise<boolean> | boolean;
  /** Whether an item of the list stands for no object any more. */
  isGone(item: Item): boolean;
  /** Makes an object that is certainly the resource's what it is to be, where that can be done. */
  readonly update?: (id: number) => Promise<CreatedObject<Item>>;
  readonly send: () => Promise<CreatedObject<Item>>;
}

/** Records, before anything is sent, which object a request is about; what it gives is to be settled if nothing was sent. */
export type RecordIntent = (id: number) => Promise<{ settle(): Promise<void> } | undefined>;

/** How a kind is made whose create must not be sent twice. `runtime/create` goes through these in this order. */
export interface CreateOnce<Inputs, Computed, Item extends { id: number } = { id: number }> {
  /** Kind of the object in Anomify, such as `watcher`. */
  readonly object: string;
  /** Takes over what exists, where the inputs ask for it; `undefined` when there is nothing to take over. */
  takeOver?(org: Organization, inputs: Inputs): Promise<Written<Inputs, Computed> | undefined>;
  /** Brings back what was deleted, where the inputs ask for it; `undefined` when there is nothing to bring back. */
  revive?(org: Organization, inputs: Inputs, record: RecordIntent): Promise<Written<Inputs, Computed> | undefined>;
  request(org: Organization, inputs: Inputs): Promise<NonIdempotentCreate<Item>>;
  outputs(org: Organization, created: CreatedObject<Item>, inputs: Inputs): Promise<Inputs & Computed>;
}

/** Everything particular to one kind of resource. Free of Pulumi's types and of any knowledge of its host. */
export interface ResourceSpec<
  Inputs extends object,
  Computed extends object,
  Item extends { id: number } = { id: number },
> {
  /** Name of the class, such as `Watcher`. */
  readonly kind: string;
  /** What its objects are to alerting. */
  readonly role: Role;
  /** Inputs that name an object for people, within its kind. Not known to be unique. */
  readonly title: ReadonlyArray<keyof Inputs & string>;
  /** What two resources of one program must not share; absent where they may share everything. */
  readonly identity?: Identity<keyof Inputs & string>;
  /** Whether its objects exist whether or not a program manages them: adopted and released, never made. */
  readonly alwaysExists?: true;
  /** Output that holds the object's id, as a number; left out where the id is no number. */
  readonly idOutput?: keyof Computed & string;
  /** The list that shows its objects. */
  readonly list: ListName;
  /** How its objects appear in an exported program. */
  readonly export: ExportStyle;
  /** Place in a restore: lower ones come first. */
  readonly restoreOrder: number;
  /** Why an object that is recorded is not there any more. Left out: it was deleted. */
  whyGone?(org: Organization, id: string): Promise<string>;
  /** First sentences of its reference page. */
  readonly description: string;
  /** What `get` reads, for its documentation. Left out: an object that must exist. */
  readonly getDescription?: string;
  /** How it is created, changed and deleted, for its reference page: one sentence an item. */
  readonly behavior: readonly string[];
  /** What of it rests on assumption, for its reference page. */
  readonly assumed: readonly string[];
  readonly inputs: z.ZodObject;
  readonly computed: z.ZodObject;
  /** Inputs whose values are secrets. */
  readonly secret?: ReadonlyArray<keyof Inputs & string>;
  /** Inputs that steer this provider at create time only; they are neither compared nor sent. */
  readonly createOnly?: ReadonlyArray<keyof Inputs & string>;
  /** Inputs that only the program has: Anomify knows nothing of them. */
  readonly programOnly?: ReadonlyArray<keyof Inputs & string>;
  /** Inputs that cannot change in place. */
  readonly replaceOn?: ReadonlyArray<keyof Inputs & string>;
  /** Whether a property of `replaceOn` differs and the object is the same all the same: then it changes in place. Read-only. */
  staysInPlace?(org: Organization, recorded: Inputs & Computed, wanted: Inputs): Promise<boolean>;
  /** What the resource is called in messages. */
  label(inputs: Partial<Inputs>): string;
  /** Mistakes that a single property does not show. Gets only what is valid and known. */
  rules?(inputs: Partial<Inputs>): Failure[];
  /**
   * Inputs as the organization lists them, where it lists them in another spelling: what differs by case alone is the same.
   * Gets only what is valid and known. Read-only.
   */
  listed?(org: Organization, inputs: Partial<Inputs>): Promise<Partial<Inputs>>;
  /** Mistakes that only the organization can show, and warnings it gives rise to. Read-only. */
  lookUp?(org: Organization, inputs: Partial<Inputs>): Promise<Failure[]>;
  /** What it does to the organization's metrics. Its output `effect` is among `computed`. */
  readonly effect?: {
    /** Inputs that decide it. */
    readonly keys: ReadonlyArray<keyof Inputs & string>;
    /** `before`: what the state has. Read-only. */
    describe(org: Organization, inputs: Inputs, before?: Inputs): Promise<Effect>;
    /** A sentence on what it does to alerts, of a resource that is new or changes what decides that. Read-only. */
    replay?(org: Organization, inputs: Inputs, before?: Inputs): Promise<string | undefined>;
  };
  /** Whether two differing values of a property mean the same, such as a person's id and e-mail address. */
  equivalent?(org: Organization, key: string, recorded: unknown, wanted: unknown): Promise<boolean>;
  /** For kinds made by a request that must not be sent twice. The others have `create`. */
  readonly createOnce?: CreateOnce<Inputs, Computed, Item>;
  /** Ids of all objects of this kind that exist now. */
  ids(org: Organization): Promise<string[]>;
  /** Makes or adopts the object by requests that may be sent again; absent where there is `createOnce`. */
  create?(org: Organization, inputs: Inputs): Promise<Written<Inputs, Computed>>;
  update(org: Organization, id: string, recorded: Inputs & Computed, inputs: Inputs): Promise<Inputs & Computed>;
  /** `undefined` when the object does not exist; `recorded` is absent when nothing is managed yet (get). */
  read(org: Organization, id: string, recorded?: Inputs & Computed): Promise<(Inputs & Computed) | undefined>;
  delete(org: Organization, id: string, recorded: Inputs & Computed): Promise<void>;
}

/** A kind of resource as the runtime sees it: its types erased. */
export type Definition = ResourceSpec<Values, Values>;

/** The output of every kind that names the organization, such as `Acme Ltd (1)`. */
export const ORGANIZATION = "organization";

const organization = z.string().optional().meta({
  description:
    "The organization that it belongs to, such as `Acme Ltd (1)`: name and id. With the credential of another one nothing is changed. Absent until the first write of this release.",
});

/**
 * Checks the spec's types against each other, adds the outputs that every kind has and the normal form to what is read, then
 * erases the types for the runtime.
 */
export function defineResource<
  Inputs extends object,
  Computed extends object,
  Item extends { id: number } = { id: number },
>(spec: ResourceSpec<Inputs, Computed, Item>): Definition {
  const computed = spec.computed.extend({ [ORGANIZATION]: organization });
  const read: typeof spec.read = async (...call) => {
    const outputs = await spec.read(...call);
    return outputs && inNormalForm(spec.inputs, outputs);
  };
  return { ...spec, computed, read } as unknown as Definition;
}

/** Names of the inputs, in the order of the definition. */
export function inputKeys(definition: Definition): string[] {
  return Object.keys(definition.inputs.shape);
}

/** Names of all outputs: the inputs, then what the server decides. */
export function outputKeys(definition: Definition): string[] {
  return [...inputKeys(definition), ...Object.keys(definition.computed.shape)];
}

/** So much of a name is reported in messages. */
const MAX_NAME_LENGTH = 200;

/** `Watcher "CPU idle"`, or `Watcher` while the name is not known. */
export function labelOf(kind: string, name: unknown): string {
  if (typeof name !== "string" || name === "" || isUnknown(name)) return kind;
  return `${kind} "${name.length > MAX_NAME_LENGTH ? `${printable(name.slice(0, MAX_NAME_LENGTH))}…` : printable(name)}"`;
}
