import { type ProviderClient, ProviderError } from "./provider-client.ts";
import { type ProviderRegistry, providerConfig } from "./provider-registry.ts";
import type { ResourceState, Snapshot } from "./state.ts";
import type { StepEvent, StepOp } from "./types.ts";
import { isProviderType } from "./urn.ts";
import { isUnknown, UNKNOWN } from "./values.ts";

/** What steps need of the operation they belong to. */
export interface StepContext {
  preview: boolean;
  registry: ProviderRegistry;
  snapshot: Snapshot;
  hooks: { run(when: "before" | "after", step: Step): Promise<void> };
  /** The provider of a resource; loads it from the old state when the program has not registered it. */
  provider(state: ResourceState): ProviderClient;
  /** URNs of everything that this operation deletes. */
  deletes: ReadonlySet<string>;
  warn(urn: string, message: string): void;
  /** Refuses states that could not be stored, before anything is changed. */
  guard(state: ResourceState): void;
}

/** One change of one resource. */
export interface Step {
  op: StepOp;
  urn: string;
  old?: ResourceState | undefined;
  /** The state after the step; undefined when nothing is left. */
  new?: ResourceState | undefined;
  /** Logical steps are what the summary counts: a replacement is one, though it consists of several physical steps. */
  logical: boolean;
  replaceKeys?: string[];
  resultOp?: StepEvent["resultOp"];
  /** Makes the change. A partial failure has updated the state before it throws. */
  apply(context: StepContext): Promise<void>;
  /** Writes the outcome into the state. Also called after a partial failure. */
  record(snapshot: Snapshot): void;
}

/** The step failed, but the object exists: the state must be kept. */
export class PartialFailure extends Error {
  override readonly name = "PartialFailure";
  readonly reasons: string[];
  constructor(error: ProviderError) {
    super(error.message);
    this.reasons = error.partial?.reasons ?? [];
  }
}

const now = () => new Date().toISOString();
const reference = (state: ResourceState) => `${state.urn}::${state.id}`;

export function sameStep(old: ResourceState, state: ResourceState): Step {
  return {
    op: "same",
    urn: state.urn,
    old,
    new: state,
    logical: true,
    async apply(context) {
      state.id = old.id;
      state.outputs = old.outputs;
      if (old.created) state.created = old.created;
      if (old.modified) state.modified = old.modified;
      // With its old inputs: a provider whose new ones make no difference keeps seeing what it saw before.
      if (isProviderType(state.type) && !context.registry.get(reference(state)))
        context.registry.set(reference(state), old.inputs);
    },
    record: (snapshot) => snapshot.record({ old, state }),
  };
}

async function create(context: StepContext, state: ResourceState): Promise<void> {
  if (!state.custom) return;
  if (isProviderType(state.type)) {
    state.id = context.preview ? UNKNOWN : globalThis.crypto.randomUUID();
    state.outputs = providerConfig(state.inputs);
    context.registry.set(reference(state), state.inputs);
    return;
  }
  const provider = context.provider(state);
  if (context.preview) {
    // The host cannot preview: what it checked stands in for the outputs.
    state.outputs = provider.known ? state.inputs : {};
    return;
  }
  Object.assign(state, await provider.create(state.urn, state.inputs));
}

/** Takes over what a half-done call has left behind, then fails. */
function partially(error: unknown, state: ResourceState): never {
  if (!(error instanceof ProviderError) || !error.partial) throw error;
  state.outputs = error.partial.outputs;
  state.initErrors = error.partial.reasons;
  if (error.partial.id) state.id = error.partial.id;
  throw new PartialFailure(error);
}

export function createStep(
  state: ResourceState,
  replacement?: { old: ResourceState; pendingDelete: boolean; keys?: string[] },
): Step {
  const old = replacement?.old;
  return {
    op: replacement ? "create-replacement" : "create",
    urn: state.urn,
    old,
    new: state,
    logical: !replacement,
    ...(replacement?.keys ? { replaceKeys: replacement.keys } : {}),
    async apply(context) {
      const finish = () => {
        state.created = state.modified = now();
        if (old && replacement.pendingDelete) old.delete = true;
      };
      await create(context, state).catch((error: unknown) => {
        if (error instanceof ProviderError && error.partial) finish();
        partially(error, state);
      });
      finish();
    },
    record: (snapshot) => snapshot.record({ old: old?.pendingReplacement ? old : undefined, state }),
  };
}

export function updateStep(old: ResourceState, state: ResourceState, replaceKeys: string[] = []): Step {
  return {
    op: "update",
    urn: state.urn,
    old,
    new: state,
    logical: true,
    replaceKeys,
    async apply(context) {
      state.id = old.id;
      if (old.created) state.created = old.created;
      state.modified = now();
      if (!state.custom) return;
      if (isProviderType(state.type)) {
        state.outputs = providerConfig(state.inputs);
        context.registry.set(reference(state), state.inputs);
        return;
      }
      const provider = context.provider(state);
      if (context.preview) {
        state.outputs = provider.known ? state.inputs : {};
        return;
      }
      try {
        state.outputs = await provider.update(state.urn, old.id, old, state.inputs, state.ignoreChanges);
      } catch (error) {
        // What is there was not made from the new inputs alone: keep the old ones, so that the next update tries again.
        if (error instanceof ProviderError && error.partial) state.inputs = structuredClone(old.inputs);
        partially(error, state);
      }
    },
    record: (snapshot) => snapshot.record({ old, state }),
  };
}

/** Says that the steps around it are a replacement. */
export function replaceStep(old: ResourceState, state: ResourceState, replaceKeys: string[]): Step {
  return {
    op: "replace",
    urn: state.urn,
    old,
    new: state,
    logical: true,
    replaceKeys,
    apply: async () => {},
    record: () => {},
  };
}

function deleteOp(old: ResourceState, replacing: boolean): StepOp {
  if (old.external) return replacing ? "discard-replaced" : "discard";
  return replacing ? "delete-replaced" : "delete";
}

export function deleteStep(old: ResourceState, { replacing = false, pendingReplacement = false } = {}): Step {
  return {
    op: deleteOp(old, replacing),
    urn: old.urn,
    old,
    logical: !replacing,
    async apply(context) {
      if (!replacing && old.protect) throw new Error(protectedMessage(old.urn));
      const gone =
        old.external || old.retainOnDelete || (old.deletedWith !== "" && context.deletes.has(old.deletedWith));
      if (!context.preview && !gone && old.custom) {
        if (isProviderType(old.type)) context.registry.delete(reference(old));
        else await context.provider(old).delete(old.urn, old.id, old.inputs, old.outputs);
      }
      if (pendingReplacement) old.pendingReplacement = true;
    },
    // One that is deleted for its replacement stays in the state until the replacement exists.
    record: (snapshot) => snapshot.record({ old: old.pendingReplacement ? undefined : old }),
  };
}

function protectedMessage(urn: string): string {
  return (
    `resource "${urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, either remove the \`protect\` ` +
    `flag from the resource in your Pulumi program and run \`pulumi up\`, or use the command:\n\`pulumi state unprotect '${urn}'\``
  );
}

export function removePendingReplaceStep(old: ResourceState): Step {
  return {
    op: "remove-pending-replace",
    urn: old.urn,
    old,
    logical: false,
    apply: async () => {},
    record: (snapshot) => snapshot.record({ old }),
  };
}

/** Reads an object that the program only refers to. Reads run in previews too, unless the id is not known yet. */
export function readStep(old: ResourceState | undefined, state: ResourceState, replacing: boolean): Step {
  return {
    op: replacing ? "read-replacement" : "read",
    urn: state.urn,
    old,
    new: state,
    logical: !replacing,
    async apply(context) {
      if (!isUnknown(state.id)) await read(context, state);
      if (old && replacing) old.delete = true;
    },
    record: (snapshot) => snapshot.record({ old: replacing ? undefined : old, state }),
  };
}

async function read(context: StepContext, state: ResourceState): Promise<void> {
  // Inputs go out twice: providers have always been given them as state as well.
  const found = await context
    .provider(state)
    .read(state.urn, state.id, state.inputs, state.inputs)
    .catch((error: unknown) => partially(error, state));
  state.outputs = found.outputs;
  if (found.id) state.id = found.id;
}
