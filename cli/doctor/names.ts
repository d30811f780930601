import type { WireOverride, WireOverrides } from "../../sdk/index.ts";
import type { ApiField, ApiOperation, ApiParameter } from "./openapi.ts";

/** A field or parameter of ours, and the name that the service is believed to use for it. */
export type Named<Item> = Item & { readonly ours: string; readonly real: string };

/** An operation of the contract with a mapping applied. */
export interface Believed {
  readonly operation: ApiOperation;
  readonly path: string;
  readonly parameters: ReadonlyArray<Named<ApiParameter>>;
  /** `ours` and `real` are whole paths. */
  readonly fields: ReadonlyArray<Named<ApiField>>;
}

/** The contract as a mapping corrects it. */
export function believe(operation: ApiOperation, wire: WireOverrides): Believed {
  const everywhere: WireOverride = wire["*"] ?? {};
  const own: WireOverride = wire[operation.id] ?? {};
  const params = { ...everywhere.params, ...own.params };
  const reply = { ...everywhere.reply, ...own.reply };
  return {
    operation,
    path: own.path ?? operation.path,
    parameters: operation.parameters.map((parameter) => ({
      ...parameter,
      ours: parameter.name,
      real: parameter.in === "path" ? parameter.name : (params[parameter.name] ?? parameter.name),
    })),
    fields: Array.from(operation.fields, ([ours, field]) => ({ ...field, ours, real: realPath(ours, reply) })),
  };
}

function realPath(ours: string, reply: Readonly<Record<string, string>>): string {
  const steps = ours.split(".");
  return steps
    .map((step, index) => {
      const [key = "", marks = ""] = /^(.*?)((?:\[\])*)$/.exec(step)?.slice(1) ?? [];
      const path = [...steps.slice(0, index), key].join(".");
      return (reply[path] ?? key) + marks;
    })
    .join(".");
}

/** The place of a field: `watchers[]` for `watchers[].chips`. */
export const placeOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf(".")));
export const keyOf = (path: string): string => path.slice(path.lastIndexOf(".") + 1);
