// Reads the client's table of endpoints, and its models, in the words of the contract.
import { z } from "zod";
import type { Endpoint, Evidence } from "../../sdk/endpoint.ts";
import { groups } from "../../sdk/endpoints/index.ts";
import { unwrap } from "../../sdk/evidence.ts";

/** A row of the table and the method of the client that it becomes. */
export interface NamedRow {
  readonly group: string;
  readonly method: string;
  readonly row: Endpoint;
}

/** Every endpoint of the client; iterators are left out. */
export const rows: readonly NamedRow[] = Object.entries(groups).flatMap(([group, methods]) =>
  Object.entries(methods)
    .filter(([, row]) => "operation" in row)
    .map(([method, row]) => ({ group, method, row: row as unknown as Endpoint })),
);

/** What a reply property is, by its path; list items are `[]`. */
export interface Property {
  readonly type: string;
  readonly required: boolean;
  readonly nullable: boolean;
  readonly evidence: Evidence;
  readonly words?: readonly string[];
}

/** All properties of a model. */
export function propertiesOfModel(schema: z.ZodType, around: Evidence, at = "data"): Map<string, Property> {
  const found = new Map<string, Property>();
  collect(schema, around, at, found);
  return found;
}

function collect(schema: z.ZodType, around: Evidence, at: string, found: Map<string, Property>): void {
  const { core, optional, nullable } = peel(schema);
  const presence = markOf(schema, "presence");
  const words = core.meta()?.words as readonly string[] | undefined;
  const evidence = presence ?? around;
  found.set(at, { type: typeOf(core), required: !optional, nullable, evidence, ...(words && { words }) });
  const inside = markOf(schema, "evidence") ?? evidence;
  if (core instanceof z.ZodArray) collect(core.element as z.ZodType, inside, `${at}[]`, found);
  if (core instanceof z.ZodObject) {
    for (const [key, child] of Object.entries(core.shape)) collect(child as z.ZodType, inside, `${at}.${key}`, found);
  }
}

function markOf(schema: z.ZodType, name: "presence" | "evidence"): Evidence | undefined {
  const inner = unwrap(schema);
  return (schema.meta()?.[name] ?? (inner && markOf(inner, name))) as Evidence | undefined;
}

function peel(schema: z.ZodType): { core: z.ZodType; optional: boolean; nullable: boolean } {
  const inner = unwrap(schema);
  if (inner === undefined) return { core: schema, optional: false, nullable: false };
  const { core, optional, nullable } = peel(inner);
  return {
    core,
    optional: optional || schema instanceof z.ZodOptional,
    nullable: nullable || schema instanceof z.ZodNullable,
  };
}

function typeOf(core: z.ZodType): string {
  if (core instanceof z.ZodUnion) return core.options.map((option) => typeOf(option as z.ZodType)).join("|");
  if (core instanceof z.ZodNumberFormat) return "integer";
  if (core instanceof z.ZodRecord) return "object";
  return core.def.type;
}
