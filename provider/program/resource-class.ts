import * as pulumi from "@pulumi/pulumi";
import { PROVIDER_KEY, SECRETS_KEY, URN_KEY } from "../hosts/core/dynamic-keys.ts";
import { providerText, typeToken } from "../hosts/dynamic/provider-text.ts";
import { checkOffline } from "../runtime/check.ts";
import { type Definition, outputKeys, type Values } from "../runtime/definition.ts";
import { UNKNOWN } from "../runtime/unknowns.ts";
import { claimKnown, claimLater } from "./duplicates.ts";
import { reportMistakes } from "./mistakes.ts";
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

/**
 * Makes the base of a resource's class: constant provider text, every output declared, secret outputs marked.
 */
export function resourceClass<Args extends object, Outputs extends object>(
  definition: Definition,
): ResourceClass<Args, Outputs> {
  const secrets = [...(definition.secret ?? [])];
  const Base = class extends pulumi.CustomResource {
    constructor(name: string, args: Args, opts: pulumi.CustomResourceOptions = {}) {
      const scope = opts.provider ?? opts.parent?.getProvider(typeToken(definition.kind));
      const mistakes =
        opts.id === undefined
          ? [...refuseImport(definition, name, opts), ...findMistakes(definition, name, args, scope)]
          : [];
      // Waited for before anything else of the resource, so that it is not registered.
      const refused = mistakes.length === 0 ? undefined : { dependsOn: reportMistakes(mistakes) };
      const stacks = withoutStacks(definition.kind);
      try {
        // An output that is not named here would be no property of the class, not even one that check adds.
        const outputs = Object.fromEntries(outputKeys(definition).map((key) => [key, undefined]));
        const text = providerText(definition.kind);
        const marked = secrets.length === 0 ? opts : pulumi.mergeOptions({ additionalSecretOutputs: secrets }, opts);
        const own = secretInputs(args, secrets, opts.id !== undefined);
        const about =
          opts.id === undefined
            ? { [URN_KEY]: urnOf(definition.kind, name, opts.parent), [SECRETS_KEY]: secretKeys(args, opts) }
            : {};
        super(
          typeToken(definition.kind),
          name,
          { ...outputs, ...own, ...about, [PROVIDER_KEY]: text },
          refused === undefined ? marked : pulumi.mergeOptions(marked, refused),
        );
        // Of use to check alone: whoever exports a resource does not want to see it.
        Reflect.deleteProperty(this, URN_KEY);
        Reflect.deleteProperty(this, SECRETS_KEY);
        for (const key of Object.keys(outputs)) undefinedForNull(this, key);
      } catch (error) {
        throw stacks.caught(error);
      } finally {
        stacks.end();
      }
      if (opts.id === undefined) claimLater(scope, definition, name, args as Values);
    }
  };
  Object.defineProperty(Base, "name", { value: definition.kind });
  return Base as unknown as ResourceClass<Args, Outputs>;
}

/**
 * The state has null where nothing is set. A program reads undefined there, as of other providers, so that the output of one
 * resource can be the input of another.
 */
function undefinedForNull(resource: pulumi.Resource, key: string): void {
  const output = Reflect.get(resource, key) as pulumi.Output<unknown>;
  Reflect.set(
    resource,
    key,
    output.apply((value) => value ?? undefined),
  );
}

function refuseImport(
  definition: Definition,
  name: string,
  { import: imported }: pulumi.CustomResourceOptions,
): string[] {
  if (imported === undefined) return [];
  return [
    `${definition.kind} "${name}": the option import cannot work, since Pulumi shows a dynamic resource neither its inputs nor its provider then. Take the object over with the input adopt: "${typeof imported === "string" ? imported : "<id>"}" where the kind has it, or run: npx anomify export`,
  ];
}

/** What can be judged without the organization: values that are known only later are the provider's to judge. */
export function findMistakes(definition: Definition, name: string, args: object, scope: object | undefined): string[] {
  const { failures } = checkOffline(definition, known(args) as Values);
  const duplicate = claimKnown(scope, definition, name, args as Values);
  const mistakes = failures.map(({ reason }) => `${reason} (resource "${name}")`);
  return duplicate === undefined ? mistakes : [...mistakes, duplicate];
}

/** The values that are known as the program runs. The others read as they do on Pulumi's wire. */
function known(value: unknown): unknown {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return UNKNOWN;
  if (Array.isArray(value)) return value.map(known);
  if (typeof value !== "object" || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, known(inner)]));
}

/**
 * Which resource the provider process is asked about: nothing else says it, and its messages belong on the row of the
 * resource. A promise, since the resource does not depend on its parent's URN for more than that.
 */
function urnOf(kind: string, name: string, parent: pulumi.Resource | undefined): Promise<string> {
  const urn = pulumi.createUrn(name, typeToken(kind), parent);
  return new Promise((resolve) => {
    urn.apply(resolve);
  });
}

/**
 * Names of the inputs that the program made secret, at whatever depth: the host hands their values over in clear, and the
 * provider has to know what no message may show.
 */
async function secretKeys(
  args: object,
  { additionalSecretOutputs = [] }: pulumi.CustomResourceOptions,
): Promise<string[]> {
  const entries = Object.entries(args).map(async ([key, value]) => {
    const isSecret = additionalSecretOutputs.includes(key) || (await pulumi.isSecret(pulumi.output(value)));
    return isSecret ? [key] : [];
  });
  return (await Promise.all(entries)).flat();
}

/**
 * A secret input is secret whether or not the program says so: the engine marks outputs and state by the input. Of an
 * object that is only read it marks by nothing else, so there a secret input is sent even if the program gives none.
 */
export function secretInputs(args: object, secrets: readonly string[], isGet: boolean): object {
  const given = args as Record<string, unknown>;
  const named = secrets.filter((key) => isGet || (given[key] !== undefined && given[key] !== null));
  return { ...args, ...Object.fromEntries(named.map((key) => [key, pulumi.secret(given[key] ?? "")])) };
}
