import type { WireOverride, WireOverrides } from "../../sdk/index.ts";
import type { Hint } from "./fields.ts";

/** A mapping that follows beyond doubt, and what a person has to decide. */
export interface Suggestion {
  readonly wire: WireOverrides;
  readonly notes: readonly string[];
  /** Mappings that may be meant, each on its own, to be checked before it is used. Left out where there are none. */
  readonly doubtful?: readonly WireOverrides[];
}

/**
 * Adds what was found to the mapping that is in use.
 *
 * @param documented whether the service has a document of its own
 */
export function suggest(present: WireOverrides, hints: readonly Hint[], documented = true): Suggestion {
  const notes: string[] = documented ? [] : [WITHOUT_DOCUMENT];
  const doubtful: WireOverrides[] = [];
  const wire = new Map(Object.entries(present));
  for (const group of grouped(hints)) {
    const [hint] = group;
    if (hint === undefined) continue;
    const sure = new Set(group.filter((each) => each.sure).flatMap(({ real }) => real));
    const [real] = sure;
    if (real !== undefined && sure.size === 1)
      wire.set(hint.operation, put(wire.get(hint.operation) ?? {}, hint, real));
    else {
      const candidates = [...new Set(group.flatMap((each) => each.real))];
      const choices = candidates.map((candidate) => ({ [hint.operation]: put({}, hint, candidate) }));
      notes.push(noteOf(hint, candidates, choices));
      doubtful.push(...choices);
    }
  }
  return {
    wire: Object.fromEntries(wire),
    notes,
    ...(doubtful.length === 0 ? {} : { doubtful }),
  };
}

/** What a person can do where nothing says what writes take. */
const WITHOUT_DOCUMENT =
  'The service publishes no document, so that names which only writes take are learned when one is refused: the error of a preview or an up names what the service wants, such as "filters is required". Put it into the mapping: {"createWatcher":{"params":{"chips":"filters"}}}';

function grouped(hints: readonly Hint[]): Hint[][] {
  return [...Map.groupBy(hints, ({ operation, part, ours }) => `${operation} ${part} ${ours}`).values()];
}

function put(override: WireOverride, { part, ours }: Hint, real: string): WireOverride {
  if (part === "path") return { ...override, path: real };
  return { ...override, [part]: { ...override[part], [ours]: real } };
}

function noteOf({ operation, part, ours }: Hint, real: readonly string[], choices: readonly WireOverrides[]): string {
  const what = part === "path" ? "the path" : `${part === "params" ? "parameter" : "reply field"} ${ours}`;
  const [first, ...more] = choices.map((choice) => JSON.stringify(choice));
  const paste = [first, ...more].join(" or ");
  return `${operation}: ${what} may be ${real.join(" or ")} now; nothing says which. Doubtful: check it in the service's document, then add it to the mapping: ${paste}`;
}
