import { Refusal } from "./envelope.ts";

/** What is inside a parameter; on the wire all are strings. */
export type ParamType =
  | "string"
  | "integer"
  | "number"
  | "boolean"
  | "unix-seconds"
  | "csv"
  | "csv-integer"
  | "email"
  | "url";

/** One parameter of an operation. */
export interface ParamSpec {
  type: ParamType;
  required?: true;
  /** Replaces the pattern of the type. */
  pattern?: RegExp;
  enum?: readonly string[];
  minLength?: number;
  minimum?: number;
  /** An empty string is accepted and clears. */
  clearable?: true;
}

/** The parameters of an operation by wire name. */
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;

const typePatterns: Partial<Record<ParamType, RegExp>> = {
  integer: /^[0-9]+$/,
  "unix-seconds": /^[0-9]+$/,
  number: /^[0-9]+(\.[0-9]+)?$/,
  boolean: /^(true|false)$/,
  "csv-integer": /^[0-9]+(,[0-9]+)*$/,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
};

/** Reasons to refuse, by wire name: all bad parameters are reported at once. */
export class Problems {
  readonly #reasons: Record<string, string> = {};

  /** Notes a reason; the first one of a parameter stays. */
  add(name: string, reason: string): void {
    this.#reasons[name] ??= reason;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#reasons, name);
  }

  /** Refuses the request when there is any reason. */
  raise(): void {
    if (Object.keys(this.#reasons).length > 0)
      throw new Refusal(400, "Some parameters were refused.", { ...this.#reasons });
  }
}

/** Parameters of one request. A left-out or refused one reads as undefined, a cleared one as "" or []. */
export class Params {
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  text(name: string): string | undefined {
    return this.#values.get(name);
  }

  number(name: string): number | undefined {
    const value = this.#values.get(name);
    return value === undefined || value === "" ? undefined : Number(value);
  }

  boolean(name: string): boolean | undefined {
    const value = this.#values.get(name);
    return value === undefined ? undefined : value === "true";
  }

  /** Items of a comma list, without blanks around them, empty ones and repetitions. */
  list(name: string): string[] | undefined {
    const value = this.#values.get(name);
    if (value === undefined) return undefined;
    return [...new Set(value.split(",").map((item) => item.trim()))].filter((item) => item !== "");
  }

  /** Items of a comma list as `list` has them, repetitions kept: a repeated chip matches nothing. */
  chips(name: string): string[] | undefined {
    const items = this.#values.get(name)?.split(",");
    return items?.map((item) => item.trim()).filter((item) => item !== "");
  }

  /** How many of them were sent. */
  get size(): number {
    return this.#values.size;
  }
}

/** Picks the parameters an operation knows, notes a problem for each bad one; unknown ones are ignored, as PHP services do. */
export function readParams(
  specs: ParamSpecs,
  sent: Readonly<Record<string, string>>,
  form: boolean,
  problems: Problems,
): Params {
  const values = new Map<string, string>();
  for (const [name, spec] of Object.entries(specs)) {
    const value = Object.hasOwn(sent, name) ? sent[name] : undefined;
    if (value === undefined) {
      if (spec.required) problems.add(name, "Is missing.");
      continue;
    }
    const reason = complaint(spec, value, form);
    if (reason) problems.add(name, reason);
    else values.set(name, value);
  }
  return new Params(values);
}

/** Why a value is refused. In a form only a clearable parameter may be empty; in a query an empty one counts as any text. */
function complaint(spec: ParamSpec, value: string, form: boolean): string | undefined {
  if (value === "") {
    if (spec.clearable) return undefined;
    if (form || spec.minLength || spec.required) return "Must not be empty.";
  }
  if (spec.enum && !spec.enum.includes(value)) return `Must be one of ${spec.enum.join(", ")}.`;
  const pattern = spec.pattern ?? typePatterns[spec.type];
  if (pattern && !pattern.test(value)) return patternComplaint(spec);
  if (spec.type === "url" && !isWebUrl(value)) return "Must be a URL that starts with https:// or http://.";
  if (spec.type === "csv" && spec.minLength && !/[^,\s]/.test(value)) return "Must not be empty.";
  if (spec.minimum !== undefined && Number(value) < spec.minimum) return `Must be at least ${spec.minimum}.`;
  return undefined;
}

function patternComplaint({ type }: ParamSpec): string {
  switch (type) {
    case "boolean":
      return "Must be true or false.";
    case "csv-integer":
      return "Must be a comma list of ids.";
    case "integer":
    case "unix-seconds":
      return "Must be a whole number.";
    case "number":
      return "Must be a number.";
    case "email":
      return "Must be an e-mail address.";
    default:
      return "Has a form that is not accepted.";
  }
}

function isWebUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}
