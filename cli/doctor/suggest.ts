import type { WireOverride, WireOverrides } from "../../sdk/index.ts";
import type { Hint } from "./fields.ts";

/** A mapping that follows beyond doubt, and what a person has to decide. */
export interface Suggestion {
  readonly wire: WireOverrides;
  readonly notes: readonly string[];
}

/** Adds what was found to the mapping that is in use. */
export function suggest(present: WireOverrides, hints: readonly Hint[]): Suggestion {
  const notes: string[] = [];
  const wire = new Map(Object.entries(present));
  for (const group of grouped(hints)) {
    const [hint] = group;
    if (hint === undefined) continue;
    const sure = new Set(group.filter((each) => each.sure).flatMap(({ real }) => real));
    const [real] = sure;
    if (real !== undefined && sure.size === 1)
      wire.set(hint.operation, put(wire.get(hint.operation) ?? {}, hint, real));
    else notes.push(noteOf(hint, [...new Set(group.flatMap((each) => each.real))]));
  }
  return { wire: Object.fromEntries(wire), notes };
}

function grouped(hints: readonly Hint[]): Hint[][] {
  return [...Map.groupBy(hints, ({ operation, part, ours }) => `${operation} ${part} ${ours}`).values()];
}

function put(override: WireOverride, { part, ours }: Hint, real: string): WireOverride {
  if (part === "path") return { ...override, path: real };
  return { ...override, [part]: { ...override[part], [ours]: real } };
}

function noteOf({ operation, part, ours }: Hint, real: readonly string[]): string {
  const what = part === "path" ? "the path" : `${part === "params" ? "parameter" : "reply field"} ${ours}`;
  return `${operation}: ${what} may be ${real.join(" or ")} now; nothing says which. Look at the service's document, and add it by hand.`;
}
