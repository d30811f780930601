import { createRequire } from "node:module";
import { join } from "node:path";

interface Server {
  addService(service: object, implementation: object): void;
  bindAsync(address: string, credentials: unknown, done: (error: Error | null, port: number) => void): void;
  forceShutdown(): void;
}

/**
 * Serves a function of this process as the program of an operation of the Pulumi CLI, as Pulumi's Automation API does with an inline
 * program. It spares the operation a language host and a process for the program.
 *
 * @param directory of a project that has the SDK which the function uses
 * @returns what the option `--client` takes, and how to end it
 */
export async function serveProgram(
  program: () => Promise<unknown>,
  directory: string,
): Promise<{ address: string; close(): void }> {
  const load = createRequire(createRequire(join(directory, "package.json")).resolve("@pulumi/pulumi/package.json"));
  const grpc = load("@grpc/grpc-js");
  const { LanguageServer } = load("./automation/server.js");
  const { LanguageRuntimeService } = load("./proto/language_grpc_pb.js");
  const server: Server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  server.addService(LanguageRuntimeService, new LanguageServer(program));
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  const restore = withoutListeners();
  const close = () => {
    server.forceShutdown();
    restore();
  };
  return { address: `127.0.0.1:${port}`, close };
}

/** What the program leaves rejected is the program's: the SDK listens, and nobody else. */
function withoutListeners(): () => void {
  const rejection = process.listeners("unhandledRejection");
  const exception = process.listeners("uncaughtException");
  process.removeAllListeners("unhandledRejection").removeAllListeners("uncaughtException");
  return () => {
    for (const listener of rejection) process.on("unhandledRejection", listener);
    for (const listener of exception) process.on("uncaughtException", listener);
  };
}
