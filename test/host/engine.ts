import { afterAll, onTestFinished } from "vitest";
import { transcript } from "../secrets/transcript.ts";
import { installedSdk } from "./pulumi.ts";

const { empty, engineService, grpc } = installedSdk;

/** LogSeverity of Pulumi's engine protocol. */
const WARNING = 2;

/** An engine that takes nothing but log messages. */
export interface Warnings {
  readonly address: string;
  /** Texts of the warnings. */
  readonly seen: string[];
  /** All messages: what is no warning is information. */
  readonly messages: { readonly warning: boolean; readonly message: string; readonly urn: string }[];
  /** Resolves with the first message that matches, now or later. */
  next(pattern: RegExp): Promise<string>;
}

interface LogCall {
  readonly request: { getMessage(): string; getSeverity(): number; getUrn(): string };
}

/** A recorder of one test. */
export async function recordWarnings(): Promise<Warnings> {
  const engine = await startEngine();
  onTestFinished(engine.stop);
  return engine.record();
}

let shared: Promise<RecordingEngine> | undefined;
afterAll(async () => (await shared)?.stop());

/** A recorder that begins empty, of an engine that all tests of the file share: a provider process has one engine for life. */
export async function recordWarningsOfShared(): Promise<Warnings> {
  shared ??= startEngine();
  return (await shared).record();
}

interface RecordingEngine {
  /** Messages from now on go to this recorder, and to none before it. */
  record(): Warnings;
  stop(): void;
}

async function startEngine(): Promise<RecordingEngine> {
  let seen: string[] = [];
  let messages: Array<Warnings["messages"][number]> = [];
  let waiting = new Set<(message: string) => void>();
  const server = new grpc.Server();
  server.addService(engineService, {
    log: ({ request }: LogCall, done: (error: null, reply: unknown) => void) => {
      transcript("log message to the engine", request.getMessage());
      const warning = request.getSeverity() === WARNING;
      messages.push({ warning, message: request.getMessage(), urn: request.getUrn() });
      if (warning) seen.push(request.getMessage());
      for (const notify of waiting) notify(request.getMessage());
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
  return {
    stop: () => server.forceShutdown(),
    record() {
      seen = [];
      messages = [];
      waiting = new Set();
      const recorded = { seen, messages, waiting };
      return {
        address: `127.0.0.1:${port}`,
        seen: recorded.seen,
        messages: recorded.messages,
        next: (pattern) =>
          new Promise((resolve) => {
            const known = recorded.messages.find(({ message }) => pattern.test(message));
            if (known !== undefined) return resolve(known.message);
            recorded.waiting.add((message) => pattern.test(message) && resolve(message));
          }),
      };
    },
  };
}
