import type * as Messages from "@pulumi/pulumi/proto/resource_pb.js";
import type { Callback, Callbacks } from "./callbacks.ts";
import { AbortedError, type Deployment } from "./deployment.ts";
import { goalOf, readGoalOf } from "./goal.ts";
import { type Handler, type PulumiSdk, type RpcError, type StructMessage, unary } from "./pulumi-sdk.ts";
import type { Registrations } from "./registrations.ts";
import { Transforms } from "./transforms.ts";

/** What the SDK may use of this engine. */
const FEATURES = [
  "secrets",
  "resourceReferences",
  "aliasSpecs",
  "deletedWith",
  "replaceWith",
  "transforms",
  "invokeTransforms",
  "resourceHooks",
];

/** The end of a program that has declared everything, and waits for the engine's permission to go. */
export class Shutdown {
  readonly asked: Promise<undefined>;
  readonly permitted: Promise<undefined>;
  ask: () => void = () => undefined;
  permit: () => void = () => undefined;

  constructor() {
    this.asked = new Promise((resolve) => {
      this.ask = () => resolve(undefined);
    });
    this.permitted = new Promise((resolve) => {
      this.permit = () => resolve(undefined);
    });
  }
}

export interface MonitorParts {
  sdk: PulumiSdk;
  registrations: Registrations;
  callbacks: Callbacks;
  deployment: Deployment;
  shutdown: Shutdown;
}

/** The service through which a program declares its resources. */
export function monitorService({
  sdk,
  registrations,
  callbacks,
  deployment,
  shutdown,
}: MonitorParts): Record<string, Handler> {
  const transforms = new Transforms(sdk);
  const callbackOf = (message: Parameters<Callbacks["of"]>[0] | undefined): Callback => {
    if (message === undefined) throw new Error("the callback is missing");
    return callbacks.of(message);
  };
  /** The SDK ends quietly when its monitor is gone. */
  const refusing = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof AbortedError)) throw error;
      const refusal: RpcError = new Error("resource monitor shut down");
      refusal.code = sdk.grpc.status.UNAVAILABLE;
      throw refusal;
    }
  };
  const unsupported =
    (what: string): Handler =>
    (_call, callback) =>
      callback({ code: sdk.grpc.status.UNIMPLEMENTED, details: `${what} is not supported by the embedded engine` });

  return {
    supportsFeature: unary<Messages.SupportsFeatureRequest>(sdk, (request) => {
      const response = new sdk.resource.SupportsFeatureResponse();
      response.setHassupport(FEATURES.includes(request.getId()));
      return response;
    }),
    registerResource: unary<Messages.RegisterResourceRequest>(sdk, async (request) => {
      const own = request.getTransformsList().map((callback) => callbacks.of(callback));
      await transforms.apply(request, own);
      const { state, result } = await refusing(registrations.register(goalOf(request)));
      transforms.addToResource(state.urn, state.parent, own);
      const response = new sdk.resource.RegisterResourceResponse();
      response.setUrn(state.urn);
      response.setId(state.id);
      response.setObject(sdk.struct(request.getCustom() ? state.outputs : {}));
      response.setResult?.(result);
      return response;
    }),
    readResource: unary<Messages.ReadResourceRequest>(sdk, async (request) => {
      const { state, result } = await refusing(registrations.read(readGoalOf(request)));
      if (result !== 0) throw new Error(`resource '${state.id}' could not be read`);
      const response = new sdk.resource.ReadResourceResponse();
      response.setUrn(state.urn);
      response.setProperties(sdk.struct(state.outputs));
      return response;
    }),
    registerResourceOutputs: unary<Messages.RegisterResourceOutputsRequest>(sdk, (request) => {
      const outputs = request.getOutputs() as StructMessage | undefined;
      registrations.outputs(request.getUrn(), outputs?.toJavaScript() ?? {});
    }),
    signalAndWaitForShutdown: unary(sdk, () => {
      shutdown.ask();
      return shutdown.permitted;
    }),
    registerStackTransform: unary<Parameters<Callbacks["of"]>[0]>(sdk, (callback) => {
      transforms.addToStack(callbacks.of(callback));
    }),
    // There are no invokes that it could change: dynamic providers have none.
    registerStackInvokeTransform: unary(sdk, () => undefined),
    registerResourceHook: unary<Messages.RegisterResourceHookRequest>(sdk, (request) => {
      deployment.hooks.add(request.getName(), {
        call: callbackOf(request.getCallback()),
        onDryRun: request.getOnDryRun(),
      });
    }),
    // SDKs that do not find this method ask for each feature by its name.
    getDeploymentInfo: unsupported("GetDeploymentInfo"),
    invoke: unsupported("invoke"),
    call: unsupported("call"),
    existsResource: unsupported("existsResource"),
    registerErrorHook: unsupported("an error hook"),
    registerPackage: unsupported("a parameterized package"),
  };
}
