import { stripVTControlCharacters } from "node:util";
import type * as Messages from "@pulumi/pulumi/proto/engine_pb.js";
import type { Recorder } from "./executor.ts";
import { type Handler, type PulumiSdk, unary } from "./pulumi-sdk.ts";
import type { Severity } from "./types.ts";

const SEVERITIES: readonly Severity[] = ["debug", "info", "warning", "error"];

/** The service to which programs and providers send their messages. */
export function engineService(sdk: PulumiSdk, recorder: Recorder): Record<string, Handler> {
  let rootUrn = "";
  return {
    log: unary<Messages.LogRequest>(sdk, (request) => {
      const urn = request.getUrn();
      recorder.diagnostic({
        severity: SEVERITIES[request.getSeverity()] ?? "info",
        ...(urn ? { urn } : {}),
        // The SDK colors stacks where it believes to write to a terminal.
        message: stripVTControlCharacters(request.getMessage()),
        ...(request.getEphemeral() ? { ephemeral: true } : {}),
      });
    }),
    getRootResource: unary(sdk, () => {
      const response = new sdk.engine.GetRootResourceResponse();
      response.setUrn(rootUrn);
      return response;
    }),
    setRootResource: unary<Messages.SetRootResourceRequest>(sdk, (request) => {
      rootUrn = request.getUrn();
      return new sdk.engine.SetRootResourceResponse();
    }),
    startDebugging: unary(sdk, () => undefined),
    requirePulumiVersion: unary(sdk, () => new sdk.engine.RequirePulumiVersionResponse()),
  };
}
