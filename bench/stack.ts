import type { Deployment } from "../testing/index.ts";
import type { Operation } from "./types.ts";

/** A stack of one peer. An operation fails when Pulumi fails, and where nothing was to change, when something does. */
export interface BenchStack {
  run(operation: Operation): Promise<void>;
  state(): Deployment;
  close(): Promise<void>;
}

export interface BenchStackOptions {
  readonly directory: string;
  readonly endpoint: string;
  readonly token: string;
  readonly env: Readonly<Record<string, string>>;
  readonly limitSeconds: number;
}

/** Mean size of one resource in the state, as compact JSON, and the part that is inputs and outputs but not the provider's text. */
export function bytesPerResource({ deployment }: Deployment): { stateBytes: number; ownBytes: number } {
  const resources = (deployment.resources ?? []).filter(({ type }) => /^(pulumi-nodejs|anomify):/.test(type));
  const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
  const own = ({ __provider: _text, ...values }: Record<string, unknown> = {}) => bytes(values);
  const mean = (sizes: number[]) => Math.round(sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length));
  return {
    stateBytes: mean(resources.map(bytes)),
    ownBytes: mean(resources.map(({ inputs, outputs }) => own(inputs) + own(outputs))),
  };
}
