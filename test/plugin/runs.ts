import type { Kind, Values } from "../host/harness.ts";
import type { RunSource } from "../reliability/driver.ts";
import type { Plugin } from "./harness.ts";

/** Lets one plugin stand for many: configured anew with settings that no run had before, it knows nothing of what others did. */
export class PluginRuns implements RunSource {
  readonly #plugin: Plugin;
  readonly #name: string | undefined;
  #count = 0;
  #unique = 1000;

  /**
   * @param name of the resource in each run. Left out: another one in each, since addresses of simulators come back, and
   *   intents are kept by them
   */
  constructor(plugin: Plugin, name?: string) {
    this.#plugin = plugin;
    this.#name = name;
  }

  async next(kind: string, config: Values): Promise<Kind> {
    this.#count += 1;
    await this.#plugin.configure(config);
    return this.#plugin.kind(kind, this.#name ?? `run-${this.#count}`);
  }

  unique(): Values {
    this.#unique += 1;
    return { "anomify:exclusionMaxMetrics": String(this.#unique) };
  }
}
