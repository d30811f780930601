import { readFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";
import { z } from "zod";
import { catalog } from "../../provider/catalog.ts";
import { typeToken } from "../../provider/hosts/dynamic/provider-text.ts";

/** A resource of ours in the state of a stack. */
export interface ManagedResource {
  readonly kind: string;
  readonly id: string;
  /** Logical name: the last part of its URN. */
  readonly name: string;
  readonly urn: string;
  /** URN of the provider that it belongs to, without the provider's id; empty when the state does not say. */
  readonly provider: string;
}

const deployment = z.object({
  version: z.number(),
  deployment: z.object({
    resources: z
      .array(
        z.object({ urn: z.string(), type: z.string(), id: z.string().default(""), provider: z.string().default("") }),
      )
      .nullish(),
  }),
});

/**
 * Our resources in what `pulumi stack export` prints; a resource that waits for its deletion is one too.
 *
 * @param source where the text comes from, for the error
 * @throws Error when it is not the state of a stack
 */
export function managedResources(text: string, source: string): ManagedResource[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`${source} is not JSON. Give what this prints: pulumi stack export`);
  }
  const parsed = deployment.safeParse(json);
  if (!parsed.success)
    throw new Error(`${source} is not the state of a stack. Give what this prints: pulumi stack export`);
  return (parsed.data.deployment.resources ?? []).flatMap(({ urn, type, id, provider }) => {
    const kind = catalog.find((definition) => typeToken(definition.kind) === type)?.kind;
    if (kind === undefined) return [];
    const name = urn.split("::").slice(3).join("::");
    return [{ kind, id, name, urn, provider: provider.split("::").slice(0, -1).join("::") }];
  });
}

/** Text of a state in a file, or `-` for standard input. @throws Error when it cannot be read */
export async function readStateFile(path: string): Promise<string> {
  if (path === "-") return await readAll(process.stdin);
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Error(`Cannot read the state from ${path} (${(error as NodeJS.ErrnoException).code}). Check --state.`);
  }
}
