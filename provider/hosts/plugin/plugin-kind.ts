import type { Organization } from "../../organization/organization.ts";
import type { Definition, Values } from "../../runtime/definition.ts";
import { EFFECT } from "../../runtime/effect.ts";
import type { Failure } from "../../runtime/messages.ts";
import { lean } from "../../runtime/record.ts";
import { containsUnknown, UNKNOWN } from "../../runtime/unknowns.ts";
import { withoutDynamicKeys } from "../core/dynamic-keys.ts";
import { type Call, isManaged, KindAdapter, RecordedFailure, rootOf } from "../core/kind-adapter.ts";
import { normalInputs, normalRecord, withTexts } from "../core/normal-form.ts";
import type { ProviderProcess } from "../core/provider-process.ts";
import { detailedDiff, type PathChange } from "./detailed-diff.ts";
import type { Properties } from "./properties.ts";

export interface PluginDiff {
  readonly changes: boolean;
  /** Inputs that differ. */
  readonly diffs: readonly string[];
  /** Inputs that differ and cannot change in place. */
  readonly replaces: readonly string[];
  /** Outputs that an update leaves as they are. */
  readonly stables: readonly string[];
  readonly paths: ReadonlyMap<string, { readonly change: PathChange; readonly replaces: boolean }>;
}

/** A half-made object, with the marks that its values have to have. */
export class RecordedProperties extends Error {
  override readonly name = "RecordedProperties";
  readonly id: string;
  readonly outputs: Properties;
  readonly inputs: Properties;
  constructor(message: string, id: string, { outputs, inputs }: { outputs: Properties; inputs: Properties }) {
    super(message);
    this.id = id;
    this.outputs = outputs;
    this.inputs = inputs;
  }
}

/** One kind of resource in the dress of a native plugin: secrets marked, nulls absent, ids of people as texts. */
export class PluginKind {
  readonly definition: Definition;
  readonly #kind: KindAdapter;

  constructor(definition: Definition, process: ProviderProcess, configured: () => Organization) {
    this.definition = definition;
    this.#kind = new KindAdapter(definition, process, configured);
  }

  async check(call: Call, olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: Failure[] }> {
    const { definition } = this;
    const before = withoutDynamicKeys(olds.values);
    const recorded = Object.keys(before).length > 0 ? normalInputs(definition, before) : {};
    const { inputs, failures } = await this.#kind.check(hiding(call, news), recorded, withoutDynamicKeys(news.values));
    return { inputs: this.#properties(lean(definition, inputs, before), news), failures };
  }

  async diff(call: Call, id: string, olds: Properties, news: Properties): Promise<PluginDiff> {
    const { definition } = this;
    const recorded = normalRecord(definition, olds.values);
    const wanted = normalInputs(definition, news.values);
    const found = await this.#kind.diff(hiding(call, olds, news), id, recorded, wanted);
    const shown = [...found.changed];
    // What the change does to the organization's metrics is never a change by itself.
    if (found.changes && wanted[EFFECT] !== undefined) shown.push(EFFECT);
    if (found.isPending) shown.push("pending");
    const paths = [...detailedDiff(shown, recorded, wanted)].map(
      ([path, change]) => [path, { change, replaces: found.replaces.includes(rootOf(path)) }] as const,
    );
    return {
      changes: found.changes || found.isPending,
      diffs: found.isPending ? [...found.changed, "pending"] : found.changed,
      replaces: found.replaces,
      stables: this.#stableKeys(recorded),
      paths: new Map(paths),
    };
  }

  /** What is known of an object before it is made. */
  previewCreate(news: Properties): Properties {
    const unknown = this.#computedKeys().map((key) => [key, UNKNOWN]);
    const known = normalInputs(this.definition, news.values);
    return this.#properties(lean(this.definition, { ...Object.fromEntries(unknown), ...known }), news);
  }

  /** @throws RecordedProperties */
  async create(call: Call, news: Properties): Promise<{ id: string; outputs: Properties }> {
    const wanted = normalInputs(this.definition, news.values);
    const { id, outputs } = await this.#recording(news, () => this.#kind.create(hiding(call, news), wanted));
    return { id, outputs: this.#properties(lean(this.definition, outputs), news) };
  }

  /** Ids stay, so that what depends on them is not unknown; the time of the write is not known yet. */
  previewUpdate(olds: Properties, news: Properties): Properties {
    const recorded = normalRecord(this.definition, olds.values);
    const stable = this.#stableKeys(recorded);
    const computed = this.#computedKeys().map((key) => [key, stable.includes(key) ? recorded[key] : UNKNOWN]);
    const known = normalInputs(this.definition, news.values);
    return this.#properties(lean(this.definition, { ...Object.fromEntries(computed), ...known }, olds.values), news);
  }

  /** @throws RecordedProperties */
  async update(call: Call, id: string, olds: Properties, news: Properties): Promise<Properties> {
    const recorded = normalRecord(this.definition, olds.values);
    const wanted = normalInputs(this.definition, news.values);
    const outputs = await this.#recording(news, () =>
      this.#kind.update(hiding(call, olds, news), id, recorded, wanted),
    );
    return this.#properties(lean(this.definition, outputs, olds.values), news);
  }

  /** @returns undefined when an object of the state is gone */
  async read(
    call: Call,
    id: string,
    olds: Properties,
    oldInputs: Properties,
  ): Promise<{ id: string; outputs: Properties; inputs: Properties } | undefined> {
    const isInState = isManaged(this.definition, olds.values);
    const recorded = isInState ? normalRecord(this.definition, olds.values) : {};
    const found = await this.#kind.read(hiding(call, olds), id, recorded);
    if (found === undefined) return undefined;
    const marks = { secrets: new Set([...olds.secrets, ...oldInputs.secrets]) };
    const inputs = isInState ? found.inputs : this.#withoutSpent(found.inputs);
    return {
      id: found.id,
      outputs: this.#properties(lean(this.definition, found.outputs, olds.values), marks),
      inputs: this.#properties(lean(this.definition, inputs, oldInputs.values), marks),
    };
  }

  async delete(call: Call, id: string, olds: Properties): Promise<void> {
    await this.#kind.delete(hiding(call, olds), id, normalRecord(this.definition, olds.values));
  }

  async #recording<Result>(news: Properties, operation: () => Promise<Result>): Promise<Result> {
    try {
      return await operation();
    } catch (error) {
      if (!(error instanceof RecordedFailure)) throw error;
      const inputs = this.#properties(lean(this.definition, normalInputs(this.definition, news.values)), news);
      const outputs = this.#properties(lean(this.definition, error.outputs), news);
      throw new RecordedProperties(error.message, error.id, { outputs, inputs });
    }
  }

  /** Values with the marks that they have to have: of what came in, and of what is a secret by its definition. */
  #properties(values: Values, { secrets }: Pick<Properties, "secrets">): Properties {
    const { secret = [], effect } = this.definition;
    // What is said of metrics is made of these.
    const isEffectSecret = effect?.keys.some((key) => secrets.has(key)) ?? false;
    return {
      values: withTexts(values) as Values,
      secrets: new Set([...secrets, ...secret, ...(isEffectSecret ? [EFFECT] : [])]),
    };
  }

  /** What acts at create time alone says nothing of an object that is there already. */
  #withoutSpent(inputs: Values): Values {
    return Object.fromEntries(Object.entries(inputs).filter(([key]) => !this.definition.createOnly?.includes(key)));
  }

  #computedKeys(): string[] {
    return Object.keys(this.definition.computed.shape).filter((key) => key !== EFFECT);
  }

  #stableKeys(recorded: Values): string[] {
    return this.#computedKeys().filter(
      (key) => key !== "lastWrite" && (recorded[key] ?? null) !== null && !containsUnknown(recorded[key]),
    );
  }
}

/** The call with what no message may show. */
const hiding = (call: Call, ...all: readonly Properties[]): Call => ({
  ...call,
  secrets: all.flatMap(({ secrets }) => [...secrets]),
});
