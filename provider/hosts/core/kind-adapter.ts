import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { printable, printableLines } from "../../../domain/text/printable.ts";
import type { Organization } from "../../organization/organization.ts";
import { check } from "../../runtime/check.ts";
import { type CreateContext, createObject } from "../../runtime/create/create-object.ts";
import { deleteObject, readObject, updateObject } from "../../runtime/create/pending.ts";
import { type Definition, inputKeys, ORGANIZATION, PartialFailure, type Values } from "../../runtime/definition.ts";
import { type Difference, diff } from "../../runtime/diff.ts";
import { EFFECT } from "../../runtime/effect.ts";
import { type Failure, messageOf } from "../../runtime/messages.ts";
import { inNormalForm } from "../../runtime/normal-form.ts";
import { complete, inputsOf, plain } from "../../runtime/record.ts";
import { inputsAsSets, inputsInOrderOf, normalElements, withoutOverwriting } from "../../runtime/sets.ts";
import { asSent, formWarning } from "../../runtime/stored-form.ts";
import { CreateTracker } from "./create-tracker.ts";
import type { ProviderProcess } from "./provider-process.ts";

const CHECK_SECONDS = 120;

/** Which resource a call is about, as far as the host says it, and what the program allows it. */
export interface Call {
  readonly urn?: string | undefined;
  /** Names of the inputs whose values the program made secret, as far as the host says so: no message shows them. */
  readonly secrets?: readonly string[] | undefined;
  /** Seconds of the option `customTimeouts`. @default the setting `timeoutSeconds` */
  readonly timeoutSeconds?: number | undefined;
}

/** What differs, and whether the record is of a create that may have worked: that is always unfinished business. */
export interface RecordedDifference extends Difference {
  readonly isPending: boolean;
}

/** An object as a read finds it. */
export interface FoundObject {
  readonly id: string;
  readonly outputs: Values;
  readonly inputs: Values;
}

/** A create or an update that failed after something was, or may have been, made: the host has to record it. */
export class RecordedFailure extends Error {
  override readonly name = "RecordedFailure";
  readonly id: string;
  readonly outputs: Values;
  constructor(message: string, id: string, outputs: Values) {
    super(message);
    this.id = id;
    this.outputs = outputs;
  }
}

/**
 * What the engine asks of one kind, whichever host carries the question. Takes and gives values without the host's dress:
 * plain JSON, secrets in clear. Every error has a text that a user can act on, and names the resource.
 */
export class KindAdapter {
  readonly definition: Definition;
  readonly #process: ProviderProcess;
  readonly #configured: () => Organization;
  readonly #organization: () => Promise<Organization>;
  readonly #creates: CreateTracker;

  /** @param configured gives the organization of the settings, or throws what is wrong with them; asked in each call */
  constructor(definition: Definition, process: ProviderProcess, configured: () => Organization) {
    this.definition = definition;
    this.#process = process;
    this.#configured = configured;
    this.#organization = async () => configured();
    this.#creates = new CreateTracker(definition, process, this.#organization);
  }

  /** @param olds inputs of the state; empty when it does not have the resource */
  async check(call: Call, olds: Values, news: Values): Promise<{ inputs: Values; failures: Failure[] }> {
    const { definition } = this;
    const { given, order } = withoutOverwritten(definition, olds, news);
    const recorded = inputsAsSets(definition, olds);
    const { hidden } = this.#process;
    this.#hide(call, news);
    try {
      const checked = await this.#process.withUrn(call.urn, () =>
        this.#process.guard.run(CHECK_SECONDS, `${definition.kind}: check`, () =>
          check(definition, given, this.#organization, recorded),
        ),
      );
      const inputs = plain(checked.inputs);
      // The effect names metrics, and these the chips that they match.
      if (typeof inputs[EFFECT] === "string") inputs[EFFECT] = hidden.redact(inputs[EFFECT]);
      await this.#creates.checked(call.urn, recorded, inputs);
      return {
        inputs: inputsInOrderOf(definition, inputs, order),
        failures: checked.failures.map((one) => this.#shown(call, one)),
      };
    } catch (error) {
      throw this.#failure(definition.label(news), error);
    }
  }

  diff(call: Call, id: string, olds: Values, news: Values): Promise<RecordedDifference> {
    const { definition } = this;
    const [recorded, wanted] = [inputsAsSets(definition, olds), inputsAsSets(definition, news)];
    this.#hide(call, recorded, wanted);
    return this.#run(call, definition.label(wanted), async (org) => {
      await this.#creates.recorded(org, id);
      org.identity.observe(recorded.organization);
      const found = await diff(definition, recorded, wanted, this.#organization);
      if (found.changes) await org.identity.verify();
      return { ...found, isPending: recorded.pending !== undefined };
    });
  }

  /** @throws RecordedFailure */
  create(call: Call, news: Values): Promise<{ id: string; outputs: Values }> {
    const { definition } = this;
    const wanted = inputsAsSets(definition, news);
    this.#hide(call, wanted);
    return this.#recording(news, (context) =>
      this.#run(call, definition.label(wanted), async (org) => {
        await org.identity.verify();
        context.resource = await this.#creates.of(call.urn, wanted);
        const { id, outputs } = await createObject(definition, org, wanted, context);
        const all = complete(definition, wanted, await written(definition, org, wanted, outputs));
        return { id: String(id), outputs: inputsInOrderOf(definition, all, news) };
      }),
    );
  }

  /** @throws RecordedFailure */
  update(call: Call, id: string, olds: Values, news: Values): Promise<Values> {
    const { definition } = this;
    const [recorded, wanted] = [inputsAsSets(definition, olds), inputsAsSets(definition, news)];
    this.#hide(call, recorded, wanted);
    return this.#recording(news, (context) =>
      this.#run(call, definition.label(wanted), async (org) => {
        await this.#creates.recorded(org, id);
        org.identity.observe(recorded.organization);
        await org.identity.verify();
        const outputs = await updateObject(definition, org, { id, recorded }, wanted, context);
        const all = complete(definition, wanted, await written(definition, org, wanted, outputs));
        return inputsInOrderOf(definition, all, news);
      }),
    );
  }

  /**
   * @param recorded outputs of the state; of a get or an import, whatever the program gives
   * @returns undefined when an object of the state is gone
   * @throws Error when there is no object to get or to import
   */
  read(call: Call, id: string, olds: Values): Promise<FoundObject | undefined> {
    const { definition } = this;
    const recorded = inputsAsSets(definition, olds);
    this.#hide(call, recorded);
    return this.#run(call, `${definition.kind} ${id}`, async (org) => {
      const isInState = isManaged(definition, recorded);
      if (isInState) await this.#creates.recorded(org, id);
      if (!isInState) return await readNew(definition, org, id);
      const found = await readManaged(definition, org, id, recorded);
      return (
        found && {
          id: found.id,
          outputs: inputsInOrderOf(definition, found.outputs, olds),
          inputs: inputsInOrderOf(definition, found.inputs, olds),
        }
      );
    });
  }

  delete(call: Call, id: string, olds: Values): Promise<void> {
    const { definition } = this;
    const recorded = inputsAsSets(definition, olds);
    this.#hide(call, recorded);
    return this.#run(call, definition.label(recorded), async (org) => {
      await this.#creates.recorded(org, id);
      org.identity.observe(recorded.organization);
      await org.identity.verify();
      await deleteObject(definition, org, { id, recorded });
    });
  }

  async #run<Result>(call: Call, what: string, operation: (org: Organization) => Promise<Result>): Promise<Result> {
    try {
      const org = this.#configured();
      const { guard } = this.#process;
      const { urn, timeoutSeconds } = call;
      return await this.#process.withUrn(urn, () =>
        timeoutSeconds === undefined
          ? guard.run(org.settings.timeoutSeconds, what, () => operation(org))
          : guard.run(timeoutSeconds, what, () => operation(org), "in the option customTimeouts of the resource"),
      );
    } catch (error) {
      // Its caller has yet to record it.
      throw error instanceof PartialFailure ? error : this.#failure(what, error);
    }
  }

  /** Before anything is said of a resource: what its program made secret is in no message from here on. */
  #hide({ secrets = [] }: Call, ...all: readonly Values[]): void {
    const keys = [...secrets, ...(this.definition.secret ?? [])];
    for (const values of all) for (const key of keys) this.#process.hidden.add(values[key]);
  }

  /** Reasons quote names that are somebody else's; the engine prints them as they are, and the value of the property too. */
  #shown({ secrets = [] }: Call, { property, reason }: Failure): Failure {
    const isSecret = secrets.includes(rootOf(property));
    return {
      property: isSecret ? "" : printable(property),
      reason: this.#process.hidden.redact(printableLines(reason)),
    };
  }

  #failure(what: string, error: unknown): Error {
    const message = messageOf(error);
    const isNamed = message.startsWith(what) || !(error instanceof Error);
    const text = printableLines(isNamed ? message : `${what}: ${message}`);
    return new Error(this.#process.hidden.redact(text), { cause: error });
  }

  /**
   * Runs a create or an update so that nothing is lost of it: what is half made, and what may have been made when the
   * operation is stopped from outside, becomes an error that lets the engine record it.
   */
  async #recording<Result>(wanted: Values, operation: (context: CreateContext) => Promise<Result>): Promise<Result> {
    const { definition } = this;
    const context: CreateContext = {};
    try {
      return await operation(context);
    } catch (error) {
      const half = error instanceof PartialFailure ? error : await context.unresolved?.(error);
      if (half === undefined) throw error;
      throw new RecordedFailure(
        this.#process.hidden.redact(printableLines(`${definition.label(wanted)}: ${half.message}`)),
        String(half.objectId),
        inputsInOrderOf(definition, complete(definition, wanted, half.outputs), wanted),
      );
    }
  }
}

/** Inputs as the program gives them, with what an index in `ignoreChanges` overwrote; and the order of their lists. */
function withoutOverwritten(definition: Definition, olds: Values, news: Values): { given: Values; order: Values } {
  const given: Values = { ...news };
  const order: Values = {};
  for (const key of inputKeys(definition)) {
    if (typeof news[key] !== "object" || news[key] === null) continue;
    const normal = normalElements(definition.inputs.shape[key] as z.ZodType, news[key]);
    order[key] = withoutOverwriting(normal, olds[key]);
    if (!isDeepStrictEqual(order[key], normal)) given[key] = order[key];
  }
  return { given, order };
}

/** `summaryReport.emailUsers[0]` → `summaryReport`. */
export const rootOf = (path: string): string => path.split(/[.[]/, 1)[0] ?? "";

/** What the state has carries outputs that only a write or a read gives; a get has none. */
export const isManaged = (definition: Definition, props: Values): boolean =>
  Object.keys(definition.computed.shape).some((key) => key in props);

async function readManaged(
  definition: Definition,
  org: Organization,
  id: string,
  recorded: Values,
): Promise<FoundObject | undefined> {
  org.identity.observe(recorded.organization);
  const live = await readObject(definition, org, { id, recorded });
  const found = live && { ...live, outputs: asSent(definition, recorded, live.outputs).outputs };
  // Whatever a refresh finds changed or gone may be another organization's.
  if (!isAsRecorded(definition, recorded, found?.outputs)) await org.identity.verify();
  if (found === undefined) return undefined;
  const effect = effectOf(recorded);
  return {
    id: found.id,
    outputs: complete(definition, {}, { ...found.outputs, ...effect, organization: recorded.organization }),
    inputs: { ...inputsOf(definition, found.outputs), ...effect },
  };
}

async function readNew(definition: Definition, org: Organization, id: string): Promise<FoundObject> {
  const found = await readObject(definition, org, { id, recorded: undefined });
  if (found === undefined) {
    throw new Error(
      `no such object in this Anomify organization: ${definition.kind} ${id}. Check the id, the endpoint and the token`,
    );
  }
  return {
    id: found.id,
    outputs: complete(definition, {}, found.outputs),
    inputs: inputsOf(definition, found.outputs),
  };
}

function isAsRecorded(definition: Definition, recorded: Values, outputs: Values | undefined): boolean {
  if (outputs === undefined) return false;
  return isDeepStrictEqual(inputsOf(definition, outputs), inputsOf(definition, recorded));
}

/** Outputs of a write, which a state learns the organization from; texts are recorded as they were sent. */
async function written(definition: Definition, org: Organization, wanted: Values, outputs: Values): Promise<Values> {
  const { outputs: kept, forms } = asSent(definition, wanted, inNormalForm(definition.inputs, outputs));
  for (const form of forms) org.reporter.warn(formWarning(definition.label(wanted), form));
  return { ...kept, [ORGANIZATION]: await org.identity.describe() };
}

/** What check recorded of the effect: no list says it, and a refresh is no reason to count anew. */
function effectOf({ [EFFECT]: effect }: Values): Values {
  return typeof effect === "string" ? { [EFFECT]: effect } : {};
}
