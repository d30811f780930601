import { createRequire } from "node:module";

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

const require = createRequire(import.meta.url);
const load = createRequire(require.resolve("@pulumi/pulumi/package.json"));

export const hostScript = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
export const grpc = load("@grpc/grpc-js") as Grpc;
export const messages = load("./proto/provider_pb.js") as Messages;
export const engineService = (load("./proto/engine_grpc_pb.js") as { EngineService: unknown }).EngineService;
const services = load("./proto/provider_grpc_pb.js") as {
  ResourceProviderClient: new (address: string, credentials: unknown) => Rpc;
};
const { Struct } = load("google-protobuf/google/protobuf/struct_pb.js") as {
  Struct: { fromJavaScript(value: Values): unknown };
};
const { Empty } = load("google-protobuf/google/protobuf/empty_pb.js") as { Empty: new () => unknown };
const { Status } = load("./proto/status_pb.js") as { Status: { deserializeBinary(bytes: Uint8Array): Status } };
const failures = load("./proto/provider_pb.js") as {
  ErrorResourceInitFailed: { deserializeBinary(bytes: Uint8Array): FailedInit };
};

export const struct = (values: Values): unknown => Struct.fromJavaScript(JSON.parse(JSON.stringify(values)) as Values);
export const empty = (): unknown => new Empty();

export function connect(port: number): Rpc {
  return new services.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
}

/** What a failed create or update saved, if anything. */
export function savedState(error: { metadata?: { get(key: string): unknown[] } }): FailedInit | undefined {
  const bytes = error.metadata?.get("grpc-status-details-bin")[0] as Uint8Array | undefined;
  const [detail] = bytes ? Status.deserializeBinary(bytes).getDetailsList() : [];
  return detail && failures.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
}
