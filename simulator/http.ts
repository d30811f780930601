import type { IncomingMessage, ServerResponse } from "node:http";

/** A request, read to its end. */
export interface Received {
  method: string;
  /** As sent, without the query. */
  path: string;
  query: Record<string, string>;
  form: Record<string, string>;
  headers: Record<string, string>;
  host: string;
}

/** A reply, ready to be sent. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** Reads a request. Only form bodies count: another content type leaves `form` empty. */
export async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  const [path = "/", search = ""] = (request.url ?? "/").split("?", 2);
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headers["content-type"] ?? "");
  return {
    method: request.method ?? "GET",
    path,
    query: decode(search),
    form: isForm ? decode(Buffer.concat(chunks).toString("utf8")) : {},
    headers,
    host: headers.host ?? "127.0.0.1",
  };
}

function decode(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function jsonReply(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: Buffer.from(JSON.stringify(body)),
  };
}

export function htmlReply(status: number): Reply {
  const page = `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>${status}</h1><hr>proxy</body></html>`;
  return { status, headers: { "content-type": "text/html" }, body: Buffer.from(page) };
}

/** Sends a reply; cut short, the length that was promised is never reached. */
export async function send(response: ServerResponse, reply: Reply, cut: boolean): Promise<void> {
  response.writeHead(reply.status, { ...reply.headers, "content-length": String(reply.body.length) });
  if (!cut) {
    response.end(reply.body);
    return;
  }
  await new Promise<void>((done) => {
    response.write(reply.body.subarray(0, Math.floor(reply.body.length / 2)), () => done());
  });
  response.socket?.destroySoon();
}
