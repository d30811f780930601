import type * as CallbackMessages from "@pulumi/pulumi/proto/callback_pb.js";
import { CHANNEL_OPTIONS, type PulumiSdk, type RpcClient, type RpcError } from "./pulumi-sdk.ts";

/** Calls a function of the program with a message and answers with that of the function. */
export type Callback = (request: Uint8Array) => Promise<Uint8Array>;

type Invoke = (
  request: CallbackMessages.CallbackInvokeRequest,
  done: (error: RpcError | null, response: CallbackMessages.CallbackInvokeResponse) => void,
) => void;

/** The way to functions that the program has left with the engine: transforms and hooks. */
export class Callbacks {
  readonly #sdk: PulumiSdk;
  readonly #clients = new Map<string, RpcClient>();

  constructor(sdk: PulumiSdk) {
    this.#sdk = sdk;
  }

  /** @param callback where the program serves the function, and its token there */
  of(callback: CallbackMessages.Callback): Callback {
    const token = callback.getToken();
    const client = this.#client(callback.getTarget());
    return (bytes) => {
      const request = new this.#sdk.callback.CallbackInvokeRequest();
      request.setToken(token);
      request.setRequest(bytes);
      return new Promise((resolve, reject) => {
        (client.invoke as Invoke).call(client, request, (error, response) => {
          if (error === null) resolve(response.getResponse_asU8());
          else reject(new Error(error.details ?? error.message));
        });
      });
    };
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
  }

  #client(target: string): RpcClient {
    const { CallbacksClient, grpc } = this.#sdk;
    const client =
      this.#clients.get(target) ?? new CallbacksClient(target, grpc.credentials.createInsecure(), CHANNEL_OPTIONS);
    this.#clients.set(target, client);
    return client;
  }
}
