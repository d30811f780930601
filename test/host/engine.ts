import { onTestFinished } from "vitest";
import { transcript } from "../secrets/transcript.ts";
import { installedSdk } from "./pulumi.ts";

const { empty, engineService, grpc } = installedSdk;

/** An engine that takes nothing but log messages. */
export interface Warnings {
  readonly address: string;
  readonly seen: string[];
  /** Resolves with the first warning that matches, now or later. */
  next(pattern: RegExp): Promise<string>;
}

interface LogCall {
  readonly request: { getMessage(): string };
}

export async function recordWarnings(): Promise<Warnings> {
  const seen: string[] = [];
  const waiting = new Set<(message: string) => void>();
  const server = new grpc.Server();
  server.addService(engineService, {
    log: ({ request }: LogCall, done: (error: null, reply: unknown) => void) => {
      transcript("log message to the engine", request.getMessage());
      seen.push(request.getMessage());
      for (const tell of waiting) tell(request.getMessage());
      done(null, empty());
    },
    getRootResource: (_call: unknown, done: (error: null, reply: unknown) => void) => done(null, empty()),
    setRootResource: (_call: unknown, done: (error: null, reply: unknown) => void) => done(null, empty()),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  onTestFinished(() => server.forceShutdown());
  return {
    address: `127.0.0.1:${port}`,
    seen,
    next: (pattern) =>
      new Promise((resolve) => {
        const known = seen.find((message) => pattern.test(message));
        if (known !== undefined) return resolve(known);
        waiting.add((message) => pattern.test(message) && resolve(message));
      }),
  };
}
