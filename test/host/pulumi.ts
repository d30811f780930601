import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The parts of Pulumi's gRPC modules that speak with a provider process; typed here as far as they are used. */

export type Values = Record<string, unknown>;

export interface Rpc {
  close(): void;
  [method: string]: unknown;
}
/** A request under construction: setters by name. */
export type Setters = Record<string, (value: unknown) => void>;

interface Server {
  addService(service: unknown, methods: object): void;
  bindAsync(address: string, credentials: unknown, done: (error: Error | null, port: number) => void): void;
  forceShutdown(): void;
}
interface Grpc {
  readonly credentials: { createInsecure(): unknown };
  readonly ServerCredentials: { createInsecure(): unknown };
  readonly Server: new () => Server;
}
interface Messages {
  readonly [name: string]: new () => Setters;
}
export interface FailedInit {
  getId(): string;
  getReasonsList(): string[];
  getProperties(): { toJavaScript(): Values };
}
interface Status {
  getDetailsList(): Array<{ getValue_asU8(): Uint8Array }>;
}

/** One version of the SDK: its provider host, and what one needs to talk to it. */
export interface PulumiSdk {
  readonly hostScript: string;
  readonly grpc: Grpc;
  readonly messages: Messages;
  readonly engineService: unknown;
  struct(values: Values): unknown;
  empty(): unknown;
  connect(port: number): Rpc;
  /** What a failed create or update saved, if anything. */
  savedState(error: { metadata?: { get(key: string): unknown[] } }): FailedInit | undefined;
}

/** The SDK in this folder, the one with its package.json. */
export function pulumiSdk(folder: string): PulumiSdk {
  const load = createRequire(join(folder, "package.json"));
  const grpc = load("@grpc/grpc-js") as Grpc;
  const services = load("./proto/provider_grpc_pb.js") as {
    ResourceProviderClient: new (address: string, credentials: unknown) => Rpc;
  };
  const { Struct } = load("google-protobuf/google/protobuf/struct_pb.js") as {
    Struct: { fromJavaScript(value: Values): unknown };
  };
  const { Empty } = load("google-protobuf/google/protobuf/empty_pb.js") as { Empty: new () => Setters };
  const { Status } = load("./proto/status_pb.js") as { Status: { deserializeBinary(bytes: Uint8Array): Status } };
  const failures = load("./proto/provider_pb.js") as {
    ErrorResourceInitFailed: { deserializeBinary(bytes: Uint8Array): FailedInit };
  };
  return {
    hostScript: load.resolve("./cmd/dynamic-provider"),
    grpc,
    messages: { ...(load("./proto/provider_pb.js") as Messages), Empty },
    engineService: (load("./proto/engine_grpc_pb.js") as { EngineService: unknown }).EngineService,
    struct: (values) => Struct.fromJavaScript(JSON.parse(JSON.stringify(values)) as Values),
    empty: () => new Empty(),
    connect: (port) => new services.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure()),
    savedState(error) {
      const bytes = error.metadata?.get("grpc-status-details-bin")[0] as Uint8Array | undefined;
      const [detail] = bytes ? Status.deserializeBinary(bytes).getDetailsList() : [];
      return detail && failures.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
    },
  };
}

/** The one that this repository is developed with. */
export const installedSdk = pulumiSdk(dirname(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json")));
export const struct = installedSdk.struct;
