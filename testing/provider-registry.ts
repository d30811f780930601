import { ProviderClient } from "./provider-client.ts";
import { ProviderProcess, type ProviderProcessOptions } from "./provider-process.ts";
import type { PropertyMap } from "./types.ts";

/** Key of engine data in the inputs of a provider resource; no provider sees it. */
const INTERNAL = "__internal";

export function providerConfig(inputs: PropertyMap): PropertyMap {
  const { [INTERNAL]: _internal, ...config } = inputs;
  return config;
}

/**
 * The providers of one operation by reference (`<urn>::<id>`). Each gets its own process, started with its first call and
 * configured with exactly its own inputs.
 */
export class ProviderRegistry {
  readonly #options: ProviderProcessOptions;
  readonly #providers = new Map<string, ProviderClient>();
  readonly #retired: Promise<void>[] = [];

  constructor(options: ProviderProcessOptions) {
    this.#options = options;
  }

  get(reference: string): ProviderClient | undefined {
    return this.#providers.get(reference);
  }

  /** Puts a provider with this configuration in place; one that was there before is stopped. */
  set(reference: string, inputs: PropertyMap): void {
    this.delete(reference);
    const start = () => ProviderProcess.start(this.#options);
    this.#providers.set(reference, new ProviderClient(this.#options.sdk, start, providerConfig(inputs)));
  }

  delete(reference: string): void {
    const provider = this.#providers.get(reference);
    if (!provider) return;
    this.#providers.delete(reference);
    this.#retired.push(provider.stop());
  }

  async close(): Promise<void> {
    for (const reference of [...this.#providers.keys()]) this.delete(reference);
    await Promise.all(this.#retired);
  }
}
