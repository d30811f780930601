import { isDeepStrictEqual } from "node:util";
import { printable, printableLines } from "../../../domain/text/printable.ts";
import type { Organization } from "../../organization/organization.ts";
import { check } from "../../runtime/check.ts";
import { type CreateContext, createObject } from "../../runtime/create/create-object.ts";
import { deleteObject, readObject, updateObject } from "../../runtime/create/pending.ts";
import { type Definition, ORGANIZATION, PartialFailure, type Values } from "../../runtime/definition.ts";
import { diff } from "../../runtime/diff.ts";
import { EFFECT } from "../../runtime/effect.ts";
import { type Failure, messageOf } from "../../runtime/messages.ts";
import { complete, inputsOf, plain } from "../../runtime/record.ts";
import { asSent, formWarning } from "../../runtime/stored-form.ts";
import { CreateTracker } from "./create-tracker.ts";
import type { ProviderProcess } from "./provider-process.ts";

const PROVIDER_KEY = "__provider";
/** Where the program says which resource a check is about: the host does not. It ends here, and is never recorded. */
const URN_KEY = "__urn";
const CHECK_SECONDS = 120;

/** What Pulumi's dynamic provider host calls. `stables` and `detailedDiff` are left out: the host drops them. */
export interface HostProvider {
  configure(request: { config: { get(key: string): string | undefined } }): Promise<void>;
  check(olds: Values, news: Values): Promise<{ inputs: Values; failures: Failure[] }>;
  diff(
    id: string,
    olds: Values,
    news: Values,
  ): Promise<{ changes: boolean; replaces?: string[]; deleteBeforeReplace?: boolean }>;
  create(inputs: Values): Promise<{ id: string; outs: Values }>;
  read(id: string, props: Values): Promise<{ id?: string; props?: Values; inputs?: Values }>;
  update(id: string, olds: Values, news: Values): Promise<{ outs: Values }>;
  delete(id: string, props: Values): Promise<void>;
}

/**
 * Turns a definition into the object that the host calls, and absorbs the host's traps: this is the only place that
 * knows `__provider`, how errors must look, and what a value may be on the wire.
 */
export function adapt(definition: Definition, session: ProviderProcess): HostProvider {
  // The host calls other methods while configure runs, and forgets that it failed: so configure never fails and never
  // waits, and each method asks for its result.
  let configured: () => Organization = () => session.organization(() => undefined);
  const organization = async () => configured();
  const creates = new CreateTracker(definition, session, organization);
  const run = async <Result>(what: string, operation: (org: Organization) => Promise<Result>) => {
    try {
      const org = configured();
      return await session.guard.run(org.settings.timeoutSeconds, what, () => operation(org));
    } catch (error) {
      // Its caller has yet to record it.
      throw error instanceof PartialFailure ? error : failure(what, error);
    }
  };

  return {
    configure(request) {
      const { config } = request;
      let result: Organization | undefined;
      configured = () => {
        result ??= session.organization((key) => config.get(key));
        return result;
      };
      return Promise.resolve();
    },
    check: async (olds, news) => {
      try {
        const urn = urnOf(news);
        const checked = await session.withUrn(urn, () =>
          session.guard.run(CHECK_SECONDS, `${definition.kind}: check`, () =>
            check(definition, strip(news), organization, strip(olds)),
          ),
        );
        const inputs = plain(checked.inputs);
        await creates.checked(urn, strip(olds), inputs);
        return { inputs, failures: checked.failures.map(shown) };
      } catch (error) {
        throw failure(definition.label(strip(news)), error);
      }
    },
    diff: (id, olds, news) => {
      const wanted = strip(news);
      return run(definition.label(wanted), async (org) => {
        await creates.recorded(org, id);
        const recorded = strip(olds);
        org.identity.observe(recorded.organization);
        const found = await diff(definition, recorded, wanted, organization);
        if (found.changes) await org.identity.verify();
        // A create that may have worked is always unfinished business, whatever the inputs are. So is a record without the
        // provider text, as a native plugin writes it: no later refresh or delete could load this code.
        const isUnfinished = recorded.pending !== undefined || olds[PROVIDER_KEY] === undefined;
        if (isUnfinished && found.replaces.length === 0) return { changes: true };
        return found.replaces.length > 0
          ? { changes: true, replaces: found.replaces, deleteBeforeReplace: false }
          : { changes: found.changes };
      });
    },
    create: (inputs) => {
      const wanted = strip(inputs);
      return recording(definition, inputs, (context) =>
        run(definition.label(wanted), async (org) => {
          await org.identity.verify();
          context.resource = await creates.of(wanted);
          const { id, outputs } = await createObject(definition, org, wanted, context);
          return {
            id: String(id),
            outs: complete(definition, wanted, await written(definition, org, wanted, outputs)),
          };
        }),
      );
    },
    update: (id, olds, news) => {
      const wanted = strip(news);
      return recording(definition, news, (context) =>
        run(definition.label(wanted), async (org) => {
          const recorded = strip(olds);
          await creates.recorded(org, id);
          org.identity.observe(recorded.organization);
          await org.identity.verify();
          const outputs = await updateObject(definition, org, { id, recorded }, wanted, context);
          return { outs: complete(definition, wanted, await written(definition, org, wanted, outputs)) };
        }),
      );
    },
    read: (id, props) =>
      run(`${definition.kind} ${id}`, async (org) => {
        if (isManaged(definition, props)) await creates.recorded(org, id);
        return await readManaged(definition, org, id, strip(props));
      }),
    delete: (id, props) =>
      run(definition.label(strip(props)), async (org) => {
        const recorded = strip(props);
        await creates.recorded(org, id);
        org.identity.observe(recorded.organization);
        await org.identity.verify();
        await deleteObject(definition, org, { id, recorded });
      }),
  };
}

/**
 * Runs a create or an update so that nothing is lost of it: what is half made, and what may have been made when the
 * operation is stopped from outside, becomes an error that lets the engine record it.
 */
async function recording<Result>(
  definition: Definition,
  inputs: Values,
  operation: (context: CreateContext) => Promise<Result>,
): Promise<Result> {
  const context: CreateContext = {};
  try {
    return await operation(context);
  } catch (error) {
    const half = error instanceof PartialFailure ? error : await context.unresolved?.(error);
    throw half ? partial(definition, inputs, strip(inputs), half) : error;
  }
}

async function readManaged(definition: Definition, org: Organization, id: string, props: Values) {
  const managed = isManaged(definition, props);
  if (managed) org.identity.observe(props.organization);
  const live = await readObject(definition, org, { id, recorded: managed ? props : undefined });
  const found = live && managed ? { ...live, outputs: asSent(definition, props, live.outputs).outputs } : live;
  // Whatever a refresh finds changed or gone may be another organization's.
  if (managed && !isAsRecorded(definition, props, found?.outputs)) await org.identity.verify();
  if (found === undefined) {
    if (managed) return {};
    throw new Error(
      `no such object in this Anomify organization: ${definition.kind} ${id}. Check the id, the endpoint and the token`,
    );
  }
  const effect = effectOf(props);
  return {
    id: found.id,
    props: complete(definition, {}, { ...found.outputs, ...effect, organization: props.organization }),
    inputs: {
      ...(managed ? withoutNewSecrets(definition, props, found.outputs) : inputsOf(definition, found.outputs)),
      ...effect,
    },
  };
}

function isAsRecorded(definition: Definition, recorded: Values, outputs: Values | undefined): boolean {
  if (outputs === undefined) return false;
  return isDeepStrictEqual(inputsOf(definition, outputs), inputsOf(definition, recorded));
}

/** Outputs of a write, which a state learns the organization from; texts are recorded as they were sent. */
async function written(definition: Definition, org: Organization, wanted: Values, outputs: Values): Promise<Values> {
  const { outputs: kept, forms } = asSent(definition, wanted, outputs);
  for (const form of forms) org.reporter.warn(formWarning(definition.label(wanted), form));
  return { ...kept, [ORGANIZATION]: await org.identity.describe() };
}

/** What the state has carries outputs that only a write or a read gives; a get has none. */
const isManaged = (definition: Definition, props: Values): boolean =>
  Object.keys(definition.computed.shape).some((key) => key in props);

/** What check recorded of the effect: no list says it, and a refresh is no reason to count anew. */
function effectOf({ [EFFECT]: effect }: Values): Values {
  return typeof effect === "string" ? { [EFFECT]: effect } : {};
}

/**
 * The inputs of a refresh. The engine encrypts a refreshed input only where the recorded one was a secret, so a secret that
 * somebody set where the program has none stays out of them; the outputs have it, encrypted, and show the drift.
 */
function withoutNewSecrets(definition: Definition, recorded: Values, outputs: Values): Values {
  const added = (definition.secret ?? []).filter((key) => (recorded[key] ?? null) === null);
  return { ...inputsOf(definition, outputs), ...Object.fromEntries(added.map((key) => [key, null])) };
}

/** A fresh copy without what is not the resource's own. */
function strip(values: Values): Values {
  const { [PROVIDER_KEY]: _text, [URN_KEY]: _urn, ...own } = values;
  return own;
}

function urnOf({ [URN_KEY]: urn }: Values): string | undefined {
  return typeof urn === "string" && urn.startsWith("urn:pulumi:") ? urn : undefined;
}

/** The host does not add the provider text to what it saves of a half-made object, and could not load it again without. */
function partial(definition: Definition, inputs: Values, wanted: Values, error: PartialFailure): Error {
  const properties = { ...complete(definition, wanted, error.outputs), [PROVIDER_KEY]: inputs[PROVIDER_KEY] };
  const message = printableLines(`${definition.label(wanted)}: ${error.message}`);
  return Object.assign(fresh(message), { id: String(error.objectId), properties, reasons: [message] });
}

/** The host prints stacks, takes `code` for a gRPC status and `id` for "created": so a new error with the text alone. */
function failure(what: string, error: unknown): Error {
  if (error instanceof Error && "reasons" in error) return error;
  const message = messageOf(error);
  return fresh(message.startsWith(what) || !(error instanceof Error) ? message : `${what}: ${message}`);
}

/** Reasons quote names that are somebody else's; the engine prints them as they are. */
function shown({ property, reason }: Failure): Failure {
  return { property: printable(property), reason: printableLines(reason) };
}

function fresh(message: string): Error {
  const error = new Error(printableLines(message));
  error.stack = "";
  return error;
}
