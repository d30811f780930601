import * as pulumi from "@pulumi/pulumi";
import { typeToken } from "../hosts/dynamic/provider-text.ts";
import { normalOutput } from "../hosts/plugin/normal-form.ts";
import { type Definition, outputKeys, type Values } from "../runtime/definition.ts";
import { claimLater } from "./duplicates.ts";
import { reportMistakes } from "./mistakes.ts";
import { nativeToken } from "./native-token.ts";
import { findMistakes, type ResourceClass, secretInputs } from "./resource-class.ts";
import { withoutStacks } from "./stacks.ts";

/**
 * Makes the base of a resource's class that the native plugin serves, with the arguments and outputs of the dynamic one. Its
 * alias takes over what the dynamic one recorded.
 */
export function nativeClass<Args extends object, Outputs extends object>(
  definition: Definition,
): ResourceClass<Args, Outputs> {
  const { kind } = definition;
  const secrets = [...(definition.secret ?? [])];
  const own: pulumi.CustomResourceOptions = {
    aliases: [{ type: typeToken(kind) }],
    ...(secrets.length === 0 ? {} : { additionalSecretOutputs: secrets }),
  };
  const Base = class extends pulumi.CustomResource {
    constructor(name: string, args: Args, opts: pulumi.CustomResourceOptions = {}) {
      const scope = opts.provider ?? opts.parent?.getProvider(nativeToken(kind));
      const mistakes = opts.id === undefined ? findMistakes(definition, name, args, scope) : [];
      // Waited for before anything else of the resource, so that it is not registered.
      const refused = mistakes.length === 0 ? {} : { dependsOn: reportMistakes(mistakes) };
      const stacks = withoutStacks(kind);
      try {
        // An output that is not named here would be no property of the class.
        const outputs = Object.fromEntries(outputKeys(definition).map((key) => [key, undefined]));
        const inputs = { ...outputs, ...secretInputs(args, secrets, opts.id !== undefined) };
        super(nativeToken(kind), name, inputs, pulumi.mergeOptions(pulumi.mergeOptions(own, opts), refused));
      } catch (error) {
        throw stacks.caught(error);
      } finally {
        stacks.end();
      }
      showNormalForm(this, definition);
      if (opts.id === undefined) claimLater(scope, definition, name, args as Values);
    }
  };
  Object.defineProperty(Base, "name", { value: kind });
  return Base as unknown as ResourceClass<Args, Outputs>;
}

/** On the plugin's wire ids of people are texts. Outputs are put right as a program reads them: undefined where nothing is set. */
function showNormalForm(resource: pulumi.CustomResource, definition: Definition): void {
  for (const key of outputKeys(definition)) {
    const raw = Reflect.get(resource, key) as pulumi.Output<unknown>;
    Object.defineProperty(resource, key, {
      configurable: true,
      enumerable: true,
      get: () => raw.apply((value) => normalOutput(definition, key, value) ?? undefined),
    });
  }
}
