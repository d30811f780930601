import { z } from "zod";
import { catalog } from "../catalog.ts";
import { typeToken } from "../hosts/dynamic/provider-text.ts";
import type { Values } from "../runtime/definition.ts";
import { mistaken } from "./documents.ts";
import { isSealed } from "./sealed.ts";

/** A resource of ours in the state of a stack. */
export interface StateResource {
  readonly kind: string;
  readonly urn: string;
  /** Name in the program: the whole last part of the URN, which may have `::` in it. */
  readonly name: string;
  readonly id: string;
  /** Recorded outputs; secrets whose text is not in the export are left out. */
  readonly outputs: Values;
  /** Outputs that are secret. */
  readonly secrets: readonly string[];
  /** Of the secret outputs those that cannot be read. */
  readonly unreadable: readonly string[];
  /** Of those that cannot be read the ones that the program does not set, as the recorded inputs show. */
  readonly unset: readonly string[];
  /** Whether the program only looks it up, and does not manage it. */
  readonly external: boolean;
  /** Name of the provider resource; `default` where the program names none. */
  readonly provider: string;
  /** URN of the provider resource; empty where the state has none. */
  readonly providerUrn: string;
}

/** What the state has of a provider that a program made. */
export interface StateProvider {
  readonly name: string;
  readonly endpoint?: string;
  /** A secret; there with an export that shows secrets alone. */
  readonly token?: string;
}

export interface StackState {
  readonly resources: readonly StateResource[];
  /** Old halves of replacements that were interrupted, which the next update deletes. */
  readonly deleting: readonly StateResource[];
  readonly providers: readonly StateProvider[];
  /** Operations that an interrupted update left open. */
  readonly pending: number;
}

const PROVIDER_TYPE = "pulumi:providers:pulumi-nodejs";

const properties = z.record(z.string(), z.unknown()).nullish();
const exported = z.looseObject({
  version: z.int(),
  deployment: z
    .looseObject({
      resources: z
        .array(
          z.looseObject({
            urn: z.string(),
            type: z.string(),
            id: z.string().optional(),
            provider: z.string().optional(),
            external: z.boolean().optional(),
            delete: z.boolean().optional(),
            inputs: properties,
            outputs: properties,
          }),
        )
        .nullish(),
      pending_operations: z.array(z.unknown()).nullish(),
    })
    .nullish(),
});

/** What an error says at its end. */
export const WRITE_STATE = "Write it with: pulumi stack export --file state.json";

/** Reads what `pulumi stack export` wrote. @throws Error when it is something else; never with a value of it */
export function parseState(text: string, source: string): StackState {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`${source} is not JSON. ${WRITE_STATE}`);
  }
  return readState(json, source);
}

/** As `parseState`, of what the text says. @throws Error when it is not the state of a stack; never with a value of it */
export function readState(json: unknown, source: string): StackState {
  const parsed = exported.safeParse(json);
  if (!parsed.success || "format" in parsed.data) {
    throw new Error(`${mistaken(json, source, "not the state of a stack")} ${WRITE_STATE}`);
  }
  const { deployment } = parsed.data;
  const all = deployment?.resources ?? [];
  const kinds = new Map(catalog.map(({ kind }) => [typeToken(kind) as string, kind]));
  const resources: StateResource[] = [];
  const deleting: StateResource[] = [];
  for (const recorded of all) {
    const kind = kinds.get(recorded.type);
    if (kind === undefined || recorded.id === undefined) continue;
    const providerUrn = urnOfReference(recorded.provider);
    const resource = {
      kind,
      urn: recorded.urn,
      name: nameOf(recorded.urn),
      id: recorded.id,
      external: recorded.external ?? false,
      provider: isDefaultProvider(providerUrn) ? "default" : nameOf(providerUrn),
      providerUrn,
      ...readable(recorded.outputs ?? {}, recorded.inputs ?? {}),
    };
    (recorded.delete ? deleting : resources).push(resource);
  }
  const providers = all.filter(({ type }) => type === PROVIDER_TYPE).map((resource) => readProvider(resource));
  return { resources, deleting, providers, pending: deployment?.pending_operations?.length ?? 0 };
}

/** The name of a resource is all that follows the third `::`: `urn:pulumi:<stack>::<project>::<types>::<name>`. */
const nameOf = (urn: string): string => urn.split("::").slice(3).join("::") || urn;

/** URN of a provider. @param reference its URN and its id, as a resource names it */
const urnOfReference = (reference = ""): string => reference.split("::").slice(0, -1).join("::");

/** Whether it is the provider of resources for which the program names none. Such a provider carries its version in its name. */
export function isDefaultProvider(providerUrn: string): boolean {
  return providerUrn === "" || /^default(_|$)/.test(nameOf(providerUrn));
}

function readProvider({ urn, inputs }: { urn: string; inputs?: Record<string, unknown> | null | undefined }) {
  const text = (key: string) => {
    const { value } = open(inputs?.[`anomify:${key}`]);
    return typeof value === "string" ? value : undefined;
  };
  const [endpoint, token] = [text("endpoint"), text("token")];
  return {
    name: nameOf(urn),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(token === undefined ? {} : { token }),
  };
}

function readable(
  outputs: Values,
  inputs: Values,
): Pick<StateResource, "outputs" | "secrets" | "unreadable" | "unset"> {
  const opened = Object.entries(outputs).map(([key, value]) => ({ key, ...open(value) }));
  const keys = (list: typeof opened) => list.map(({ key }) => key);
  const hidden = opened.filter(({ unreadable }) => unreadable);
  const known = opened.filter(({ key, unreadable }) => key !== "__provider" && !unreadable);
  return {
    outputs: Object.fromEntries(known.map(({ key, value }) => [key, value])),
    secrets: keys(opened.filter(({ secret }) => secret)),
    unreadable: keys(hidden),
    // Without any inputs, nothing is known of what the program sets.
    unset: keys(hidden.filter(({ key }) => Object.keys(inputs).length > 0 && (inputs[key] ?? null) === null)),
  };
}

/** No output of ours is nested as deeply as this, and what is much deeper would end the process. */
const MAX_DEPTH = 100;

/** A value of the state without the marks of secrets, which may be anywhere in it. */
function open(value: unknown, depth = MAX_DEPTH): { value: unknown; secret: boolean; unreadable: boolean } {
  if (depth === 0) return { value: undefined, secret: false, unreadable: true };
  if (Array.isArray(value)) {
    const items = value.map((item) => open(item, depth - 1));
    return { value: items.map((item) => item.value), ...marks(items) };
  }
  if (typeof value !== "object" || value === null) return { value, secret: false, unreadable: false };
  const object = value as Record<string, unknown>;
  if (isSealed(object)) return openSecret(object.plaintext);
  const entries = Object.entries(object).map(([key, inner]) => ({ key, ...open(inner, depth - 1) }));
  return { value: Object.fromEntries(entries.map((entry) => [entry.key, entry.value])), ...marks(entries) };
}

function openSecret(plaintext: unknown) {
  try {
    if (typeof plaintext === "string") return { value: JSON.parse(plaintext), secret: true, unreadable: false };
  } catch {
    // Not what an export writes: it counts as one that cannot be read.
  }
  return { value: undefined, secret: true, unreadable: true };
}

function marks(items: ReadonlyArray<{ secret: boolean; unreadable: boolean }>) {
  return { secret: items.some(({ secret }) => secret), unreadable: items.some(({ unreadable }) => unreadable) };
}
