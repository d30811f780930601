import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { SecretBox } from "./secret-box.ts";
import { emptyState, type ResourceState } from "./state.ts";
import type { Deployment, PropertyMap, ResourceJson } from "./types.ts";
import { containsSecrets, isObject, isSecret, makeSecret, SIGNATURE, secretEnvelope } from "./values.ts";

/** Deep copy in which each secret is replaced. */
function replaceSecrets(value: unknown, replace: (plain: unknown) => unknown): unknown {
  if (isSecret(value)) return replace(value.value);
  if (Array.isArray(value)) return value.map((element) => replaceSecrets(element, replace));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaceSecrets(inner, replace)]));
}

/** Opens the secrets of a state or of an import file, where one that was never encrypted has its value as `plaintext`. */
export function openSecrets(value: unknown, box: SecretBox): unknown {
  if (Array.isArray(value)) return value.map((element) => openSecrets(element, box));
  if (!isObject(value)) return value;
  if (SIGNATURE in value && typeof value.plaintext === "string") return makeSecret(JSON.parse(value.plaintext));
  if (SIGNATURE in value && typeof value.ciphertext === "string")
    return makeSecret(JSON.parse(box.open(value.ciphertext)));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, openSecrets(inner, box)]));
}

const OPTIONAL_KEYS = [
  "parent",
  "protect",
  "external",
  "delete",
  "dependencies",
  "initErrors",
  "provider",
  "propertyDependencies",
  "pendingReplacement",
  "additionalSecretOutputs",
  "retainOnDelete",
  "deletedWith",
  "replaceWith",
  "ignoreChanges",
  "replaceOnChanges",
  "resourceHooks",
  "created",
  "modified",
] as const;

const isEmpty = (value: unknown): boolean => !value || (typeof value === "object" && Object.keys(value).length === 0);

function toJson(state: ResourceState, seal: (map: PropertyMap) => PropertyMap): ResourceJson {
  const { urn, custom, id, type } = state;
  const byProperty = Object.entries(state.propertyDependencies).filter(([, urns]) => urns.length > 0);
  const shown = { ...state, propertyDependencies: Object.fromEntries(byProperty) };
  const optional = OPTIONAL_KEYS.filter((key) => !isEmpty(shown[key])).map((key) => [key, structuredClone(shown[key])]);
  return {
    urn,
    custom,
    ...(id ? { id } : {}),
    type,
    ...(isEmpty(state.inputs) ? {} : { inputs: seal(state.inputs) }),
    ...(isEmpty(state.outputs) ? {} : { outputs: seal(state.outputs) }),
    ...Object.fromEntries(optional),
  };
}

/** The state as `pulumi stack export` prints it. */
export function exportDeployment(
  resources: ResourceState[],
  box: SecretBox,
  options: { showSecrets: boolean; sdkVersion: string },
): Deployment {
  const seal = (plain: unknown) => {
    const text = JSON.stringify(plain);
    return secretEnvelope(options.showSecrets ? { plaintext: text } : { ciphertext: box.seal(text) });
  };
  return {
    version: 3,
    deployment: {
      manifest: { time: new Date().toISOString(), magic: "", version: `v${options.sdkVersion}` },
      secrets_providers: { type: "passphrase", state: { salt: box.salt } },
      resources: resources.map((state) => toJson(state, (map) => replaceSecrets(map, seal) as PropertyMap)),
      metadata: {},
    },
  };
}

/** The state of a stack in a file of its own, replaced as a whole with each write and readable by its owner only. */
export class StateFile {
  readonly #path: string;
  readonly #hasPassphrase: boolean;

  constructor(path: string, hasPassphrase: boolean) {
    this.#path = path;
    this.#hasPassphrase = hasPassphrase;
  }

  load(passphrase: string | undefined): { resources: ResourceState[]; box: SecretBox } {
    if (!existsSync(this.#path)) return { resources: [], box: new SecretBox(passphrase) };
    const { deployment } = JSON.parse(readFileSync(this.#path, "utf8")) as Deployment;
    const salt = deployment.secrets_providers?.state?.salt;
    const box = new SecretBox(passphrase, typeof salt === "string" ? salt : undefined);
    try {
      const resources = (deployment.resources ?? []).map(
        (json): ResourceState => ({
          ...emptyState(json.urn, json.type),
          ...json,
          inputs: openSecrets(json.inputs ?? {}, box) as PropertyMap,
          outputs: openSecrets(json.outputs ?? {}, box) as PropertyMap,
        }),
      );
      return { resources, box };
    } catch (cause) {
      throw new Error(
        `${this.#path} cannot be decrypted: the passphrase is missing or not the one it was written with`,
        { cause },
      );
    }
  }

  /** Refuses before anything is changed, rather than when the first secret has to be written. */
  requirePassphrase(...values: unknown[]): void {
    if (this.#hasPassphrase || !values.some(containsSecrets)) return;
    throw new Error(`${this.#path} would hold secrets: give the option "passphrase" to encrypt them`);
  }

  write(deployment: Deployment): void {
    // A name that nobody can guess, and `wx`: a link that somebody else put there is not written through.
    const temporary = `${this.#path}.${randomBytes(8).toString("hex")}.tmp`;
    try {
      writeFileSync(temporary, `${JSON.stringify(deployment, undefined, 2)}\n`, { mode: 0o600, flag: "wx" });
      renameSync(temporary, this.#path);
    } finally {
      rmSync(temporary, { force: true });
    }
  }
}
