import { z } from "zod";
import { mistaken } from "../../provider/stack/documents.ts";
import { readState, type StackState } from "../../provider/stack/read-state.ts";
import { seal } from "../../provider/stack/sealed.ts";

/** What a preview would make of a stack: resources as they will be, and those that will be gone. */
export interface Plan {
  /** Resources that are made or changed; one that is new has the empty id. Those that stay may be missing. */
  readonly after: StackState;
  readonly removed: StackState;
}

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
/** Announces a replacement, whose parts are steps of their own. */
const SUMMARY = "replace";

/** How such a file is made. */
export const WRITE_PLAN = "Write it with: pulumi preview --json > plan.json";

/** One line of the streaming form. */
const event = z.looseObject({
  sequence: z.int(),
  resourcePreEvent: z
    .looseObject({ metadata: z.looseObject({ op: z.string(), old: resource.nullish(), new: resource.nullish() }) })
    .optional(),
  summaryEvent: z.unknown().optional(),
});

/**
 * Reads what `pulumi preview --json` wrote: one document, or with PULUMI_ENABLE_STREAMING_JSON_PREVIEW one event a line.
 *
 * @throws Error when it is something else; never with a value of it
 */
export function parsePlan(text: string, source: string): Plan {
  const steps = stepsOf(text, source);
  const kept = steps
    .filter(({ op }) => !REMOVING.includes(op) && op !== SUMMARY)
    .map(
      ({ op, oldState, newState }) =>
        newState && { ...newState, id: newState.id || (MAKING.includes(op) ? "" : oldState?.id) },
    );
  const gone = steps.filter(({ op }) => REMOVING.includes(op)).map(({ oldState }) => oldState);
  const state = (resources: ReadonlyArray<z.infer<typeof resource> | null | undefined>) =>
    readState(
      { version: 3, deployment: { resources: resources.flatMap((one) => (one ? [recorded(one)] : [])) } },
      source,
    );
  return { after: state(kept), removed: state(gone) };
}

type Steps = z.output<typeof digest>["steps"];

function stepsOf(text: string, source: string): Steps {
  const wanted = "what pulumi preview --json writes";
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    const streamed = streamedSteps(text, source);
    if (streamed !== undefined) return streamed;
    throw new Error(`${source} is not ${wanted}${textBefore(text)}. ${WRITE_PLAN}`);
  }
  const parsed = digest.safeParse(json);
  if (parsed.success) return parsed.data.steps;
  const streamed = streamedSteps(text, source);
  if (streamed !== undefined) return streamed;
  throw new Error(`${mistaken(json, source, `not ${wanted}`)} ${WRITE_PLAN}`);
}

/** The steps in events of the engine, one a line; undefined for anything else. @throws Error when the end is missing */
function streamedSteps(text: string, source: string): Steps | undefined {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const events = lines.map((line) => event.safeParse(parsedLine(line)));
  if (!events[0]?.success) return undefined;
  // The summary comes last, and a preview that failed has none.
  if (!events.some(({ data }) => data?.summaryEvent)) {
    throw new Error(`${source} has no summary at its end: the preview failed, or was cut off. ${WRITE_PLAN}`);
  }
  return events.flatMap(({ data }): Steps => {
    const metadata = data?.resourcePreEvent?.metadata;
    return metadata ? [{ op: metadata.op, oldState: metadata.old, newState: metadata.new }] : [];
  });
}

function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** What is wrong with JSON that follows other lines, such as warnings. */
function textBefore(text: string): string {
  return /^[^{\s].*\n\s*\{/s.test(text) ? ": other lines come before the JSON; leave out 2>&1" : "";
}

/** As a state has it: a preview knows the checked inputs, which are what the outputs will be. */
function recorded(planned: z.infer<typeof resource>) {
  const inputs = Object.fromEntries(Object.entries(planned.inputs ?? {}).map(([key, value]) => [key, marked(value)]));
  return { ...planned, id: planned.id ?? "", inputs, outputs: inputs };
}

/** A preview writes a word in the place of a secret. */
function marked(value: unknown): unknown {
  if (value === "[secret]") return seal();
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, marked(inner)]));
}
