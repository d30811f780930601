import { printableLines } from "../../../domain/text/printable.ts";
import type { Organization } from "../../organization/organization.ts";
import type { Definition, Values } from "../../runtime/definition.ts";
import { type Failure, messageOf } from "../../runtime/messages.ts";
import { lean, withDefaults } from "../../runtime/record.ts";
import { PROVIDER_KEY, SECRETS_KEY, URN_KEY, withoutDynamicKeys } from "../core/dynamic-keys.ts";
import { type Call, isManaged, KindAdapter, RecordedFailure } from "../core/kind-adapter.ts";
import { normalRecord } from "../core/normal-form.ts";
import { ProviderProcess } from "../core/provider-process.ts";
import { engineLog } from "./engine-log.ts";

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

/** What all kinds of this process share. The host's script is the first argument, the address of the engine the second. */
export function dynamicProcess(): ProviderProcess {
  const [, hostScript, engineAddress] = process.argv;
  return new ProviderProcess(engineLog(hostScript, engineAddress), engineAddress);
}

/**
 * Turns a definition into the object that the host calls, and absorbs the host's traps: this is the only place that
 * knows `__provider`, how errors must look, and what a value may be on the wire.
 */
export function adapt(definition: Definition, session: ProviderProcess): HostProvider {
  // The host calls other methods while configure runs, and forgets that it failed: so configure never fails and never
  // waits, and each method asks for its result.
  let configured: () => Organization = () => session.organization(() => undefined);
  const kind = new KindAdapter(definition, session, () => configured());

  /** What is the resource's own, as definitions want it. */
  const own = (values: Values): Values => withDefaults(definition, withoutDynamicKeys(values));

  /** A record as definitions want it. A stack that comes back from the plugin has ids of people as texts. */
  const recordOf = (olds: Values): Values => (isOfPlugin(olds) ? normalRecord(definition, olds) : own(olds));

  /**
   * Errors as the host wants them: it prints stacks, takes `code` for a gRPC status and `id` for "created". So each is a new
   * error with the text alone, and a half-made object has what the host saves of it.
   */
  async function dressed<Result>(given: Values, operation: () => Promise<Result>): Promise<Result> {
    try {
      return await operation();
    } catch (error) {
      if (!(error instanceof RecordedFailure)) throw fresh(messageOf(error));
      const outputs = marked(definition, given, lean(definition, error.outputs));
      throw partial(given[PROVIDER_KEY], error.message, error.id, outputs);
    }
  }

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
    check: (olds, news) =>
      dressed(news, async () => {
        const before = withoutDynamicKeys(olds);
        const recorded = Object.keys(before).length > 0 ? withDefaults(definition, before) : {};
        const call = { urn: urnOf(news), secrets: secretsOf(news) };
        const { inputs, failures } = await kind.check(call, recorded, withoutDynamicKeys(news));
        return { inputs: marked(definition, news, lean(definition, inputs, before)), failures };
      }),
    diff: (id, olds, news) =>
      dressed(news, async () => {
        const found = await kind.diff(hiding(olds, news), id, recordOf(olds), own(news));
        // What a native plugin recorded is unfinished business as well: without the provider text no later refresh or delete
        // could load this code.
        const isUnfinished = found.isPending || isOfPlugin(olds);
        if (isUnfinished && found.replaces.length === 0) return { changes: true };
        return found.replaces.length > 0
          ? { changes: true, replaces: found.replaces, deleteBeforeReplace: false }
          : { changes: found.changes };
      }),
    create: (inputs) =>
      dressed(inputs, async () => {
        const { id, outputs } = await kind.create(hiding(inputs), own(inputs));
        return { id, outs: marked(definition, inputs, lean(definition, outputs)) };
      }),
    update: (id, olds, news) =>
      dressed(news, async () => {
        const [recorded, wanted] = [recordOf(olds), own(news)];
        const call = hiding(olds, news);
        if (isOfPlugin(olds)) {
          const found = await kind.diff(call, id, recorded, wanted);
          // The object is as it should be: only the record has to be this host's.
          if (!found.changes && !found.isPending) {
            return { outs: marked(definition, news, lean(definition, recorded, olds)) };
          }
        }
        const outputs = await kind.update(call, id, recorded, wanted);
        return { outs: marked(definition, news, lean(definition, outputs, olds)) };
      }),
    read: (id, props) =>
      dressed(props, async () => {
        const recorded = withoutDynamicKeys(props);
        if (!isManaged(definition, recorded)) {
          // Of an object that is only read the program has no inputs: what is not set, the outputs alone can say.
          const read = await kind.read(hiding(props), id, recorded);
          return read === undefined ? {} : { id: read.id, props: read.outputs, inputs: read.inputs };
        }
        const found = await kind.read(hiding(props), id, own(props));
        if (found === undefined) return {};
        const inputs = withoutNewSecrets(definition, recorded, found.inputs);
        return {
          id: found.id,
          props: marked(definition, props, lean(definition, found.outputs, recorded)),
          inputs: marked(definition, props, lean(definition, inputs, recorded)),
        };
      }),
    delete: (id, props) => dressed(props, () => kind.delete(hiding(props), id, own(props))),
  };
}

/** Whether a native plugin wrote the record: it has no use for the provider text. */
const isOfPlugin = (olds: Values): boolean => olds[PROVIDER_KEY] === undefined;

/**
 * The inputs of a refresh. The engine encrypts a refreshed input only where the recorded one was a secret, so a secret that
 * somebody set where the program has none stays out of them; the outputs have it, encrypted, and show the drift.
 */
function withoutNewSecrets(definition: Definition, recorded: Values, inputs: Values): Values {
  const added = (definition.secret ?? []).filter((key) => (recorded[key] ?? null) === null);
  return { ...inputs, ...Object.fromEntries(added.map((key) => [key, null])) };
}

/**
 * Values for the state, with the names of those that the program made secret: a refresh and a destroy have no program that says
 * it. What is secret by its definition needs no mark.
 */
function marked(definition: Definition, given: Values, values: Values): Values {
  const secrets = secretsOf(given).filter((key) => !definition.secret?.includes(key));
  return secrets.length === 0 ? values : { ...values, [SECRETS_KEY]: secrets };
}

/** A call in which no message may show what the program, or the state, marks as a secret. */
const hiding = (...all: readonly Values[]): Call => ({ secrets: all.flatMap(secretsOf) });

function secretsOf({ [SECRETS_KEY]: secrets }: Values): string[] {
  return Array.isArray(secrets) ? secrets.filter((key) => typeof key === "string") : [];
}

function urnOf({ [URN_KEY]: urn }: Values): string | undefined {
  return typeof urn === "string" && urn.startsWith("urn:pulumi:") ? urn : undefined;
}

/** The host does not add the provider text to what it saves of a half-made object, and could not load it again without. */
function partial(text: unknown, message: string, id: string, outputs: Values): Error {
  return Object.assign(fresh(message), {
    id,
    properties: { ...outputs, [PROVIDER_KEY]: text },
    reasons: [message],
  });
}

function fresh(message: string): Error {
  const error = new Error(printableLines(message));
  error.stack = "";
  return error;
}
