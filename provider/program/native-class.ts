import { normalOutput } from "../hosts/core/normal-form.ts";
import { typeToken } from "../hosts/dynamic/provider-text.ts";
import type { Definition } from "../runtime/definition.ts";
import { baseClass, type ResourceClass } from "./base-class.ts";
import { nativeToken } from "./native-token.ts";

/**
 * Makes the base of a resource's class that the native plugin serves, with the arguments and outputs of the dynamic one. Its
 * alias takes over what the dynamic one recorded.
 */
export function nativeClass<Args extends object, Outputs extends object>(
  definition: Definition,
): ResourceClass<Args, Outputs> {
  const { kind } = definition;
  return baseClass(definition, {
    token: nativeToken(kind),
    options: { aliases: [{ type: typeToken(kind) }] },
    // On the plugin's wire ids of people are texts.
    show: (key, value) => normalOutput(definition, key, value),
  });
}
