import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import type {
  CheckResponse,
  CreateResponse,
  DiffResponse,
  InvokeResponse,
  ReadResponse,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb.js";
import { afterAll, expect, onTestFinished } from "vitest";
import { empty, provider, providerService, status, struct } from "../../provider/hosts/plugin/proto.ts";
import { CallError, type Failure, type Kind, type Values } from "../host/harness.ts";
import { transcript } from "../secrets/transcript.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const main = fileURLToPath(new URL("../../provider/hosts/plugin/main.ts", import.meta.url));

/** A value that the engine encrypts, as it stands on the wire. */
export const secret = (value: unknown) => ({ [SIGNATURE]: SECRET, value });

/** Values without the mark of a secret, at any depth. */
export function open(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(open);
  if (typeof value !== "object" || value === null) return value;
  const record = value as Values;
  if (record[SIGNATURE] === SECRET) return open(record.value);
  return Object.fromEntries(Object.entries(record).map(([key, inner]) => [key, open(inner)]));
}

type Client = InstanceType<typeof providerService.ResourceProviderClient>;
type Struct = InstanceType<typeof struct.Struct>;
type Done<Reply> = (error: ServiceError | null, reply: Reply) => void;

export const toStruct = (values: Values): Struct => struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(values)));
const fromStruct = (message: Struct | undefined): Values => (message?.toJavaScript() ?? {}) as Values;

/** The detailed diff: `add`, `delete` or `update` by path, with `!` where the change replaces. */
export interface PluginDiff {
  readonly changes: boolean | undefined;
  readonly replaces: string[];
  readonly deleteBeforeReplace: boolean;
  readonly diffs: string[];
  readonly stables: string[];
  readonly paths: Readonly<Record<string, string>>;
}

/** What more than values a call of the engine has. */
export interface CallOptions {
  readonly timeout?: number;
  readonly preview?: boolean;
}

/** One resource of a program, in the plugin's process. Values carry the marks of secrets, and no nulls. */
export interface RawResource {
  readonly urn: string;
  check(news: Values, olds?: Values): Promise<{ inputs: Values; failures: Failure[] }>;
  diff(id: string, outs: Values, inputs: Values): Promise<PluginDiff>;
  create(inputs: Values, options?: CallOptions): Promise<{ id: string; outs: Values }>;
  update(id: string, outs: Values, inputs: Values, options?: CallOptions): Promise<Values>;
  read(id: string, outs: Values, inputs?: Values): Promise<{ id: string; outs: Values; inputs: Values }>;
  delete(id: string, outs: Values, options?: CallOptions): Promise<void>;
}

/** A running plugin. */
export interface Plugin {
  readonly child: ChildProcess;
  readonly client: Client;
  stderr(): string;
  /** Resolves when the process has ended, with its exit code or signal. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Handshake, CheckConfig and Configure, as the engine does them. @returns the checked settings */
  configure(config: Values): Promise<Values>;
  checkConfig(config: Values): Promise<{ inputs: Values; failures: Failure[] }>;
  resource(kind: string, name?: string): RawResource;
  /** The same in the form of the dynamic host's harness: plain values. */
  kind(name: string, resource?: string): Kind;
  invoke(token: string, args: Values): Promise<Values>;
  cancel(): Promise<void>;
}

export interface PluginOptions {
  /** Settings that are sent first; left out: none are. */
  readonly config?: Values;
  readonly env?: Record<string, string>;
  /** Address of an engine that takes messages. */
  readonly engine?: string;
  /** What the process ends with. @default "test" */
  readonly endsWith?: "test" | "file";
}

const endOfFile: Array<() => Promise<void>> = [];
afterAll(async () => {
  await Promise.all(endOfFile.map((end) => end()));
});

/** Starts the plugin as the engine does; it ends with the test, or with the file. */
export async function startPluginProcess(options: PluginOptions = {}): Promise<Plugin> {
  const child = spawn(process.execPath, [main, options.engine ?? "127.0.0.1:1"], {
    env: { PATH: process.env.PATH, ANOMIFY_STATE_DIR: process.env.ANOMIFY_STATE_DIR, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once("close", (code, signal) => resolve(code ?? signal)),
  );
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.setEncoding("utf8").once("data", (text: string) => resolve(Number.parseInt(text, 10)));
    child.once("exit", (code) => reject(new Error(`the plugin ended with ${code}: ${stderr}`)));
  });
  const client = new providerService.ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  const end = async () => {
    client.close();
    child.kill("SIGKILL");
    await ended;
  };
  if (options.endsWith === "file") endOfFile.push(end);
  else onTestFinished(end);
  const running = pluginOf(client, { child, ended, stderr: () => stderr });
  if (options.config) await running.configure(options.config);
  return running;
}

function pluginOf(client: Client, process: Pick<Plugin, "child" | "ended" | "stderr">): Plugin {
  const checkConfig = async (config: Values) => {
    const request = new provider.CheckRequest().setUrn(urnOf("pulumi:providers:anomify", "default"));
    request.setNews(toStruct(withoutNamespace(config)));
    return checked(await ask<CheckResponse>((done) => client.checkConfig(request, done)));
  };
  const self: Plugin = {
    ...process,
    client,
    checkConfig,
    async configure(config) {
      await ask((done) => client.handshake(new provider.ProviderHandshakeRequest(), done));
      const { inputs, failures } = await checkConfig(config);
      expect(failures).toEqual([]);
      await ask((done) => client.configure(new provider.ConfigureRequest().setArgs(toStruct(inputs)), done));
      return inputs;
    },
    resource: (kind, name = "it") => resourceOf(client, `anomify:index:${kind}`, name),
    kind: (kind, name) => plainKind(self.resource(kind, name)),
    async invoke(token, args) {
      const request = new provider.InvokeRequest().setTok(token).setArgs(toStruct(args));
      return fromStruct((await ask<InvokeResponse>((done) => client.invoke(request, done))).getReturn());
    },
    async cancel() {
      await ask((done) => client.cancel(new empty.Empty(), done));
    },
  };
  return self;
}

const urnOf = (type: string, name: string) => `urn:pulumi:dev::test::${type}::${name}`;
const withoutNamespace = (config: Values): Values =>
  Object.fromEntries(Object.entries(config).map(([key, value]) => [key.replace(/^anomify:/, ""), value]));

/** Sends a request, such as `ask((done) => client.cancel(request, done))`. */
export function ask<Reply>(send: (done: Done<Reply>) => unknown): Promise<Reply> {
  return new Promise((resolve, reject) => {
    send((error, reply) => (error === null ? resolve(reply) : reject(callError(error))));
  });
}

function callError(error: ServiceError): CallError {
  transcript("error of a plugin call", error.details);
  const [bytes] = error.metadata.get("grpc-status-details-bin");
  const [detail] = bytes ? status.Status.deserializeBinary(bytes as Uint8Array).getDetailsList() : [];
  if (detail === undefined) return new CallError(error.details, undefined);
  expect(detail.getTypeUrl()).toBe("type.googleapis.com/pulumirpc.ErrorResourceInitFailed");
  const saved = provider.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
  for (const reason of saved.getReasonsList()) transcript("reason of a partial failure", reason);
  return new CallError(error.details, {
    id: saved.getId(),
    properties: fromStruct(saved.getProperties()),
    reasons: saved.getReasonsList(),
  });
}

function checked(reply: CheckResponse): { inputs: Values; failures: Failure[] } {
  const failures = reply.getFailuresList().map((one) => ({ property: one.getProperty(), reason: one.getReason() }));
  for (const { property, reason } of failures) transcript(`check failure of ${property}`, reason);
  return { inputs: fromStruct(reply.getInputs()), failures };
}

const CHANGES = ["add", "add!", "delete", "delete!", "update", "update!"];

function resourceOf(client: Client, type: string, name: string): RawResource {
  const urn = urnOf(type, name);
  return {
    urn,
    async check(news, olds) {
      const request = new provider.CheckRequest().setUrn(urn).setType(type).setName(name).setNews(toStruct(news));
      if (olds !== undefined) request.setOlds(toStruct(olds));
      return checked(await ask<CheckResponse>((done) => client.check(request, done)));
    },
    async diff(id, outs, inputs) {
      const request = new provider.DiffRequest().setUrn(urn).setType(type).setName(name).setId(id);
      request.setOlds(toStruct(outs)).setNews(toStruct(inputs));
      const reply = await ask<DiffResponse>((done) => client.diff(request, done));
      expect(reply.getHasdetaileddiff()).toBe(true);
      const paths: Array<[path: string, change: string]> = [];
      reply.getDetaileddiffMap().forEach((change, path) => {
        paths.push([path, CHANGES[change.getKind()] ?? "?"]);
      });
      return {
        changes: [undefined, false, true][reply.getChanges()],
        replaces: reply.getReplacesList(),
        deleteBeforeReplace: reply.getDeletebeforereplace(),
        diffs: reply.getDiffsList(),
        stables: reply.getStablesList(),
        paths: Object.fromEntries(paths),
      };
    },
    async create(inputs, { timeout = 0, preview = false } = {}) {
      const request = new provider.CreateRequest().setUrn(urn).setType(type).setName(name);
      request.setProperties(toStruct(inputs)).setTimeout(timeout).setPreview(preview);
      const reply = await ask<CreateResponse>((done) => client.create(request, done));
      return { id: reply.getId(), outs: fromStruct(reply.getProperties()) };
    },
    async update(id, outs, inputs, { timeout = 0, preview = false } = {}) {
      const request = new provider.UpdateRequest().setUrn(urn).setType(type).setName(name).setId(id);
      request.setOlds(toStruct(outs)).setNews(toStruct(inputs)).setTimeout(timeout).setPreview(preview);
      return fromStruct((await ask<UpdateResponse>((done) => client.update(request, done))).getProperties());
    },
    async read(id, outs, inputs = {}) {
      const request = new provider.ReadRequest().setUrn(urn).setType(type).setName(name).setId(id);
      request.setProperties(toStruct(outs)).setInputs(toStruct(inputs));
      const reply = await ask<ReadResponse>((done) => client.read(request, done));
      return {
        id: reply.getId(),
        outs: fromStruct(reply.getProperties()),
        inputs: fromStruct(reply.getInputs()),
      };
    },
    async delete(id, outs, { timeout = 0 } = {}) {
      const request = new provider.DeleteRequest().setUrn(urn).setType(type).setName(name).setId(id);
      request.setProperties(toStruct(outs)).setTimeout(timeout);
      await ask((done) => client.delete(request, done));
    },
  };
}

function plainKind(resource: RawResource): Kind {
  const plain = (values: Values) => open(values) as Values;
  const kind: Kind = {
    async check(inputs, olds) {
      const { inputs: given, failures } = await resource.check(inputs, olds);
      return { inputs: plain(given), failures };
    },
    async diff(id, outs, inputs) {
      const { changes, replaces, deleteBeforeReplace } = await resource.diff(id, outs, inputs);
      return { changes, replaces, deleteBeforeReplace };
    },
    async create(inputs) {
      const { id, outs } = await resource.create(inputs);
      return { id, outs: plain(outs) };
    },
    async make(inputs) {
      const given = await kind.check(inputs);
      expect(given.failures).toEqual([]);
      return { inputs: given.inputs, ...(await kind.create(given.inputs)) };
    },
    update: async (id, outs, inputs) => plain(await resource.update(id, outs, inputs)),
    async change(id, outs, inputs) {
      const given = await kind.check(inputs, outs);
      expect(given.failures).toEqual([]);
      return await kind.update(id, outs, given.inputs);
    },
    async refresh(id, outs) {
      const { inputs, ...found } = await resource.read(id, outs, outs);
      return { id: found.id, outs: plain(found.outs), inputs: plain(inputs) };
    },
    async get(id) {
      const { inputs, ...found } = await resource.read(id, {});
      return { id: found.id, outs: plain(found.outs), inputs: plain(inputs) };
    },
    delete: (id, outs) => resource.delete(id, outs),
  };
  return kind;
}
