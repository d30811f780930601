import { providerText, typeToken } from "../../provider/hosts/dynamic/provider-text.ts";
import type { Values } from "../../provider/runtime/definition.ts";
import { seal } from "../../provider/stack/sealed.ts";
import type { PlannedResource } from "./model.ts";

/** Content of the file for `pulumi import --file`. */
export interface ImportFile {
  readonly resources: readonly ImportedResource[];
}
export interface ImportedResource {
  readonly type: string;
  readonly name: string;
  /** Absent for a component, which has neither inputs nor outputs. */
  readonly id?: string;
  readonly component?: true;
  /** Name of the component in this file to which it belongs. */
  readonly parent?: string;
  readonly inputs?: Values;
  readonly outputs?: Values;
}

/** A component that has all resources of the file. */
export interface ImportedComponent {
  readonly type: string;
  readonly name: string;
}

/** With inputs and outputs Pulumi asks nobody what the object looks like: it only has the provider check the inputs. */
export function importFileOf(
  resources: readonly PlannedResource[],
  secretValues: boolean,
  component?: ImportedComponent,
): ImportFile {
  const own = resources.map((resource) => ({
    type: typeToken(resource.kind),
    name: resource.name,
    id: resource.id,
    ...(component === undefined ? {} : { parent: component.name }),
    inputs: sealed(resource, resource.inputs, secretValues),
    outputs: sealed(resource, resource.outputs, secretValues),
  }));
  if (component === undefined) return { resources: own };
  return { resources: [{ type: component.type, name: component.name, component: true }, ...own] };
}

function sealed({ kind, secretKeys }: PlannedResource, values: Values, secretValues: boolean): Values {
  const secrets = Object.keys(secretKeys).map((key) => [key, secret(secretValues ? values[key] : null)]);
  return { ...values, ...Object.fromEntries(secrets), __provider: providerText(kind) };
}

/**
 * A secret in the form of a deployment, which Pulumi encrypts as it takes it into the state. One without a value keeps the
 * mark, so that what a refresh finds is encrypted too.
 */
function secret(value: unknown): Values {
  return seal(JSON.stringify(value));
}
