import type { Values } from "../../runtime/definition.ts";
import { UNKNOWN } from "../../runtime/unknowns.ts";
import { struct } from "./proto.ts";

/** Properties as the engine sends them, with its marks taken off. */
export interface Properties {
  /** Plain JSON; what is not known yet stands as `UNKNOWN`. */
  readonly values: Values;
  /** Keys whose value is a secret, or has one in it. */
  readonly secrets: ReadonlySet<string>;
}

/** Key by which the engine marks a value that is more than JSON, and what may stand there. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

type Struct = InstanceType<typeof struct.Struct>;

/** Takes the engine's marks off, and remembers which keys were secret. */
export function unwrap(properties: Struct | undefined): Properties {
  const values: Values = {};
  const secrets = new Set<string>();
  for (const [key, value] of Object.entries((properties?.toJavaScript() ?? {}) as Values)) {
    values[key] = open(value, () => secrets.add(key));
  }
  return { values, secrets };
}

function open(value: unknown, onSecret: () => void): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => open(item, onSecret));
  const record = value as Values;
  switch (record[SIGNATURE]) {
    case undefined:
      return Object.fromEntries(Object.entries(record).map(([key, inner]) => [key, open(inner, onSecret)]));
    case SECRET:
      onSecret();
      return open(record.value, onSecret);
    case OUTPUT:
      if (record.secret === true) onSecret();
      return "value" in record ? open(record.value, onSecret) : UNKNOWN;
    case RESOURCE:
      return typeof record.id === "string" && record.id !== "" ? record.id : UNKNOWN;
    default:
      throw new Error("a property is a file or an archive, which no property of Anomify takes");
  }
}

/**
 * Values as the engine takes them. Null is left out: it means the same as absent, and would be bytes in each state.
 *
 * @param secrets keys whose values the engine is to encrypt
 */
export function wrap(values: Values, secrets: Iterable<string> = []): Struct {
  const marked = new Set(secrets);
  const present = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  const dressed = present.map(([key, value]) => [key, marked.has(key) ? { [SIGNATURE]: SECRET, value } : value]);
  return struct.Struct.fromJavaScript(Object.fromEntries(dressed));
}
