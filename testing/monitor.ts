import type * as Messages from "@pulumi/pulumi/proto/resource_pb.js";
import { AbortedError } from "./deployment.ts";
import { goalOf, readGoalOf } from "./goal.ts";
import { type Handler, type PulumiSdk, type RpcError, type StructMessage, unary } from "./pulumi-sdk.ts";
import type { Registrations } from "./registrations.ts";

/** What the SDK may use of this engine; callbacks into the program (transforms, hooks) are not among it. */
const FEATURES = ["secrets", "resourceReferences", "aliasSpecs", "deletedWith", "replaceWith"];

/** The service through which a program declares its resources. */
export function monitorService(sdk: PulumiSdk, registrations: Registrations): Record<string, Handler> {
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
      const { state, result } = await refusing(registrations.register(goalOf(request)));
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
    signalAndWaitForShutdown: unary(sdk, () => undefined),
    // SDKs that do not find this method ask for each feature by its name.
    getDeploymentInfo: unsupported("GetDeploymentInfo"),
    invoke: unsupported("invoke"),
    call: unsupported("call"),
    existsResource: unsupported("existsResource"),
    registerStackTransform: unsupported("a stack transform"),
    registerStackInvokeTransform: unsupported("an invoke transform"),
    registerResourceHook: unsupported("a resource hook"),
    registerErrorHook: unsupported("an error hook"),
    registerPackage: unsupported("a parameterized package"),
  };
}
