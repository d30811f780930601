export const ROOT_STACK_TYPE = "pulumi:pulumi:Stack";
const PROVIDER_TYPE_PREFIX = "pulumi:providers:";

export interface UrnParts {
  stack: string;
  project: string;
  /** The types of all parents and its own, joined by `$`. */
  qualifiedType: string;
  type: string;
  name: string;
}

export function parseUrn(urn: string): UrnParts {
  const [head = "", project = "", qualifiedType = "", ...name] = urn.split("::");
  const type = qualifiedType.slice(qualifiedType.lastIndexOf("$") + 1);
  return { stack: head.replace("urn:pulumi:", ""), project, qualifiedType, type, name: name.join("::") };
}

/** The address of a resource. The root stack is no part of the address of its children. */
export function createUrn(
  stack: string,
  project: string,
  parent: string | undefined,
  type: string,
  name: string,
): string {
  const parentType = parent ? parseUrn(parent).qualifiedType : ROOT_STACK_TYPE;
  const qualified = parentType === ROOT_STACK_TYPE ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

export const isProviderType = (type: string): boolean => type.startsWith(PROVIDER_TYPE_PREFIX);
export const packageOf = (type: string): string => type.slice(0, type.indexOf(":"));
export const providerTypeOf = (pkg: string): string => PROVIDER_TYPE_PREFIX + pkg;

/** The URN half of a provider reference, which reads `<urn>::<id>`. */
export const urnOfReference = (reference: string): string => reference.slice(0, reference.lastIndexOf("::"));
export const idOfReference = (reference: string): string => reference.slice(reference.lastIndexOf("::") + 2);

/** Default providers are the engine's own business: they are neither shown nor counted. */
export function isDefaultProvider(urn: string): boolean {
  const { type, name } = parseUrn(urn);
  return isProviderType(type) && (name === "default" || name.startsWith("default_"));
}
