import { type Simulator, type SimulatorOptions, startSimulator } from "pulumi-anomify/simulator";
import { onTestFinished } from "vitest";

/** A reply, read. */
export interface Reply {
  http: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever reply they expect.
  status: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  data: any;
  headers: Headers;
}

/** How to send requests. */
export interface Caller {
  get(path: string, query?: Record<string, string>): Promise<Reply>;
  post(path: string, form?: Record<string, string>): Promise<Reply>;
  put(path: string, form?: Record<string, string>): Promise<Reply>;
}

/** A clock that only moves when asked to. */
export class Clock {
  now = 1_768_230_060;
  readonly read = (): number => this.now;
}

/** A simulator that is stopped when the test is over. */
export async function simulate(options?: SimulatorOptions): Promise<Simulator> {
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.stop());
  return simulator;
}

/** Sends requests with these headers. */
export function caller(simulator: Simulator, headers: Record<string, string>): Caller {
  const send = async (path: string, init: RequestInit = {}): Promise<Reply> => {
    const response = await fetch(simulator.url + path, { ...init, headers });
    const { status, data } = (await response.json()) as Pick<Reply, "status" | "data">;
    return { http: response.status, status, data, headers: response.headers };
  };
  return {
    get: (path, query = {}) => send(Object.keys(query).length > 0 ? `${path}?${new URLSearchParams(query)}` : path),
    post: (path, form = {}) => send(path, { method: "POST", body: new URLSearchParams(form) }),
    put: (path, form = {}) => send(path, { method: "PUT", body: new URLSearchParams(form) }),
  };
}

/** Sends requests with the token of a tenant. */
export function withToken(simulator: Simulator, tenant = "acme"): Caller {
  return caller(simulator, { "x-auth-token": simulator.organization(tenant).token });
}

/** Sends requests as somebody who is logged in. */
export function withSession(simulator: Simulator, email?: string, tenant = "acme"): Caller {
  return caller(simulator, { "x-session-id": simulator.organization(tenant).session(email) });
}
