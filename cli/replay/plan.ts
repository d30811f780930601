import { z } from "zod";
import { readState, type StackState } from "../../provider/stack/read-state.ts";

/** What a preview would make of a stack: resources as they will be, and those that will be gone. */
export interface Plan {
  /** Resources that are made or changed; one that is new has the empty id. Those that stay may be missing. */
  readonly after: StackState;
  readonly removed: StackState;
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).nullish(),
});
const digest = z.looseObject({
  steps: z.array(z.looseObject({ op: z.string(), oldState: resource.nullish(), newState: resource.nullish() })),
});

/** Operations after which an object is no longer there. */
const REMOVING: readonly string[] = ["delete", "delete-replaced", "discard"];
/** Operations that make an object. What another one changes has its id in the old state alone. */
const MAKING: readonly string[] = ["create", "create-replacement"];
/** Tells that a replacement takes place; its parts are steps of their own. */
const SUMMARY = "replace";

/**
 * Reads what `pulumi preview --json` wrote.
 *
 * @throws Error when it is something else; never with a value of it
 */
export function parsePlan(text: string, source: string): Plan {
  const problem = `${source} is not what pulumi preview --json writes. Write it with: pulumi preview --json > plan.json`;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(problem);
  }
  const parsed = digest.safeParse(json);
  if (!parsed.success) throw new Error(problem);
  const { steps } = parsed.data;
  const kept = steps
    .filter(({ op }) => !REMOVING.includes(op) && op !== SUMMARY)
    .map(
      ({ op, oldState, newState }) =>
        newState && { ...newState, id: newState.id ?? (MAKING.includes(op) ? "" : oldState?.id) },
    );
  const gone = steps.filter(({ op }) => REMOVING.includes(op)).map(({ oldState }) => oldState);
  const state = (resources: ReadonlyArray<z.infer<typeof resource> | null | undefined>) =>
    readState(
      { version: 3, deployment: { resources: resources.flatMap((one) => (one ? [recorded(one)] : [])) } },
      source,
    );
  return { after: state(kept), removed: state(gone) };
}

/** As a state has it: a preview knows the checked inputs, which are what the outputs will be. */
function recorded(planned: z.infer<typeof resource>) {
  const inputs = Object.fromEntries(Object.entries(planned.inputs ?? {}).map(([key, value]) => [key, marked(value)]));
  return { ...planned, id: planned.id ?? "", inputs, outputs: inputs };
}

/** A preview writes a word in the place of a secret. */
function marked(value: unknown): unknown {
  if (value === "[secret]") return { [SIGNATURE]: SECRET };
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, marked(inner)]));
}
