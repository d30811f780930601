import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

type Properties = Record<string, unknown>;

export interface Thing {
  id: string;
  serial: number;
  echo: string;
  inputs: Properties;
}

export interface Call {
  method: string;
  path: string;
  /** Name of the thing it is about. */
  name: string;
  token: string;
  pid: string;
  body: Properties;
}

interface Fault {
  method: string;
  name: string;
  /** The change is made all the same, and the provider is shown so. */
  partial: boolean;
  message: string;
  left: number;
}

/** An HTTP service that keeps things, for the provider of the scenario programs. */
export class FakeCloud {
  readonly things = new Map<string, Thing>();
  readonly calls: Call[] = [];
  /** Name of the program that the scenario project runs. */
  program = "empty";
  /** Numbers the things of each name by themselves, so that ids do not depend on which of several creations comes first. */
  idsByName = false;
  readonly #faults: Fault[] = [];
  readonly #counts = new Map<string, number>();
  readonly #server = createServer((request, response) => {
    this.#answer(request).then(({ status, body }) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });

  static async start(): Promise<FakeCloud> {
    const cloud = new FakeCloud();
    await new Promise<void>((resolve) => cloud.#server.listen(0, "127.0.0.1", resolve));
    return cloud;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Lets calls about a thing fail. */
  fail(
    method: string,
    name: string,
    { times = 1, partial = false, message = `${method} of ${name} failed` } = {},
  ): void {
    this.#faults.push({ method, name, partial, message, left: times });
  }

  named(name: string): Thing | undefined {
    return [...this.things.values()].find(({ inputs }) => inputs.name === name);
  }

  /** What was changed, in order: `POST first`, `DELETE second`, … */
  writes(): string[] {
    const writing = this.calls.filter(({ method, path }) => method !== "GET" && path.startsWith("/things"));
    return writing.map(({ method, name }) => `${method} ${name}`);
  }

  calledWith(path: string): Call[] {
    return this.calls.filter((call) => call.path === path);
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const { method = "GET", url = "/" } = request;
    if (url === "/program") return { status: 200, body: { program: this.program } };
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = chunks.length > 0 ? (JSON.parse(Buffer.concat(chunks).toString()) as Properties) : {};
    const thing = this.things.get(url.replace("/things/", ""));
    const name = String(body.name ?? thing?.inputs.name ?? "");
    const header = (key: string) => String(request.headers[key] ?? "");
    this.calls.push({ method, path: url, name, token: header("x-token"), pid: header("x-pid"), body });
    if (!url.startsWith("/things")) return { status: 200, body: {} };
    const fault = this.#faults.find((entry) => entry.left > 0 && entry.method === method && entry.name === name);
    if (fault) fault.left--;
    if (fault && !fault.partial) return { status: 500, body: { message: fault.message } };
    const changed = this.#apply(method, body, thing);
    if (!changed) return { status: 404, body: {} };
    if (!fault) return { status: 200, body: changed };
    const properties = { ...changed.inputs, serial: changed.serial, echo: changed.echo };
    return { status: 500, body: { message: fault.message, partial: { id: changed.id, properties } } };
  }

  #apply(method: string, inputs: Properties, thing: Thing | undefined): Thing | undefined {
    if (method === "POST") {
      const group = this.idsByName ? `thing-${inputs.name}` : "thing";
      const serial = (this.#counts.get(group) ?? 0) + 1;
      this.#counts.set(group, serial);
      const created = { id: `${group}-${serial}`, serial, echo: `made ${serial}`, inputs };
      this.things.set(created.id, created);
      return created;
    }
    if (method === "PUT" && thing) thing.inputs = inputs;
    if (method === "DELETE" && thing) this.things.delete(thing.id);
    return thing;
  }
}
