import {
  status as codes,
  type ServerUnaryCall,
  type sendUnaryData,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { catalog } from "../../catalog.ts";
import { Sources } from "../../lookups/index.ts";
import type { Organization } from "../../organization/organization.ts";
import type { Values } from "../../runtime/definition.ts";
import { didYouMean, type Failure } from "../../runtime/messages.ts";
import { containsUnknown } from "../../runtime/unknowns.ts";
import type { EngineLog } from "../core/engine-messages.ts";
import type { Call } from "../core/kind-adapter.ts";
import { ProviderProcess } from "../core/provider-process.ts";
import { detailedDiff } from "./detailed-diff.ts";
import { callFunction } from "./functions.ts";
import { type PluginDiff, PluginKind } from "./plugin-kind.ts";
import { type Properties, unwrap, wrap } from "./properties.ts";
import { empty, plugin, provider } from "./proto.ts";
import { checkSettings, PLUGIN_WORDS, settingsReader } from "./provider-settings.ts";
import { RefusedCall, statusOf } from "./rpc-status.ts";

/** Of the protocol's messages: those that this plugin takes. */
type Requests = typeof provider;
type Request<Name extends keyof Requests> = Requests[Name] extends abstract new (
  ...args: never[]
) => infer Message
  ? Message
  : never;

/** What the engine may ask for before it knows anything of a resource, and what the process is told of the engine. */
export interface PluginOptions {
  /** Version of the package. */
  readonly version: string;
  /** The package schema, as JSON text. */
  readonly schema: () => string;
  readonly log: EngineLog;
  /** What is the same for all provider processes of a run, and for no others. */
  readonly run: string | undefined;
  /** Called with the address of the engine that took over a plugin which was started by hand. */
  readonly onAttach: (engineAddress: string) => void;
}

const TOKEN = /^anomify:index:(\w+)$/;

/** `pulumirpc.ResourceProvider` over the definitions: one organization, as its provider is configured. */
export class ProviderService {
  readonly #options: PluginOptions;
  readonly #process: ProviderProcess;
  readonly #sources: Sources;
  readonly #kinds: ReadonlyMap<string, PluginKind>;
  #settings: Values = {};
  #organization: Organization | undefined;

  constructor(options: PluginOptions) {
    this.#options = options;
    this.#process = new ProviderProcess(options.log, options.run, PLUGIN_WORDS);
    this.#sources = new Sources((message) => options.log({ severity: "warning", message }), PLUGIN_WORDS);
    const configured = () => {
      this.#organization ??= this.#process.organization(settingsReader(this.#settings));
      return this.#organization;
    };
    this.#kinds = new Map(
      catalog.map((definition) => [definition.kind, new PluginKind(definition, this.#process, configured)]),
    );
  }

  /** Fails what is in flight. At the end of each run nothing is. */
  cancel(reason: string): void {
    this.#process.guard.cancel(reason);
  }

  /** The calls that the engine makes. All others are answered as unimplemented, which it takes for "has none". */
  implementation(): UntypedServiceImplementation {
    return {
      handshake: unary(() => this.#handshake()),
      attach: unary((request: InstanceType<typeof plugin.PluginAttach>) => {
        this.#options.onAttach(request.getAddress());
        return new empty.Empty();
      }),
      getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(this.#options.version)),
      getSchema: unary((request: Request<"GetSchemaRequest">) => this.#getSchema(request)),
      checkConfig: unary((request: Request<"CheckRequest">) => {
        const { inputs, failures } = checkSettings(unwrap(request.getNews()));
        return checkResponse(inputs, failures);
      }),
      diffConfig: unary((request: Request<"DiffRequest">) => diffConfig(request)),
      configure: unary((request: Request<"ConfigureRequest">) => this.#configure(request)),
      check: unary((request: Request<"CheckRequest">) => this.#check(request)),
      diff: unary((request: Request<"DiffRequest">) => this.#diff(request)),
      create: unary((request: Request<"CreateRequest">) => this.#create(request)),
      read: unary((request: Request<"ReadRequest">) => this.#read(request)),
      update: unary((request: Request<"UpdateRequest">) => this.#update(request)),
      delete: unary((request: Request<"DeleteRequest">) => this.#delete(request)),
      invoke: unary((request: Request<"InvokeRequest">) => this.#invoke(request)),
      call: unary((request: Request<"CallRequest">) => {
        throw new RefusedCall(
          codes.UNIMPLEMENTED,
          `resources of anomify have no methods, and so no ${request.getTok()}`,
        );
      }),
      construct: unary((request: Request<"ConstructRequest">) => {
        throw new RefusedCall(
          codes.UNIMPLEMENTED,
          `the anomify plugin has no component resources, and so no ${request.getType()}`,
        );
      }),
      cancel: unary(() => {
        this.cancel("cancelled");
        return new empty.Empty();
      }),
    };
  }

  #handshake() {
    return new provider.ProviderHandshakeResponse()
      .setAcceptSecrets(true)
      .setAcceptResources(false)
      .setAcceptOutputs(false)
      .setSupportsAutonamingConfiguration(false);
  }

  #getSchema(request: Request<"GetSchemaRequest">) {
    if (request.getSubpackageName() !== "") {
      throw new RefusedCall(codes.INVALID_ARGUMENT, "the anomify plugin takes no parameters");
    }
    return new provider.GetSchemaResponse().setSchema(this.#options.schema());
  }

  #configure(request: Request<"ConfigureRequest">) {
    this.#settings = request.hasArgs() ? unwrap(request.getArgs()).values : variablesOf(request);
    this.#organization = undefined;
    return new provider.ConfigureResponse()
      .setAcceptsecrets(true)
      .setSupportspreview(true)
      .setAcceptresources(false)
      .setAcceptoutputs(false);
  }

  async #check(request: Request<"CheckRequest">) {
    const kind = this.#kindOf(request);
    const { inputs, failures } = await kind.check(
      callOf(request),
      unwrap(request.getOlds()),
      unwrap(request.getNews()),
    );
    return checkResponse(inputs, failures);
  }

  async #diff(request: Request<"DiffRequest">) {
    const kind = this.#kindOf(request);
    const [olds, news] = [unwrap(request.getOlds()), unwrap(request.getNews())];
    return diffResponse(await kind.diff(callOf(request), request.getId(), olds, news));
  }

  async #create(request: Request<"CreateRequest">) {
    const kind = this.#kindOf(request);
    const news = unwrap(request.getProperties());
    const response = new provider.CreateResponse();
    if (request.getPreview()) return response.setProperties(dressed(kind.previewCreate(news)));
    const { id, outputs } = await kind.create(callOf(request), news);
    return response.setId(id).setProperties(dressed(outputs));
  }

  async #read(request: Request<"ReadRequest">) {
    const kind = this.#kindOf(request);
    const [olds, oldInputs] = [unwrap(request.getProperties()), unwrap(request.getInputs())];
    const found = await kind.read(callOf(request), request.getId(), olds, oldInputs);
    const response = new provider.ReadResponse();
    if (found === undefined) return response;
    return response.setId(found.id).setProperties(dressed(found.outputs)).setInputs(dressed(found.inputs));
  }

  async #update(request: Request<"UpdateRequest">) {
    const kind = this.#kindOf(request);
    const [olds, news] = [unwrap(request.getOlds()), unwrap(request.getNews())];
    const outputs = request.getPreview()
      ? kind.previewUpdate(olds, news)
      : await kind.update(callOf(request), request.getId(), olds, news);
    return new provider.UpdateResponse().setProperties(dressed(outputs));
  }

  async #delete(request: Request<"DeleteRequest">) {
    await this.#kindOf(request).delete(callOf(request), request.getId(), unwrap(request.getProperties()));
    return new empty.Empty();
  }

  async #invoke(request: Request<"InvokeRequest">) {
    const { values, secrets } = unwrap(request.getArgs());
    const response = new provider.InvokeResponse();
    // What is asked about is not known yet, and so is the answer.
    if (containsUnknown(values)) return response.setReturn(wrap({}));
    const name = TOKEN.exec(request.getTok())?.[1] ?? request.getTok();
    const config = settingsReader(this.#settings);
    const result = await callFunction(name, values, { sources: this.#sources, config });
    // An answer about a secret says something of it.
    return response.setReturn(wrap(result, secrets.size > 0 ? Object.keys(result) : []));
  }

  #kindOf(request: { getUrn(): string; getType?(): string }): PluginKind {
    const type = request.getType?.() || typeOf(request.getUrn());
    const name = TOKEN.exec(type)?.[1] ?? "";
    const kind = this.#kinds.get(name);
    if (kind !== undefined) return kind;
    throw new RefusedCall(
      codes.INVALID_ARGUMENT,
      `version ${this.#options.version} of the anomify plugin has no resource type ${type}.${didYouMean(name, [...this.#kinds.keys()])}`,
    );
  }
}

/** Settings as an engine may send them in place of arguments: `anomify:config:token`. */
function variablesOf(request: Request<"ConfigureRequest">): Values {
  const settings: Values = {};
  request.getVariablesMap().forEach((value, key) => {
    settings[key.replace(/^anomify:config:/, "")] = value;
  });
  return settings;
}

/** `urn:pulumi:dev::shop::my:Component$anomify:index:Watcher::cpu` → `anomify:index:Watcher`. */
const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

function callOf(request: { getUrn(): string; getTimeout?(): number }): Call {
  const timeoutSeconds = request.getTimeout?.() ?? 0;
  return { urn: request.getUrn(), ...(timeoutSeconds > 0 ? { timeoutSeconds } : {}) };
}

const dressed = ({ values, secrets }: Properties) => wrap(values, secrets);

function checkResponse(inputs: Properties, failures: readonly Failure[]) {
  return new provider.CheckResponse()
    .setInputs(dressed(inputs))
    .setFailuresList(
      failures.map(({ property, reason }) => new provider.CheckFailure().setProperty(property).setReason(reason)),
    );
}

/** Never a replacement: that would replace every resource of the provider. */
function diffConfig(request: Request<"DiffRequest">) {
  const olds = unwrap(request.getOldInputs() ?? request.getOlds()).values;
  const news = unwrap(request.getNews()).values;
  const [before, after] = [ownSettings(olds), ownSettings(news)];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  // A path is shown by the name that the engine has of it.
  const written = (path: string) => (`anomify:${path}` in { ...olds, ...news } ? `anomify:${path}` : path);
  const paths = [...detailedDiff(keys, before, after)].map(
    ([path, change]) => [written(path), { change, replaces: false }] as const,
  );
  return diffResponse({
    changes: paths.length > 0,
    diffs: paths.map(([path]) => path),
    replaces: [],
    stables: [],
    paths: new Map(paths),
  });
}

/** Settings by their own names: a provider of a TypeScript program has them as `anomify:token`. */
const ownSettings = (settings: Values): Values =>
  Object.fromEntries(Object.entries(settings).map(([key, value]) => [key.replace(/^anomify:/, ""), value]));

const KINDS = {
  add: [provider.PropertyDiff.Kind.ADD, provider.PropertyDiff.Kind.ADD_REPLACE],
  delete: [provider.PropertyDiff.Kind.DELETE, provider.PropertyDiff.Kind.DELETE_REPLACE],
  update: [provider.PropertyDiff.Kind.UPDATE, provider.PropertyDiff.Kind.UPDATE_REPLACE],
} as const;

function diffResponse({ changes, diffs, replaces, stables, paths }: PluginDiff) {
  const { DIFF_SOME, DIFF_NONE } = provider.DiffResponse.DiffChanges;
  const response = new provider.DiffResponse()
    .setChanges(changes ? DIFF_SOME : DIFF_NONE)
    .setDiffsList([...diffs])
    .setReplacesList([...replaces])
    .setStablesList([...stables])
    .setHasdetaileddiff(true);
  for (const [path, { change, replaces: isReplaced }] of paths) {
    const kind = KINDS[change][isReplaced ? 1 : 0];
    // What differs is what is recorded, not what was wanted last time.
    response.getDetaileddiffMap().set(path, new provider.PropertyDiff().setKind(kind).setInputdiff(false));
  }
  return response;
}

/** A handler as gRPC wants it. */
function unary<Asked, Answered>(handle: (request: Asked) => Answered | Promise<Answered>) {
  return (call: ServerUnaryCall<Asked, Answered>, done: sendUnaryData<Answered>): void => {
    Promise.resolve(call.request)
      .then(handle)
      .then(
        (answer) => done(null, answer),
        (error: unknown) => done(statusOf(error)),
      );
  };
}
