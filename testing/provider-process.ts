import { type ChildProcess, spawn } from "node:child_process";
import { CHANNEL_OPTIONS, type PulumiSdk, type RpcClient, type RpcError } from "./pulumi-sdk.ts";

export interface ProviderProcessOptions {
  sdk: PulumiSdk;
  /** The program's directory: provider code is resolved from here. */
  directory: string;
  project: string;
  engineAddress: string;
  env: Record<string, string>;
  onOutput: (text: string) => void;
}

/** One process of Pulumi's own dynamic provider host. */
export class ProviderProcess {
  readonly #child: ChildProcess;
  readonly #client: RpcClient;
  readonly #exited: Promise<void>;

  private constructor(child: ChildProcess, client: RpcClient, exited: Promise<void>) {
    this.#child = child;
    this.#client = client;
    this.#exited = exited;
  }

  static async start(options: ProviderProcessOptions): Promise<ProviderProcess> {
    const { sdk, directory, project, engineAddress, env, onOutput } = options;
    const child = spawn(process.execPath, [sdk.scripts.dynamicProvider, engineAddress], {
      cwd: directory,
      // Tests leave nothing behind in the user's folders, unless they say where.
      env: { ANOMIFY_STATE_DIR: "off", ...process.env, ...env, PULUMI_NODEJS_PROJECT: project },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
    child.stderr.setEncoding("utf8").on("data", onOutput);
    const port = await readPort(child, onOutput);
    const client = new sdk.ProviderClient(`127.0.0.1:${port}`, sdk.grpc.credentials.createInsecure(), CHANNEL_OPTIONS);
    return new ProviderProcess(child, client, exited);
  }

  call<Response>(method: string, request: unknown): Promise<Response> {
    const rpc = this.#client[method] as (
      request: unknown,
      callback: (error: RpcError | null, response: Response) => void,
    ) => void;
    return new Promise((resolve, reject) => {
      rpc.call(this.#client, request, (error, response) => (error ? reject(error) : resolve(response)));
    });
  }

  async stop(): Promise<void> {
    this.#client.close();
    this.#child.kill();
    await this.#exited;
  }
}

/** The first line of stdout is the port; everything after it is output for the user. */
function readPort(child: ChildProcess, onOutput: (text: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    let first = "";
    let known = false;
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      if (known) return onOutput(text);
      first += text;
      const end = first.indexOf("\n");
      if (end < 0) return;
      known = true;
      if (end + 1 < first.length) onOutput(first.slice(end + 1));
      const port = Number.parseInt(first, 10);
      if (port > 0) resolve(port);
      else reject(new Error(`the provider process printed ${JSON.stringify(first.slice(0, end))} instead of its port`));
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => reject(new Error(`the provider process exited with ${signal ?? code}`)));
  });
}
