import { isWatching, type Role } from "../../domain/roles.ts";
import { catalog } from "../../provider/catalog.ts";
import type { Definition, Values } from "../../provider/runtime/definition.ts";

/** Whether objects of the kind exist whether or not a program manages them: adopted and released, never made. */
export const isAdopted = (kind: string): boolean => definitionOf(kind).alwaysExists === true;

export const isWatcher = (kind: string): boolean => isWatching(definitionOf(kind).role);

/** What objects of the kind are to alerting. */
export const roleOf = (kind: string): Role => definitionOf(kind).role;

/** @throws Error for a kind that this version does not have */
export function definitionOf(kind: string): Definition {
  const found = catalog.find((definition) => definition.kind === kind);
  if (found === undefined) throw new Error(`This version of anomify knows no objects of kind ${kind}. Update it.`);
  return found;
}

/** What people call an object, within its kind. Not known to be unique. */
export function titleOf(kind: string, inputs: Values): string {
  const title = definitionOf(kind)
    .title.map((key) => String(inputs[key] ?? ""))
    .join(" ");
  return title === "" ? kind : title;
}

/** Inputs that describe the object itself, not what this provider does with it. */
export function comparedKeys({ inputs, createOnly, programOnly }: Definition): string[] {
  const ours = ["onDelete", ...(createOnly ?? []), ...(programOnly ?? [])];
  return Object.keys(inputs.shape).filter((key) => !ours.includes(key));
}
