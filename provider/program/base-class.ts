import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { checkOffline } from "../runtime/check.ts";
import { type Definition, inputKeys, outputKeys, type Values } from "../runtime/definition.ts";
import { defaultOf } from "../runtime/record.ts";
import { containsUnknown, UNKNOWN } from "../runtime/unknowns.ts";
import { claimKnown, claimLater } from "./duplicates.ts";
import { reportMistakes } from "./mistakes.ts";
import { judgeSettingNames } from "./setting-names.ts";
import { withoutStacks } from "./stacks.ts";

/** A value that may be known only later, at any depth. */
export type DeepInput<Value> = pulumi.Input<
  Value extends readonly (infer Item)[]
    ? DeepInput<Item>[]
    : Value extends object
      ? { [Key in keyof Value]: DeepInput<Value[Key]> }
      : Value
>;

/** Constructor of a class made from a definition, with its `get`. */
export interface ResourceClass<Args extends object, Outputs extends object> {
  new (name: string, args: Args, opts?: pulumi.CustomResourceOptions): pulumi.CustomResource & Outputs;
}

/** How resources of a kind reach the host that serves them. */
export interface Registration {
  /** Type token of the kind in that host. */
  readonly token: string;
  /** Options of every resource, before those of the program. */
  readonly options: pulumi.CustomResourceOptions;
  /** What the host needs beside the inputs of the program. None of it is a property of the resource. */
  extras?(name: string, args: object, opts: pulumi.CustomResourceOptions): Values;
  /** What of the options cannot work with that host. */
  refuse?(name: string, opts: pulumi.CustomResourceOptions): string[];
  /** An output as programs read it; the wire may have another form. */
  show?(key: string, value: unknown): unknown;
}

/**
 * Makes the base of a resource's class: its inputs are judged in the program as far as they are known, every output is
 * declared, secret ones are marked.
 */
export function baseClass<Args extends object, Outputs extends object>(
  definition: Definition,
  registration: Registration,
): ResourceClass<Args, Outputs> {
  const { token } = registration;
  const secrets = [...(definition.secret ?? [])];
  const always =
    secrets.length === 0
      ? registration.options
      : pulumi.mergeOptions({ additionalSecretOutputs: secrets }, registration.options);
  // An output that is not named would be no property of the class, not even one that check adds.
  const outputs = Object.fromEntries(outputKeys(definition).map((key) => [key, undefined]));
  const Base = class extends pulumi.CustomResource {
    constructor(name: string, args: Args, opts: pulumi.CustomResourceOptions = {}) {
      const isGet = opts.id !== undefined;
      const scope = opts.provider ?? opts.parent?.getProvider(token);
      // An explicit provider has settings of its own, which the program may take from anywhere.
      if (scope === undefined) judgeSettingNames();
      const mistakes = isGet
        ? []
        : [...(registration.refuse?.(name, opts) ?? []), ...findMistakes(definition, name, args, scope)];
      // Waited for before anything else of the resource, so that it is not registered.
      const refused = mistakes.length === 0 ? {} : { dependsOn: reportMistakes(mistakes) };
      const extras = registration.extras?.(name, args, opts) ?? {};
      const stacks = withoutStacks(definition.kind);
      try {
        const own = secretInputs(args, secrets, isGet);
        const options = pulumi.mergeOptions(pulumi.mergeOptions(always, opts), refused);
        super(token, name, { ...outputs, ...own, ...extras }, options);
      } catch (error) {
        throw stacks.caught(error);
      } finally {
        stacks.end();
      }
      // Of use to the host alone: whoever exports a resource does not want to see it.
      for (const key of Object.keys(extras)) Reflect.deleteProperty(this, key);
      showOutputs(this, definition, registration, isGet ? undefined : (args as Values));
      if (!isGet) claimLater(scope, definition, name, args as Values);
    }
  };
  Object.defineProperty(Base, "name", { value: definition.kind });
  return Base as unknown as ResourceClass<Args, Outputs>;
}

/** Outputs as a program reads them: made when somebody does, since most are never read. */
function showOutputs(
  resource: pulumi.CustomResource,
  definition: Definition,
  { show = (_key, value) => value }: Registration,
  args: Values | undefined,
): void {
  for (const key of outputKeys(definition)) {
    const recorded = Reflect.get(resource, key) as pulumi.Output<unknown>;
    // The state has null, or nothing, where nothing is set. A program reads undefined there, as of other providers, so that
    // the output of one resource can be the input of another.
    const shown = () => recorded.apply((value) => show(key, value) ?? undefined);
    const read = key === definition.idOutput ? () => idOf(resource, shown()) : shown;
    const isLeftOut = args !== undefined && isLean(definition, key);
    Object.defineProperty(resource, key, {
      configurable: true,
      enumerable: true,
      get: isLeftOut ? () => unlessUnset(args[key], read) : read,
    });
  }
}

/**
 * The id as a number. In the preview of a change the engine knows the id and no other output that the service decides: what
 * depends on it would seem to be replaced. A create that may have worked has an id of its own until it is found.
 */
const idOf = (resource: pulumi.CustomResource, recorded: pulumi.Output<unknown>): pulumi.Output<unknown> =>
  resource.id.apply((id) => (/^\d+$/.test(id) ? pulumi.output(Number(id) as unknown) : recorded));

/** Whether the state leaves an input out where the program does not set it. */
const isLean = (definition: Definition, key: string): boolean =>
  definition.alwaysExists !== true &&
  inputKeys(definition).includes(key) &&
  defaultOf(definition.inputs.shape[key] as z.ZodType) === null;

/** What the state leaves out the engine takes for unknown in a preview. That nothing is set is known from the program. */
const unlessUnset = (given: unknown, read: () => pulumi.Output<unknown>): pulumi.Output<unknown> =>
  pulumi.output(given as object | null | undefined).apply((value) => ((value ?? null) === null ? undefined : read()));

/** What can be judged without the organization: values that are known only later are the provider's to judge. */
function findMistakes(definition: Definition, name: string, args: object, scope: object | undefined): string[] {
  const { failures } = checkOffline(definition, known(args) as Values);
  const duplicate = claimKnown(scope, definition, name, args as Values);
  const mistakes = failures.map(({ reason }) => `${reason} (resource "${name}")`);
  return duplicate === undefined ? mistakes : [...mistakes, duplicate];
}

/** Whether the program gives a value that is known only later, at any depth. */
export const isPromised = (value: unknown): boolean => containsUnknown(known(value));

/** The values that are known as the program runs. The others read as they do on Pulumi's wire. */
function known(value: unknown): unknown {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return UNKNOWN;
  if (Array.isArray(value)) return value.map(known);
  if (typeof value !== "object" || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, known(inner)]));
}

/**
 * A secret input is secret whether or not the program says so: the engine marks outputs and state by the input. Of an
 * object that is only read it marks by nothing else, so there a secret input is sent even if the program gives none.
 */
function secretInputs(args: object, secrets: readonly string[], isGet: boolean): object {
  const given = args as Record<string, unknown>;
  const named = secrets.filter((key) => isGet || (given[key] !== undefined && given[key] !== null));
  return { ...args, ...Object.fromEntries(named.map((key) => [key, pulumi.secret(given[key] ?? "")])) };
}
