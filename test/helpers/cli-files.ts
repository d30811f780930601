import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Deployment, StackOptions } from "pulumi-anomify/testing";
import { parse, stringify } from "yaml";
import { Passphrase } from "./passphrase.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";

interface Settings {
  encryptionsalt?: string;
  config?: Record<string, unknown>;
}

interface Checkpoint {
  readonly checkpoint: { readonly latest?: Deployment["deployment"] };
}

interface Plugins {
  readonly providers?: ReadonlyArray<{ readonly name: string; readonly path: string }>;
}

/** The project stands in another folder than the program. */
function withAbsolutePaths(plugins: Plugins | undefined, program: string): Plugins | undefined {
  return (
    plugins && { providers: plugins.providers?.map((one) => ({ ...one, path: resolve(program, one.path) })) ?? [] }
  );
}

/**
 * The files of a stack of the Pulumi CLI: those that `pulumi stack init` and `pulumi config set` would write, and the state that
 * `pulumi stack export` would print. Each of these commands takes as long as a third of an operation.
 */
export class CliFiles {
  /** Holds the folders below. */
  readonly folder: string;
  /** Has Pulumi.yaml and the stack's settings: nothing is written next to the program. */
  readonly project: string;
  readonly #stack: string;
  readonly #name: string;
  readonly #passphrase: Passphrase;

  /**
   * @param folder empty
   * @param settings a stack's settings file to begin with, such as Pulumi.dev.yaml; it is copied
   */
  constructor(folder: string, options: StackOptions, settings?: string) {
    this.folder = folder;
    this.#stack = options.stack ?? "dev";
    this.project = this.subfolder("project");
    this.#name = this.#writeProject(options);
    const given = settings === undefined ? {} : ((parse(readFileSync(settings, "utf8")) ?? {}) as Settings);
    this.#passphrase = new Passphrase(options.passphrase ?? "test", given.encryptionsalt);
    this.#writeSettings(given, options);
    this.#writeState();
  }

  subfolder(name: string): string {
    const path = join(this.folder, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** The state as it is on the disk; with `showSecrets`, its secrets are decrypted. */
  state({ showSecrets = false } = {}): Deployment {
    const { checkpoint } = JSON.parse(readFileSync(this.#stateFile(), "utf8")) as Checkpoint;
    const deployment = checkpoint.latest ?? { manifest: { time: "", magic: "", version: "" } };
    return { version: 3, deployment: showSecrets ? (this.#opened(deployment) as typeof deployment) : deployment };
  }

  /** A project that leads to the program. */
  #writeProject({ directory, entry, project }: StackOptions): string {
    const program = resolve(directory);
    const file = join(program, "Pulumi.yaml");
    const manifest = existsSync(file) ? (parse(readFileSync(file, "utf8")) as Record<string, unknown>) : {};
    const main = resolve(program, entry ?? String(manifest.main ?? "."));
    const name = project ?? String(manifest.name);
    const runtime = manifest.runtime ?? "nodejs";
    const plugins = withAbsolutePaths(manifest.plugins as Plugins | undefined, program);
    const written = { ...manifest, name, runtime, main, ...(plugins === undefined ? {} : { plugins }) };
    writeFileSync(join(this.project, "Pulumi.yaml"), JSON.stringify(written));
    return name;
  }

  #writeSettings(given: Settings, { config = {}, secrets = {} }: StackOptions): void {
    const full = (key: string) => (key.includes(":") ? key : `${this.#name}:${key}`);
    const clear = Object.entries(config).map(([key, value]) => [full(key), value]);
    const secret = Object.entries(secrets).map(([key, value]) => [
      full(key),
      { secure: this.#passphrase.encrypt(value) },
    ]);
    const all = { ...given.config, ...Object.fromEntries([...clear, ...secret]) };
    const text = stringify({ ...given, encryptionsalt: this.#passphrase.salt, config: all });
    writeFileSync(join(this.project, `Pulumi.${this.#stack}.yaml`), text);
  }

  #writeState(): void {
    const folder = this.subfolder("state/.pulumi");
    this.subfolder(join("state/.pulumi/stacks", this.#name));
    writeFileSync(join(folder, "meta.yaml"), "version: 1\n");
    const checkpoint = { stack: `organization/${this.#name}/${this.#stack}` };
    writeFileSync(this.#stateFile(), JSON.stringify({ version: 3, checkpoint }));
  }

  #stateFile(): string {
    return join(this.folder, "state/.pulumi/stacks", this.#name, `${this.#stack}.json`);
  }

  #opened(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#opened(item));
    if (typeof value !== "object" || value === null) return value;
    if (SIGNATURE in value && "ciphertext" in value) {
      return { [SIGNATURE]: value[SIGNATURE], plaintext: this.#passphrase.decrypt(String(value.ciphertext)) };
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.#opened(inner)]));
  }
}
