import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as CallbackMessages from "@pulumi/pulumi/proto/callback_pb.js";
import type * as EngineMessages from "@pulumi/pulumi/proto/engine_pb.js";
import type * as ProviderMessages from "@pulumi/pulumi/proto/provider_pb.js";
import type * as ResourceMessages from "@pulumi/pulumi/proto/resource_pb.js";
import type * as StatusMessages from "@pulumi/pulumi/proto/status_pb.js";
import type { PropertyMap } from "./types.ts";

/** A protobuf Struct, as far as it is needed here. */
export interface StructMessage {
  toJavaScript(): PropertyMap;
}

export interface RpcError extends Error {
  code?: number;
  details?: string;
  metadata?: { get(key: string): unknown[] };
}

export type Handler = (
  call: { request: unknown },
  callback: (error: { code: number; details: string } | null, response?: unknown) => void,
) => void;

export interface RpcServer {
  addService(service: object, implementation: Record<string, Handler>): void;
  bindAsync(address: string, credentials: unknown, callback: (error: Error | null, port: number) => void): void;
  forceShutdown(): void;
}

export interface RpcClient {
  close(): void;
  [method: string]: unknown;
}

type ClientClass = new (address: string, credentials: unknown, options?: object) => RpcClient;

interface Grpc {
  Server: new (options?: object) => RpcServer;
  ServerCredentials: { createInsecure(): unknown };
  credentials: { createInsecure(): unknown };
  status: { UNKNOWN: number; CANCELLED: number; UNAVAILABLE: number; UNIMPLEMENTED: number };
}

/** The parts of Pulumi's own runtime that a program inside this process needs. */
export interface PulumiRuntime {
  setAllConfig(config: Record<string, string>, secretKeys?: string[]): void;
  resetOptions(
    project: string,
    stack: string,
    parallel: number,
    engineAddress: string,
    monitorAddress: string,
    preview: boolean,
    organization: string,
  ): void;
  runInPulumiStack(program: () => Promise<unknown>): Promise<unknown>;
  disconnect(signalShutdown: boolean): Promise<void>;
}

/** Everything taken from the SDK of a program, so that both sides of each connection have the same version. */
export interface PulumiSdk {
  version: string;
  grpc: Grpc;
  resource: typeof ResourceMessages;
  engine: typeof EngineMessages;
  provider: typeof ProviderMessages;
  status: typeof StatusMessages;
  callback: typeof CallbackMessages;
  monitorService: object;
  engineService: object;
  ProviderClient: ClientClass;
  CallbacksClient: ClientClass;
  struct(value: PropertyMap): never;
  empty(): unknown;
  runtime(): PulumiRuntime;
  /** Paths of Pulumi's own scripts. */
  scripts: { run: string; dynamicProvider: string };
}

/**
 * Loads the SDK that is installed for a program. gRPC and protobuf come from there too: they are its dependencies, not ours,
 * and messages of two protobuf copies do not mix.
 */
export function loadSdk(directory: string): PulumiSdk {
  const manifest = createRequire(join(directory, "package.json")).resolve("@pulumi/pulumi/package.json");
  const load = createRequire(manifest);
  const root = dirname(manifest);
  const { Struct } = load("google-protobuf/google/protobuf/struct_pb.js") as {
    Struct: { fromJavaScript(value: PropertyMap): never };
  };
  const { Empty } = load("google-protobuf/google/protobuf/empty_pb.js") as { Empty: new () => unknown };
  return {
    version: (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version,
    grpc: load("@grpc/grpc-js") as Grpc,
    resource: load("./proto/resource_pb.js") as typeof ResourceMessages,
    engine: load("./proto/engine_pb.js") as typeof EngineMessages,
    provider: load("./proto/provider_pb.js") as typeof ProviderMessages,
    status: load("./proto/status_pb.js") as typeof StatusMessages,
    callback: load("./proto/callback_pb.js") as typeof CallbackMessages,
    monitorService: load("./proto/resource_grpc_pb.js").ResourceMonitorService as object,
    engineService: load("./proto/engine_grpc_pb.js").EngineService as object,
    ProviderClient: load("./proto/provider_grpc_pb.js").ResourceProviderClient as ClientClass,
    CallbacksClient: load("./proto/callback_grpc_pb.js").CallbacksClient as ClientClass,
    struct: (value) => Struct.fromJavaScript(value),
    empty: () => new Empty(),
    runtime: () => load("./runtime/index.js") as PulumiRuntime,
    scripts: { run: join(root, "cmd/run/index.js"), dynamicProvider: join(root, "cmd/dynamic-provider/index.js") },
  };
}

/** Turns a function from request to response into a gRPC handler. */
export function unary<Request>(sdk: PulumiSdk, handle: (request: Request) => unknown): Handler {
  const failure = (error: RpcError) => ({
    code: error.code ?? sdk.grpc.status.UNKNOWN,
    details: error.details ?? error.message,
  });
  return (call, callback) => {
    Promise.resolve(call.request as Request)
      .then(handle)
      .then(
        (response) => callback(null, response ?? sdk.empty()),
        (error: RpcError) => callback(failure(error)),
      );
  };
}

/** Pulumi's own limit: programs may register very large resources. */
export const CHANNEL_OPTIONS = { "grpc.max_receive_message_length": 400 * 1024 * 1024 };
