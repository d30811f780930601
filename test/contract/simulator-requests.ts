import type { Simulator } from "pulumi-anomify/simulator";
import type { Operation } from "./openapi-validator.ts";
import type { Sample } from "./simulator-samples.ts";

/** What came back; `body` is parsed JSON, text or bytes. */
export interface Answer {
  status: number;
  body: unknown;
}

/** Sends a sample the way the contract says: query for fetches, a form for writes. */
export async function request(simulator: Simulator, operation: Operation, sample: Sample): Promise<Answer> {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(sample.path?.[name] ?? ""));
  const query = new URLSearchParams(sample.query).toString();
  const response = await fetch(`${simulator.url}${path}${query && `?${query}`}`, {
    method: operation.method,
    headers: credentials(simulator, sample.as ?? "token"),
    ...(operation.method !== "GET" && { body: new URLSearchParams(sample.form) }),
  });
  return { status: response.status, body: await read(response) };
}

function credentials(simulator: Simulator, as: NonNullable<Sample["as"]>): Record<string, string> {
  const organization = simulator.organization("acme");
  switch (as) {
    case "token":
      return { "x-auth-token": organization.token };
    case "session":
      return { "x-session-id": organization.session() };
    case "attempt":
      return { "x-session-id": "0123456789abcdef0123456789abcdef" };
    case "nobody":
      return {};
  }
}

async function read(response: Response): Promise<unknown> {
  const contentType = response.headers.get("content-type") ?? "";
  if (contentType.startsWith("application/json")) return response.json();
  if (contentType.startsWith("image/")) return new Uint8Array(await response.arrayBuffer());
  return response.text();
}
