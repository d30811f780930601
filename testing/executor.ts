import pLimit, { type LimitFunction } from "p-limit";
import { diffProperties } from "./property-diff.ts";
import type { ResourceState } from "./state.ts";
import { PartialFailure, type Step, type StepContext } from "./steps.ts";
import type { Diagnostic, OperationOptions, PropertyDiff, StepEvent, StepState } from "./types.ts";
import { isDefaultProvider, parseUrn } from "./urn.ts";
import { equal, isSecret, makeSecret, maskedMap } from "./values.ts";

/** Collects what an operation did, and notifies whoever listens. */
export class Recorder {
  readonly steps: StepEvent[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly changes: Record<string, number> = {};
  readonly #onEvent: OperationOptions["onEvent"];
  readonly #debug: boolean;

  constructor({ onEvent, debug = false }: Pick<OperationOptions, "onEvent" | "debug">) {
    this.#onEvent = onEvent;
    this.#debug = debug;
  }

  step(step: StepEvent): void {
    this.steps.push(step);
    this.#onEvent?.({ kind: "step", step });
  }

  diagnostic(diagnostic: Diagnostic): void {
    if (diagnostic.severity === "debug" && !this.#debug) return;
    this.diagnostics.push(diagnostic);
    this.#onEvent?.({ kind: "diagnostic", diagnostic });
  }

  error(message: string, urn?: string): void {
    this.diagnostic({ severity: "error", message, ...(urn ? { urn } : {}) });
  }

  count(op: string): void {
    this.changes[op] = (this.changes[op] ?? 0) + 1;
  }
}

/** Runs steps, a limited number at a time, and keeps the state in line with what has happened. */
export class Executor {
  readonly context: StepContext;
  readonly recorder: Recorder;
  readonly failed: Step[] = [];
  readonly #limit: LimitFunction;
  /** A refresh counts what it found instead of the reading itself. */
  readonly #countRefresh: boolean;

  constructor(context: StepContext, recorder: Recorder, options: { parallel: number; countRefresh: boolean }) {
    this.context = context;
    this.recorder = recorder;
    this.#limit = pLimit(options.parallel);
    this.#countRefresh = options.countRefresh;
  }

  /** Runs steps one after the other; false when one failed and the rest did not run. */
  chain(steps: Step[], onDone: (step: Step) => void = () => {}): Promise<boolean> {
    return this.#limit(async () => {
      for (const step of steps) {
        if (!(await this.#run(step))) return false;
        onDone(step);
      }
      return true;
    });
  }

  async #run(step: Step): Promise<boolean> {
    let failure: Error | undefined;
    try {
      if (step.new) this.context.guard(step.new);
      await this.context.hooks.run("before", step);
      await step.apply(this.context);
      await this.context.hooks.run("after", step);
    } catch (error) {
      failure = error as Error;
    }
    if (step.new && step.op !== "replace") markSecrets(step.new);
    if (!failure || failure instanceof PartialFailure) step.record(this.context.snapshot);
    if (failure) this.failed.push(step);
    this.#report(step, failure);
    return failure === undefined;
  }

  #report(step: Step, failure: Error | undefined): void {
    const internal = isDefaultProvider(step.urn);
    if (failure) {
      const message = this.context.preview ? `Preview failed: ${failure.message}` : failure.message;
      this.recorder.error(message, internal ? undefined : step.urn);
    }
    if (internal) return;
    this.recorder.step(this.#event(step, failure));
    if (failure) return;
    if (step.resultOp && this.#countRefresh) this.recorder.count(step.resultOp);
    else if (step.logical && (step.op !== "read" || hasNews(step))) this.recorder.count(step.op);
  }

  #event(step: Step, failure: Error | undefined): StepEvent {
    const { type, name } = parseUrn(step.urn);
    const diff = stepDiff(step);
    const reasons = failure instanceof PartialFailure ? failure.reasons : (step.replaceKeys ?? []);
    return {
      op: step.op,
      urn: step.urn,
      type,
      name,
      status: failure ? "failed" : this.context.preview ? "planned" : "done",
      ...(step.old ? { old: stepState(step.old) } : {}),
      ...(step.new ? { new: stepState(step.new) } : {}),
      ...(diff.length > 0 ? { diff } : {}),
      ...(reasons.length > 0 ? { reasons } : {}),
      ...(step.resultOp && !failure ? { resultOp: step.resultOp } : {}),
    };
  }
}

/** A read counts as a change only when it found something other than last time. */
const hasNews = ({ old, new: state }: Step) => old !== undefined && !equal(old.outputs, state?.outputs);

const stepState = (state: ResourceState): StepState => ({
  ...(state.id ? { id: state.id } : {}),
  inputs: maskedMap(state.inputs),
  outputs: maskedMap(state.outputs),
});

/** Inputs say what was asked for; a refresh is about what is there. */
function stepDiff(step: Step): PropertyDiff[] {
  const { op, old, new: news, replaceKeys = [] } = step;
  if (!old || !news || op === "same") return [];
  if (op === "refresh") return step.resultOp === "same" ? [] : diffProperties(old.outputs, news.outputs);
  const diff = diffProperties(old.inputs, news.inputs, replaceKeys);
  const shown = new Set(diff.map(({ path }) => path.split(/[.[]/)[0]));
  // A key whose input is unchanged: the object itself has changed since.
  const drifted = replaceKeys.filter((key) => key in news.inputs && !shown.has(key));
  const pick = (map: ResourceState["inputs"]) => Object.fromEntries(drifted.map((key) => [key, map[key]]));
  return [...diff, ...diffProperties(pick(old.outputs), pick(news.inputs), replaceKeys)];
}

/** Marks outputs that were asked to be secret, and those whose input of the same name is secret. */
function markSecrets(state: ResourceState): void {
  const leaked = Object.keys(state.outputs).filter((key) => isSecret(state.inputs[key]));
  const asked = state.additionalSecretOutputs.filter((key) => key in state.outputs && key !== "id");
  if (leaked.length + asked.length === 0) return;
  const outputs = { ...state.outputs };
  for (const key of [...leaked, ...asked]) outputs[key] = makeSecret(outputs[key]);
  state.outputs = outputs;
}
