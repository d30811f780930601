import type * as Messages from "@pulumi/pulumi/proto/resource_pb.js";
import type { Callback } from "./callbacks.ts";
import type { PulumiSdk, StructMessage } from "./pulumi-sdk.ts";
import type { PropertyMap } from "./types.ts";
import { fromOutputValues, toOutputValues } from "./values.ts";

/**
 * The transforms of a program. As in the engine those of a resource come first, then those of its parents from the inside
 * out, then those of the stack in the order of their registration.
 */
export class Transforms {
  readonly #sdk: PulumiSdk;
  readonly #ofStack: Callback[] = [];
  /** Of each resource and its parent, by URN, for its children. */
  readonly #ofResources = new Map<string, { readonly transforms: Callback[]; readonly parent: string }>();

  constructor(sdk: PulumiSdk) {
    this.#sdk = sdk;
  }

  addToStack(transform: Callback): void {
    this.#ofStack.push(transform);
  }

  /** Keeps the transforms of a resource for its children. */
  addToResource(urn: string, parent: string, transforms: Callback[]): void {
    this.#ofResources.set(urn, { transforms, parent });
  }

  /** Changes the request as the transforms ask. */
  async apply(request: Messages.RegisterResourceRequest, own: Callback[]): Promise<void> {
    const inherited: Callback[] = [];
    for (let urn = request.getParent(); urn !== ""; ) {
      const known = this.#ofResources.get(urn);
      inherited.push(...(known?.transforms ?? []));
      urn = known?.parent ?? "";
    }
    for (const transform of [...own, ...inherited, ...this.#ofStack]) await this.#applyOne(request, transform);
  }

  async #applyOne(request: Messages.RegisterResourceRequest, transform: Callback): Promise<void> {
    const { resource, struct } = this.#sdk;
    const given = propertiesOf(request.getObject());
    const dependencies: Record<string, string[]> = {};
    request.getPropertydependenciesMap().forEach((value, key) => {
      dependencies[key] = value.getUrnsList();
    });
    const question = new resource.TransformRequest();
    question.setType(request.getType());
    question.setName(request.getName());
    question.setCustom(request.getCustom());
    question.setParent(request.getParent());
    question.setProperties(struct(toOutputValues(given, dependencies)));
    question.setOptions(this.#optionsOf(request));
    const answer = resource.TransformResponse.deserializeBinary(await transform(question.serializeBinary()));

    const found = fromOutputValues(propertiesOf(answer.getProperties()));
    request.setObject(struct(found.properties));
    const options = answer.getOptions();
    if (options !== undefined) applyOptions(request, options);
    const map = request.getPropertydependenciesMap();
    map.clear();
    for (const key of Object.keys(found.properties)) {
      const urns = found.dependencies[key] ?? [];
      const entry = new resource.RegisterResourceRequest.PropertyDependencies();
      entry.setUrnsList(urns);
      map.set(key, entry);
    }
    request.setDependenciesList([
      ...new Set([...request.getDependenciesList(), ...Object.values(found.dependencies).flat()]),
    ]);
  }

  #optionsOf(request: Messages.RegisterResourceRequest): Messages.TransformResourceOptions {
    const options = new this.#sdk.resource.TransformResourceOptions();
    options.setDependsOnList(request.getDependenciesList());
    if (request.getProtect() !== undefined && (request.hasProtect?.() ?? request.getProtect())) {
      options.setProtect(request.getProtect() ?? false);
    }
    options.setIgnoreChangesList(request.getIgnorechangesList());
    options.setReplaceOnChangesList(request.getReplaceonchangesList());
    options.setVersion(request.getVersion());
    options.setAliasesList(request.getAliasesList());
    options.setProvider(request.getProvider());
    options.setCustomTimeouts(request.getCustomtimeouts());
    options.setPluginDownloadUrl(request.getPlugindownloadurl());
    if (request.getRetainondelete() !== undefined && (request.hasRetainondelete?.() ?? request.getRetainondelete())) {
      options.setRetainOnDelete(request.getRetainondelete() ?? false);
    }
    options.setDeletedWith(request.getDeletedwith());
    if (request.getDeletebeforereplacedefined()) options.setDeleteBeforeReplace(request.getDeletebeforereplace());
    options.setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList());
    request.getProvidersMap().forEach((value, key) => {
      options.getProvidersMap().set(key, value);
    });
    // Setters that the oldest supported SDKs lack.
    options.setHooks?.(request.getHooks?.());
    options.setImport?.(request.getImportid());
    options.setReplaceWithList?.(request.getReplaceWithList?.() ?? []);
    return options;
  }
}

const propertiesOf = (struct: unknown): PropertyMap => (struct as StructMessage | undefined)?.toJavaScript() ?? {};

/** What a transform answers holds as a whole: an option that it leaves out is none. */
function applyOptions(request: Messages.RegisterResourceRequest, options: Messages.TransformResourceOptions): void {
  request.setDependenciesList(options.getDependsOnList());
  if (options.hasProtect()) request.setProtect(options.getProtect() ?? false);
  else request.clearProtect?.();
  request.setIgnorechangesList(options.getIgnoreChangesList());
  request.setReplaceonchangesList(options.getReplaceOnChangesList());
  request.setVersion(options.getVersion());
  request.setAliasesList(options.getAliasesList());
  request.setProvider(options.getProvider());
  request.setCustomtimeouts(options.getCustomTimeouts());
  request.setPlugindownloadurl(options.getPluginDownloadUrl());
  if (options.hasRetainOnDelete()) request.setRetainondelete(options.getRetainOnDelete() ?? false);
  else request.clearRetainondelete?.();
  request.setDeletedwith(options.getDeletedWith());
  request.setDeletebeforereplacedefined(options.hasDeleteBeforeReplace());
  request.setDeletebeforereplace(options.getDeleteBeforeReplace() ?? false);
  request.setAdditionalsecretoutputsList(options.getAdditionalSecretOutputsList());
  // Of a component the SDK sends them back empty: those of the request hold.
  if (options.getHooks !== undefined) request.setHooks(options.getHooks());
  if (options.getImport !== undefined) request.setImportid(options.getImport());
  if (options.getReplaceWithList !== undefined) request.setReplaceWithList(options.getReplaceWithList());
}
