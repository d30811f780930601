import { Server, ServerCredentials } from "@grpc/grpc-js";
import { version } from "../../../sdk/version.ts";
import { EngineConnection } from "./engine-connection.ts";
import { providerService } from "./proto.ts";
import { ProviderService } from "./provider-service.ts";

/** As much as Pulumi itself sends and takes. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/**
 * Serves the plugin until its engine ends.
 *
 * @param engineAddress first argument that the engine starts a plugin with; undefined when it is started by hand, and an
 *   engine attaches later
 * @param schema gives the package schema as JSON text
 * @returns the port
 */
export async function startPlugin(engineAddress: string | undefined, schema: () => string): Promise<number> {
  let engine = engineAddress === undefined ? undefined : new EngineConnection(engineAddress);
  const service = new ProviderService({
    version,
    schema,
    log: (message) => engine?.log(message),
    run: engineAddress,
    onAttach: (address) => {
      engine?.close();
      engine = new EngineConnection(address);
    },
  });
  engine?.onEnd(() => {
    service.cancel("the Pulumi engine has ended");
    process.exit(1);
  });
  const server = new Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  server.addService(providerService.ResourceProviderService, service.implementation());
  return await new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    );
  });
}
