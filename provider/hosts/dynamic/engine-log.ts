import { createRequire } from "node:module";
import type { EngineLog, Severity } from "../core/engine-messages.ts";

interface LogModules {
  readonly Client: new (address: string, credentials: unknown) => { log(request: unknown, done: () => void): void };
  readonly Request: new () => {
    setSeverity(value: number): void;
    setMessage(value: string): void;
    setUrn(value: string): void;
  };
  readonly credentials: unknown;
  readonly severities: Readonly<Record<Severity, number>>;
}

/**
 * Shows the user through the engine that started this process. Its modules are loaded with the first message, from the SDK whose
 * script runs: loading them always would cost each start a part of a second. A failure to log never fails a call.
 */
export function engineLog(hostScript: string | undefined, engineAddress: string | undefined): EngineLog {
  let client: { send: EngineLog } | undefined;
  return (message) => {
    if (hostScript === undefined || engineAddress === undefined || !/^[\w.-]+:\d+$/.test(engineAddress)) return;
    try {
      client ??= connect(load(hostScript), engineAddress);
      client.send(message);
    } catch {
      client = { send: () => {} };
    }
  };
}

function load(hostScript: string): LogModules {
  const require = createRequire(hostScript);
  const grpc = require("@grpc/grpc-js") as { credentials: { createInsecure(): unknown } };
  const service = require("@pulumi/pulumi/proto/engine_grpc_pb") as { EngineClient: LogModules["Client"] };
  const messages = require("@pulumi/pulumi/proto/engine_pb") as {
    LogRequest: LogModules["Request"];
    LogSeverity: { INFO: number; WARNING: number };
  };
  return {
    Client: service.EngineClient,
    Request: messages.LogRequest,
    credentials: grpc.credentials.createInsecure(),
    severities: { info: messages.LogSeverity.INFO, warning: messages.LogSeverity.WARNING },
  };
}

function connect(modules: LogModules, address: string): { send: EngineLog } {
  const client = new modules.Client(address, modules.credentials);
  return {
    send: ({ severity, message, urn }) => {
      const request = new modules.Request();
      request.setSeverity(modules.severities[severity]);
      request.setMessage(message);
      if (urn !== undefined) request.setUrn(urn);
      client.log(request, () => {});
    },
  };
}
