import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, expect, onTestFinished } from "vitest";
import { providerText } from "../../provider/hosts/dynamic/provider-text.ts";
import { transcript } from "../secrets/transcript.ts";
import { installedSdk, type PulumiSdk, type Rpc, type Setters, type Values } from "./pulumi.ts";

export type { Values } from "./pulumi.ts";

/** A call that the provider refused. `saved` is set when the engine keeps an object nevertheless. */
export class CallError extends Error {
  override readonly name = "CallError";
  readonly saved: { id: string; properties: Values; reasons: string[] } | undefined;
  constructor(message: string, saved: CallError["saved"]) {
    super(message);
    this.saved = saved;
  }
}

interface Read {
  /** Empty when the object is gone. */
  readonly id: string;
  readonly outs: Values;
  readonly inputs: Values | undefined;
}
interface Diff {
  readonly changes: boolean | undefined;
  readonly replaces: string[];
  readonly deleteBeforeReplace: boolean;
}
export interface Failure {
  readonly property: string;
  readonly reason: string;
}

/** One kind of resource in one provider process; plain values in and out, without the provider text. */
export interface Kind {
  /** `olds`: the recorded inputs of a resource that exists. */
  check(inputs: Values, olds?: Values): Promise<{ inputs: Values; failures: Failure[] }>;
  diff(id: string, outs: Values, inputs: Values): Promise<Diff>;
  create(inputs: Values): Promise<{ id: string; outs: Values }>;
  /** check, which must find nothing, then create. */
  make(inputs: Values): Promise<{ id: string; inputs: Values; outs: Values }>;
  update(id: string, outs: Values, inputs: Values): Promise<Values>;
  /** check, which must find nothing, then update. */
  change(id: string, outs: Values, inputs: Values): Promise<Values>;
  refresh(id: string, outs: Values): Promise<Read>;
  get(id: string, inputs?: Values): Promise<Read>;
  delete(id: string, outs: Values): Promise<void>;
}

/** A running process of Pulumi's own dynamic provider host. */
export interface Host {
  readonly child: ChildProcess;
  configure(config: Values): Promise<void>;
  /** Raw calls: the values carry `__provider`. */
  call(method: string, request: string, fields: Values): Promise<Record<string, () => unknown>>;
  kind(name: string): Kind;
  /** A kind whose provider text is given. */
  resource(text: string): Kind;
  stderr(): string;
  /** Resolves when the process has ended, with its exit code or signal. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

export interface HostOptions {
  /** Config that is sent first; left out: none is. */
  readonly config?: Values;
  readonly env?: Record<string, string>;
  /** Address of an engine that takes warnings. */
  readonly engine?: string;
  /** @default the installed one */
  readonly sdk?: PulumiSdk;
  /** Where `require("pulumi-anomify/dynamic")` is resolved from. @default an example of this repository */
  readonly program?: string;
  /** Node.js that runs the process. @default the one that runs the tests */
  readonly node?: string;
  /** What the process ends with. @default "test" */
  readonly endsWith?: "test" | "file";
}

export const root = fileURLToPath(new URL("../../", import.meta.url));
/** Where a user's program would be. */
const quickstart = `${root}examples/quickstart`;

const endOfFile: Array<() => Promise<void>> = [];
afterAll(async () => {
  await Promise.all(endOfFile.map((end) => end()));
});

/** Starts a provider process that ends with the test, or with the file. */
export async function startHost(options: HostOptions = {}): Promise<Host> {
  const sdk = options.sdk ?? installedSdk;
  const child = spawn(options.node ?? process.execPath, [sdk.hostScript, options.engine ?? "127.0.0.1:1"], {
    cwd: options.program ?? quickstart,
    env: {
      PATH: process.env.PATH,
      PULUMI_NODEJS_PROJECT: "test",
      ANOMIFY_STATE_DIR: process.env.ANOMIFY_STATE_DIR,
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once("close", (code, signal) => resolve(code ?? signal)),
  );
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const client = sdk.connect(await readPort(child));
  const end = async () => {
    client.close();
    child.kill("SIGKILL");
    await ended;
  };
  if (options.endsWith === "file") endOfFile.push(end);
  else onTestFinished(end);
  const host: Host = {
    child,
    ended,
    stderr: () => stderr,
    configure: async (config) => {
      await host.call("configure", "ConfigureRequest", { Args: sdk.struct(config) });
    },
    call: (method, request, fields) => send({ sdk, client }, method, request, fields),
    kind: (name) => host.resource(providerText(name)),
    resource: (text) => resource({ host, sdk }, text),
  };
  if (options.config) await host.configure(options.config);
  return host;
}

function readPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (text.includes("\n")) resolve(Number.parseInt(text, 10));
    });
    child.once("exit", (code) => reject(new Error(`the provider process ended with ${code}`)));
  });
}

function send(
  { sdk, client }: { sdk: PulumiSdk; client: Rpc },
  method: string,
  request: string,
  fields: Values,
): Promise<Record<string, () => unknown>> {
  const Message = sdk.messages[request];
  if (Message === undefined) throw new Error(`Pulumi has no message ${request}`);
  const message: Setters = new Message();
  for (const [key, value] of Object.entries(fields)) message[`set${key}`]?.(value);
  const rpc = client[method] as (message: Setters, done: (error: RpcError | null, reply: never) => void) => void;
  return new Promise((resolve, reject) => {
    rpc.call(client, message, (error, reply) => (error ? reject(callError(sdk, error)) : resolve(reply)));
  });
}

interface RpcError extends Error {
  details?: string;
  metadata?: { get(key: string): unknown[] };
}

function callError(sdk: PulumiSdk, error: RpcError): CallError {
  const saved = sdk.savedState(error);
  const message = error.details ?? error.message;
  transcript("error of a provider call", message);
  for (const reason of saved?.getReasonsList() ?? []) transcript("reason of a partial failure", reason);
  return new CallError(
    message,
    saved && {
      id: saved.getId(),
      properties: saved.getProperties().toJavaScript(),
      reasons: saved.getReasonsList(),
    },
  );
}

function values(message: unknown): Values {
  const { __provider: _text, ...own } = (message as { toJavaScript(): Values } | undefined)?.toJavaScript() ?? {};
  return own;
}

function resource({ host, sdk }: { host: Host; sdk: PulumiSdk }, text: string): Kind {
  const dressed = (own: Values) => sdk.struct({ ...own, __provider: text });
  const read = async (fields: Values): Promise<Read> => {
    const reply = await host.call("read", "ReadRequest", fields);
    const inputs = reply.getInputs?.();
    return {
      id: String(reply.getId?.() ?? ""),
      outs: values(reply.getProperties?.()),
      inputs: inputs ? values(inputs) : undefined,
    };
  };
  const kind: Kind = {
    async check(inputs, olds = {}) {
      const reply = await host.call("check", "CheckRequest", { Olds: sdk.struct(olds), News: dressed(inputs) });
      const list = reply.getFailuresList?.() as Array<{ getProperty(): string; getReason(): string }>;
      const failures = list.map((one) => ({ property: one.getProperty(), reason: one.getReason() }));
      for (const { property, reason } of failures) transcript(`check failure of ${property}`, reason);
      return { inputs: values(reply.getInputs?.()), failures };
    },
    async diff(id, outs, inputs) {
      const reply = await host.call("diff", "DiffRequest", { Id: id, Olds: dressed(outs), News: dressed(inputs) });
      return {
        changes: [undefined, false, true][reply.getChanges?.() as number],
        replaces: reply.getReplacesList?.() as string[],
        deleteBeforeReplace: reply.getDeletebeforereplace?.() as boolean,
      };
    },
    async create(inputs) {
      const reply = await host.call("create", "CreateRequest", { Properties: dressed(inputs) });
      return { id: reply.getId?.() as string, outs: values(reply.getProperties?.()) };
    },
    async make(inputs) {
      const checked = await kind.check(inputs);
      expect(checked.failures).toEqual([]);
      return { inputs: checked.inputs, ...(await kind.create(checked.inputs)) };
    },
    async update(id, outs, inputs) {
      const fields = { Id: id, Olds: dressed(outs), News: dressed(inputs) };
      const reply = await host.call("update", "UpdateRequest", fields);
      return values(reply.getProperties?.());
    },
    async change(id, outs, inputs) {
      const checked = await kind.check(inputs);
      expect(checked.failures).toEqual([]);
      return await kind.update(id, outs, checked.inputs);
    },
    refresh: (id, outs) => read({ Id: id, Properties: dressed(outs), Inputs: dressed(outs) }),
    get: (id, inputs = {}) => read({ Id: id, Inputs: dressed(inputs) }),
    async delete(id, outs) {
      await host.call("delete", "DeleteRequest", { Id: id, Properties: dressed(outs) });
    },
  };
  return kind;
}
