import * as pulumi from "@pulumi/pulumi";
import { PROVIDER_KEY, SECRETS_KEY, URN_KEY } from "../hosts/core/dynamic-keys.ts";
import { providerText, typeToken } from "../hosts/dynamic/provider-text.ts";
import type { Definition } from "../runtime/definition.ts";
import { baseClass, isPromised, type ResourceClass } from "./base-class.ts";

/** Makes the base of a resource's class that Pulumi's dynamic provider host serves, with the constant provider text. */
export function resourceClass<Args extends object, Outputs extends object>(
  definition: Definition,
): ResourceClass<Args, Outputs> {
  const { kind } = definition;
  const text = providerText(kind);
  return baseClass(definition, {
    token: typeToken(kind),
    options: {},
    extras: (name, args, opts) =>
      opts.id === undefined
        ? {
            [URN_KEY]: urnOf(kind, name, opts.parent),
            [SECRETS_KEY]: secretKeys(args, opts),
            [PROVIDER_KEY]: text,
          }
        : { [PROVIDER_KEY]: text },
    refuse: (name, opts) => refuseImport(kind, name, opts),
  });
}

function refuseImport(kind: string, name: string, { import: imported }: pulumi.CustomResourceOptions): string[] {
  if (imported === undefined) return [];
  return [
    `${kind} "${name}": the option import cannot work, since Pulumi shows a dynamic resource neither its inputs nor its provider then. Take the object over with the input adopt: "${typeof imported === "string" ? imported : "<id>"}" where the kind has it, or run: npx anomify export`,
  ];
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
    const isSecret =
      additionalSecretOutputs.includes(key) || (isPromised(value) && (await pulumi.isSecret(pulumi.output(value))));
    return isSecret ? [key] : [];
  });
  return (await Promise.all(entries)).flat();
}
