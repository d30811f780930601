import type { Endpoint, HttpMethod } from "../endpoint.ts";
import { InvalidOptionsError } from "../errors.ts";
import { readOverrides } from "./check.ts";
import { renamer } from "./rename.ts";

/** Real names of one operation. */
export interface WireOverride {
  /** The real path, if it moved, such as `/v2/watcher/create`. It has the same `{parameters}`. */
  readonly path?: string;
  /** The real method. GET is possible for reads alone. */
  readonly method?: HttpMethod;
  /** Parameter to the name that the service really takes; null for one that is not to be sent: one of a read that says how
   * much is given, such as `include_deleted` and `limit`. */
  readonly params?: Readonly<Record<string, string | null>>;
  /**
   * Reply field to the key that the service really sends in its place. A field is named by its dotted path inside `data`, in our
   * names, with `[]` for the items of a list: `watchers[].chips`.
   */
  readonly reply?: Readonly<Record<string, string>>;
}

/**
 * Per operation of the contract: our wire name → the name that the service really uses. Only what is assumed or inferred can be
 * mapped.
 *
 * The operation `*` stands for every operation that has the parameter or field and where it is not documented; it has no `path`.
 * What an operation says itself goes before.
 *
 * @example
 * const wire = { "*": { params: { slack_channel: "channel" } }, listWatchers: { reply: { "watchers[].chips": "filters" } } };
 */
export interface WireOverrides {
  readonly [operation: string]: WireOverride;
}

/**
 * Checks overrides against the table of endpoints, and gives a copy.
 *
 * @throws InvalidOptionsError that names all mistakes at once
 */
export function checkWireOverrides(value: unknown): WireOverrides {
  read(value);
  return structuredClone(value) as WireOverrides;
}

/** The rows that overrides change, by operation. Throws {@link InvalidOptionsError}. */
export function overriddenRows(overrides: unknown): ReadonlyMap<string, Endpoint> {
  if (overrides === undefined) return new Map();
  const rows = Array.from(read(overrides), (names): [string, Endpoint] => {
    const { endpoint, params, reply, omit } = names;
    const real = Object.freeze({ params, reply, omit, rename: renamer(reply) });
    const { path = endpoint.path, method = endpoint.method } = names;
    return [endpoint.operation, Object.freeze({ ...endpoint, path, method, real })];
  });
  return new Map(rows);
}

function read(value: unknown) {
  const { problems, names } = readOverrides(value);
  if (problems.length > 0) throw new InvalidOptionsError(`wire is not valid: ${problems.join(" ")}`);
  return names;
}
