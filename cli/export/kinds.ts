import { catalog } from "../../provider/catalog.ts";
import type { Definition, ExportStyle, Values } from "../../provider/runtime/definition.ts";

/** Sorts kinds as a reader of a program wants them. */
export function inReadingOrder(kinds: Iterable<string>): string[] {
  const place = (kind: string) => find(kind)?.export.order ?? Number.POSITIVE_INFINITY;
  return [...new Set(kinds)].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

/** File and heading of a kind. */
export function styleOf({ export: style }: Definition): ExportStyle {
  return style;
}

/** What a resource of an exported program is named after; may be empty. */
export function nameOf({ export: { name }, title }: Definition, inputs: Values): string {
  if (name !== undefined) return name(inputs);
  const value = inputs[title[0] ?? ""];
  return typeof value === "string" ? value : "";
}

const find = (kind: string): Definition | undefined => catalog.find((definition) => definition.kind === kind);
