import type * as Messages from "@pulumi/pulumi/proto/provider_pb.js";
import type { ProviderProcess } from "./provider-process.ts";
import type { PulumiSdk, RpcError, StructMessage } from "./pulumi-sdk.ts";
import type { PropertyMap } from "./types.ts";
import { parseUrn } from "./urn.ts";
import { annotateSecrets, containsUnknowns, forProvider, rejectUnknowns } from "./values.ts";

export interface CheckFailure {
  property: string;
  reason: string;
}

export interface ProviderDiff {
  changes: "none" | "some" | "unknown";
  replaceKeys: string[];
  deleteBeforeReplace: boolean;
}

export interface ReadResult {
  id: string;
  outputs: PropertyMap;
  inputs?: PropertyMap;
}

/** What a provider calls done halfway: the object exists, but something after its creation failed. */
export interface PartialState extends ReadResult {
  reasons: string[];
}

/** A call that a provider refused. `partial` is set when the object exists nevertheless. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly partial: PartialState | undefined;

  constructor(message: string, partial?: PartialState) {
    super(message);
    this.partial = partial;
  }
}

/** Its configuration depends on something that exists only after the update, so nothing can be asked in a preview. */
export class DiffUnavailableError extends Error {
  override readonly name = "DiffUnavailableError";
  constructor() {
    super(
      "The provider for this resource has inputs that are not known during preview.\n" +
        "This preview may not correctly represent the changes that will be applied during an update.",
    );
  }
}

const DIFF_CHANGES = ["unknown", "none", "some"] as const;

/** Lists reasons in the way the engine prints them. */
function reasonsText(reasons: string[]): string {
  const count = reasons.length === 1 ? "1 error occurred:" : `${reasons.length} errors occurred:`;
  return `${count}\n${reasons.map((reason) => `\t* ${reason}`).join("\n")}\n\n`;
}

/** A configured provider: typed calls, secrets taken off on the way in and put back by name on the way out. */
export class ProviderClient {
  readonly #sdk: PulumiSdk;
  readonly #start: () => Promise<ProviderProcess>;
  readonly #config: PropertyMap;
  #process: Promise<ProviderProcess> | undefined;
  /** False when the configuration holds unknowns: then no process is asked. */
  readonly known: boolean;

  constructor(sdk: PulumiSdk, start: () => Promise<ProviderProcess>, config: PropertyMap) {
    this.#sdk = sdk;
    this.#start = start;
    this.#config = config;
    this.known = !containsUnknowns(config);
  }

  async check(
    urn: string,
    olds: PropertyMap,
    news: PropertyMap,
    preview: boolean,
  ): Promise<{ inputs: PropertyMap; failures: CheckFailure[] }> {
    if (!this.known) return { inputs: news, failures: [] };
    const request = this.#request(new this.#sdk.provider.CheckRequest(), urn);
    request.setOlds(this.#struct(olds));
    request.setNews(this.#struct(news));
    const response = await this.#call<Messages.CheckResponse>("check", request);
    const returned = javaScript(response.getInputs());
    const inputs = annotateSecrets(preview ? returned : rejectUnknowns(returned), news);
    const failures = response
      .getFailuresList()
      .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
    return { inputs, failures };
  }

  async diff(
    urn: string,
    id: string,
    old: { inputs: PropertyMap; outputs: PropertyMap },
    news: PropertyMap,
    ignored: string[],
  ): Promise<ProviderDiff> {
    if (!this.known) throw new DiffUnavailableError();
    const request = this.#request(new this.#sdk.provider.DiffRequest(), urn);
    request.setId(id);
    request.setOlds(this.#struct(old.outputs));
    request.setOldInputs?.(this.#struct(old.inputs));
    request.setNews(this.#struct(news));
    request.setIgnorechangesList(ignored);
    const response = await this.#call<Messages.DiffResponse>("diff", request);
    return {
      changes: DIFF_CHANGES[response.getChanges()] ?? "unknown",
      replaceKeys: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
    };
  }

  async create(urn: string, inputs: PropertyMap): Promise<{ id: string; outputs: PropertyMap }> {
    const request = this.#request(new this.#sdk.provider.CreateRequest(), urn);
    request.setProperties(this.#struct(inputs));
    const response = await this.#call<Messages.CreateResponse>("create", request, inputs);
    if (!response.getId()) throw new ProviderError(`plugin returned empty resource.ID from create '${urn}'`);
    return { id: response.getId(), outputs: this.#outputs(response.getProperties(), inputs) };
  }

  async update(
    urn: string,
    id: string,
    old: { inputs: PropertyMap; outputs: PropertyMap },
    news: PropertyMap,
    ignored: string[],
  ): Promise<PropertyMap> {
    const request = this.#request(new this.#sdk.provider.UpdateRequest(), urn);
    request.setId(id);
    request.setOlds(this.#struct(old.outputs));
    request.setOldInputs?.(this.#struct(old.inputs));
    request.setNews(this.#struct(news));
    request.setIgnorechangesList(ignored);
    const response = await this.#call<Messages.UpdateResponse>("update", request, news);
    return this.#outputs(response.getProperties(), news);
  }

  /** Reads one object. An import has neither inputs nor state; an empty id in the answer means that it is gone. */
  async read(
    urn: string,
    id: string,
    inputs: PropertyMap | undefined,
    state: PropertyMap | undefined,
  ): Promise<ReadResult> {
    if (!this.known) return { id: "", outputs: {}, inputs: {} };
    const request = this.#request(new this.#sdk.provider.ReadRequest(), urn);
    request.setId(id);
    if (state) request.setProperties(this.#struct(state));
    if (inputs) request.setInputs(this.#struct(inputs));
    const response = await this.#call<Messages.ReadResponse>("read", request, state, inputs);
    const returned = response.getInputs();
    return {
      id: response.getId(),
      outputs: this.#outputs(response.getProperties(), state),
      ...(returned ? { inputs: this.#outputs(returned, inputs) } : {}),
    };
  }

  async delete(urn: string, id: string, inputs: PropertyMap, outputs: PropertyMap): Promise<void> {
    const request = this.#request(new this.#sdk.provider.DeleteRequest(), urn);
    request.setId(id);
    request.setProperties(this.#struct(outputs));
    request.setOldInputs?.(this.#struct(inputs));
    await this.#call("delete", request);
  }

  async stop(): Promise<void> {
    const running = await this.#process?.catch(() => undefined);
    await running?.stop();
  }

  #request<T extends object>(request: T, urn: string): T {
    const { name, type } = parseUrn(urn);
    const fields = request as {
      setUrn(value: string): void;
      setName?(value: string): void;
      setType?(value: string): void;
    };
    fields.setUrn(urn);
    fields.setName?.(name);
    fields.setType?.(type);
    return request;
  }

  #struct(map: PropertyMap): never {
    return this.#sdk.struct(forProvider(map));
  }

  #outputs(struct: unknown, secrets: PropertyMap | undefined): PropertyMap {
    return annotateSecrets(rejectUnknowns(javaScript(struct)), secrets ?? {});
  }

  async #call<Response>(
    method: string,
    request: unknown,
    secrets?: PropertyMap,
    inputSecrets?: PropertyMap,
  ): Promise<Response> {
    this.#process ??= this.#configured();
    try {
      return await (await this.#process).call<Response>(method, request);
    } catch (error) {
      throw this.#failure(error as RpcError, secrets, inputSecrets);
    }
  }

  async #configured(): Promise<ProviderProcess> {
    const started = await this.#start();
    const request = new this.#sdk.provider.ConfigureRequest();
    request.setAcceptsecrets(true);
    request.setAcceptresources(true);
    request.setArgs(this.#sdk.struct(this.#config));
    await started.call("configure", request);
    return started;
  }

  #failure(error: RpcError, secrets: PropertyMap | undefined, inputSecrets: PropertyMap | undefined): ProviderError {
    const bytes = error.metadata?.get("grpc-status-details-bin")[0] as Uint8Array | undefined;
    const details = bytes ? this.#sdk.status.Status.deserializeBinary(bytes).getDetailsList() : [];
    const any = details.find((detail) => detail.getTypeName() === "pulumirpc.ErrorResourceInitFailed");
    if (!any) return new ProviderError(error.details || error.message);
    const failed = this.#sdk.provider.ErrorResourceInitFailed.deserializeBinary(any.getValue_asU8());
    const reasons = failed.getReasonsList();
    const inputs = failed.getInputs();
    return new ProviderError(reasonsText(reasons), {
      id: failed.getId(),
      outputs: this.#outputs(failed.getProperties(), secrets),
      ...(inputs ? { inputs: this.#outputs(inputs, inputSecrets) } : {}),
      reasons,
    });
  }
}

const javaScript = (struct: unknown): PropertyMap => (struct as StructMessage | undefined)?.toJavaScript() ?? {};
