import { z } from "zod";
import { printable } from "../../domain/text/printable.ts";
import type { Organization } from "../organization/organization.ts";
import type { Sending } from "./create/create-once.ts";
import type { OnceWrite } from "./create/find-created.ts";
import type { Effect } from "./effect.ts";
import type { Failure } from "./messages.ts";
import { isUnknown } from "./unknowns.ts";

/** Property values as they travel between the engine and us: plain JSON. */
export type Values = Record<string, unknown>;

/** How sure we are of the part of the API that something rests on. */
export type Evidence = "documented" | "inferred" | "assumed";

/** What documents a property: `.meta()` of its schema. */
export interface PropertyDoc {
  readonly description: string;
  /** Default as a reader would write it; absent when there is none. */
  readonly default?: string;
  /** How a TypeScript program writes the value. */
  readonly type: string;
  /** The same for the output, where the normal form has another type. */
  readonly outputType?: string;
  /** How sure we are of the wire name behind it; absent where the property never reaches the API. */
  readonly evidence?: Evidence;
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

/** Everything particular to one kind of resource. Free of Pulumi's types and of any knowledge of its host. */
export interface ResourceSpec<Inputs extends object, Computed extends object> {
  /** Name of the class, such as `Watcher`. */
  readonly kind: string;
  /** First sentences of its reference page. */
  readonly description: string;
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
  /** What the resource is called in messages. */
  label(inputs: Partial<Inputs>): string;
  /** Mistakes that a single property does not show. Gets only what is valid and known. */
  rules?(inputs: Partial<Inputs>): Failure[];
  /** Mistakes that only the organization can show, and warnings it gives rise to. Read-only. */
  lookUp?(org: Organization, inputs: Partial<Inputs>): Promise<Failure[]>;
  /** What it does to the organization's metrics. Its output `effect` is among `computed`. */
  readonly effect?: {
    /** Inputs that decide it. */
    readonly keys: ReadonlyArray<keyof Inputs & string>;
    /** `before`: what the state has. Read-only. */
    tell(org: Organization, inputs: Inputs, before?: Inputs): Promise<Effect>;
    /** A sentence on what it does to alerts, of a resource that is new or changes what decides that. Read-only. */
    replay?(org: Organization, inputs: Inputs, before?: Inputs): Promise<string | undefined>;
  };
  /** Whether two differing values of a property mean the same, such as a person's id and e-mail address. */
  equivalent?(org: Organization, key: string, recorded: unknown, wanted: unknown): Promise<boolean>;
  /** For kinds made by a request that must not be repeated: how an object is found whose create may have worked. */
  readonly once?: {
    /** Kind of the object in Anomify, such as `watcher`. */
    readonly object: string;
    /** Output that holds the object's id, as a number. */
    readonly idKey: keyof Computed & string;
    write(org: Organization, inputs: Inputs): Promise<OnceWrite<{ id: number }>>;
  };
  /** Ids of all objects of this kind that exist now. */
  ids(org: Organization): Promise<string[]>;
  create(org: Organization, inputs: Inputs, sending?: Sending): Promise<Written<Inputs, Computed>>;
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
  type: "string",
});

/**
 * Checks the spec's types against each other, adds the outputs that every kind has, then erases the types for the runtime.
 */
export function defineResource<Inputs extends object, Computed extends object>(
  spec: ResourceSpec<Inputs, Computed>,
): Definition {
  const computed = spec.computed.extend({ [ORGANIZATION]: organization });
  return { ...spec, computed } as unknown as Definition;
}

/** Names of the inputs, in the order of the definition. */
export function inputKeys(definition: Definition): string[] {
  return Object.keys(definition.inputs.shape);
}

/** Names of all outputs: the inputs, then what the server decides. */
export function outputKeys(definition: Definition): string[] {
  return [...inputKeys(definition), ...Object.keys(definition.computed.shape)];
}

/** So much of a name is told in messages. */
const LONGEST_NAME = 200;

/** `Watcher "CPU idle"`, or `Watcher` while the name is not known. */
export function labelOf(kind: string, name: unknown): string {
  if (typeof name !== "string" || name === "" || isUnknown(name)) return kind;
  return `${kind} "${name.length > LONGEST_NAME ? `${printable(name.slice(0, LONGEST_NAME))}…` : printable(name)}"`;
}
