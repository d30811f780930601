import type * as Messages from "@pulumi/pulumi/proto/resource_pb.js";
import { bindingOf } from "./hooks.ts";
import type { StructMessage } from "./pulumi-sdk.ts";
import type { HookBinding, PropertyMap } from "./types.ts";

export interface Alias {
  urn?: string;
  name?: string;
  type?: string;
  parent?: string;
  noParent?: boolean;
  project?: string;
  stack?: string;
}

/** What the program wants a resource to be. */
export interface Goal {
  type: string;
  name: string;
  custom: boolean;
  parent: string;
  properties: PropertyMap;
  provider: string;
  /** Providers by package that a component hands to its children. */
  providers: Record<string, string>;
  version: string;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  additionalSecretOutputs: string[];
  aliases: Alias[];
  ignoreChanges: string[];
  replaceOnChanges: string[];
  replaceWith: string[];
  deletedWith: string;
  importId: string;
  resourceHooks: HookBinding;
  protect?: boolean | undefined;
  retainOnDelete?: boolean | undefined;
  deleteBeforeReplace?: boolean | undefined;
}

export function emptyGoal(type: string, name: string): Goal {
  return {
    type,
    name,
    custom: true,
    parent: "",
    properties: {},
    provider: "",
    providers: {},
    version: "",
    dependencies: [],
    propertyDependencies: {},
    additionalSecretOutputs: [],
    aliases: [],
    ignoreChanges: [],
    replaceOnChanges: [],
    replaceWith: [],
    deletedWith: "",
    importId: "",
    resourceHooks: {},
  };
}

const properties = (struct: unknown): PropertyMap => (struct as StructMessage | undefined)?.toJavaScript() ?? {};

const entries = <T>(map: { forEach(visit: (value: T, key: string) => void): unknown }): [string, T][] => {
  const found: [string, T][] = [];
  map.forEach((value, key) => void found.push([key, value]));
  return found;
};

function aliasesOf(request: Messages.RegisterResourceRequest): Alias[] {
  const urns = request.getAliasurnsList().map((urn) => ({ urn }));
  const specs = request.getAliasesList().map((alias): Alias => {
    const spec = alias.getSpec();
    if (!spec) return { urn: alias.getUrn() };
    return {
      name: spec.getName(),
      type: spec.getType(),
      project: spec.getProject(),
      stack: spec.getStack(),
      ...(spec.getNoparent() ? { noParent: true } : { parent: spec.getParenturn() }),
    };
  });
  return [...urns, ...specs];
}

export function goalOf(request: Messages.RegisterResourceRequest): Goal {
  const dependencies = request.getDependenciesList();
  const object = properties(request.getObject());
  const given = entries(request.getPropertydependenciesMap()).map(
    ([key, value]) => [key, value.getUrnsList()] as const,
  );
  const byProperty = given.length > 0 ? given : Object.keys(object).map((key) => [key, dependencies] as const);
  const before = request.getDeletebeforereplace();
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    parent: request.getParent(),
    properties: object,
    provider: request.getProvider(),
    providers: Object.fromEntries(entries(request.getProvidersMap())),
    version: request.getVersion(),
    dependencies,
    propertyDependencies: Object.fromEntries(byProperty),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: aliasesOf(request),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    // Getters that the oldest supported SDK lacks.
    replaceWith: request.getReplaceWithList?.() ?? [],
    deletedWith: request.getDeletedwith?.() ?? "",
    importId: request.getImportid(),
    resourceHooks: bindingOf(request.getHooks?.()),
    protect: optional(request.hasProtect, request, request.getProtect()),
    retainOnDelete: optional(request.hasRetainondelete, request, request.getRetainondelete()),
    deleteBeforeReplace: before || request.getDeletebeforereplacedefined() ? before : undefined,
  };
}

/** The value of an optional field. SDKs in which the field was not optional send false for "not given". */
function optional(
  has: ((this: Messages.RegisterResourceRequest) => boolean) | undefined,
  request: Messages.RegisterResourceRequest,
  value: boolean | undefined,
) {
  if (!has) return value || undefined;
  return has.call(request) ? value : undefined;
}

export interface ReadGoal extends Goal {
  id: string;
}

export function readGoalOf(request: Messages.ReadResourceRequest): ReadGoal {
  return {
    ...emptyGoal(request.getType(), request.getName()),
    id: request.getId(),
    parent: request.getParent(),
    properties: properties(request.getProperties()),
    provider: request.getProvider(),
    version: request.getVersion(),
    dependencies: request.getDependenciesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
  };
}

/** What children take over from their parent when they do not say otherwise. */
export function inherit(goal: Goal, parent: Goal, packageOf: (type: string) => string): void {
  goal.deletedWith ||= parent.deletedWith;
  goal.protect ??= parent.protect;
  goal.retainOnDelete ??= parent.retainOnDelete;
  if (!goal.custom) goal.providers = { ...parent.providers, ...goal.providers };
  else goal.provider ||= parent.providers[packageOf(goal.type)] ?? "";
}
