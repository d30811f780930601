import type { Settings } from "../../provider/organization/config.ts";
import { clientOptions } from "../../provider/organization/connect.ts";
import { type AnomifyClient, createClient, type WireOverrides } from "../../sdk/index.ts";
import { fetchThrough, proxyOf } from "../../sdk/proxy.ts";

/** What was sent back to the last attempt of a call. */
export interface Heard {
  readonly status: number;
  /** The `Date` header; undefined when there is none. */
  readonly date: string | undefined;
  /** Parsed, when it is JSON. */
  readonly body: unknown;
  /** Unix seconds of this machine, in the middle between request and reply. */
  readonly at: number;
}

/** One call: what the client made of it, and what the service said. */
export interface Probed {
  readonly data: unknown;
  readonly error: unknown;
  readonly heard: Heard | undefined;
}

/** Makes a call with a client of its own, which is listened to; with other names on the wire where they are given. */
export type Probe = (
  call: (client: AnomifyClient) => Promise<{ readonly data: unknown }>,
  wire?: WireOverrides,
) => Promise<Probed>;

export function createProbe(settings: Settings, signal: AbortSignal): Probe {
  const options = clientOptions(settings, signal);
  const send = fetchThrough(proxyOf(settings.endpoint, process.env));
  return async (call, wire) => {
    const heard: Heard[] = [];
    const client = createClient({
      ...options,
      wire: { ...options.wire, ...wire },
      fetch: (input, init) => listen(send, heard, input, init),
    });
    try {
      const { data } = await call(client);
      return { data, error: undefined, heard: heard.at(-1) };
    } catch (error) {
      signal.throwIfAborted();
      return { data: undefined, error, heard: heard.at(-1) };
    }
  };
}

async function listen(
  send: typeof fetch,
  heard: Heard[],
  ...[input, init]: Parameters<typeof fetch>
): Promise<Response> {
  const started = Date.now();
  const response = await send(input, init);
  const at = (started + Date.now()) / 2000;
  const isText = !/^(image|audio|video)\//.test(response.headers.get("content-type") ?? "");
  const body = isText ? parsed(await response.clone().text()) : undefined;
  heard.push({ status: response.status, date: response.headers.get("date") ?? undefined, body, at });
  return response;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A key of an object; undefined where there is none. */
export const inside = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;

/** `status` of the envelope. */
export const statusOf = (heard: Heard | undefined, key: string): number | undefined => {
  const value = inside(inside(heard?.body, "status"), key);
  return typeof value === "number" ? value : undefined;
};
