import { check } from "./check.ts";
import { type Definition, PartialFailure, type Values } from "./define.ts";
import { diff } from "./diff.ts";
import { type Failure, messageOf } from "./messages.ts";
import type { Organization } from "./organization.ts";
import { complete, inputsOf, plain } from "./record.ts";
import type { Session } from "./session.ts";

const PROVIDER_KEY = "__provider";
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
export function adapt(definition: Definition, session: Session): HostProvider {
  // The host calls other methods while configure runs, and forgets that it failed: so configure never fails and never
  // waits, and each method asks for its result.
  let configured: () => Organization = () => session.organization(() => undefined);
  const organization = async () => configured();
  const run = async <Result>(what: string, operation: (org: Organization) => Promise<Result>) => {
    try {
      const org = configured();
      return await session.guard.run(org.settings.timeoutSeconds, what, () => operation(org));
    } catch (error) {
      throw failure(what, error);
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
        const checked = await session.guard.run(CHECK_SECONDS, `${definition.kind}: check`, () =>
          check(definition, strip(news), organization, Object.keys(strip(olds)).length > 0),
        );
        return { inputs: plain(checked.inputs), failures: checked.failures };
      } catch (error) {
        throw failure(definition.label(strip(news)), error);
      }
    },
    diff: (_id, olds, news) => {
      const wanted = strip(news);
      return run(definition.label(wanted), async () => {
        const found = await diff(definition, strip(olds), wanted, organization);
        return found.replaces.length > 0
          ? { changes: true, replaces: found.replaces, deleteBeforeReplace: false }
          : { changes: found.changes };
      });
    },
    create: (inputs) => {
      const wanted = strip(inputs);
      return run(definition.label(wanted), async (org) => {
        try {
          const { id, outputs } = await definition.create(org, wanted);
          return { id: String(id), outs: complete(definition, wanted, outputs) };
        } catch (error) {
          if (error instanceof PartialFailure) throw partial(definition, inputs, wanted, error);
          throw error;
        }
      });
    },
    update: (id, olds, news) => {
      const wanted = strip(news);
      return run(definition.label(wanted), async (org) => {
        const outputs = await definition.update(org, id, strip(olds), wanted);
        return { outs: complete(definition, wanted, outputs) };
      });
    },
    read: (id, props) => run(`${definition.kind} ${id}`, (org) => readObject(definition, org, id, strip(props))),
    delete: (id, props) => run(definition.label(strip(props)), (org) => definition.delete(org, id, strip(props))),
  };
}

async function readObject(definition: Definition, org: Organization, id: string, props: Values) {
  const managed = Object.keys(definition.computed.shape).some((key) => key in props);
  const outputs = await definition.read(org, id, managed ? props : undefined);
  if (outputs === undefined) {
    if (managed) return {};
    throw new Error(
      `no such object in this Anomify organization: ${definition.kind} ${id}. Check the id, the endpoint and the token`,
    );
  }
  return {
    id: String(id),
    props: complete(definition, {}, outputs),
    inputs: inputsOf(definition, outputs),
  };
}

/** A fresh copy without the host's own key. */
function strip(values: Values): Values {
  const { [PROVIDER_KEY]: _text, ...own } = values;
  return own;
}

/** The host does not add the provider text to what it saves of a half-made object, and could not load it again without. */
function partial(definition: Definition, inputs: Values, wanted: Values, error: PartialFailure): Error {
  const properties = { ...complete(definition, wanted, error.outputs), [PROVIDER_KEY]: inputs[PROVIDER_KEY] };
  const message = `${definition.label(wanted)}: ${error.message}`;
  return Object.assign(fresh(message), { id: String(error.objectId), properties, reasons: [message] });
}

/** The host prints stacks, takes `code` for a gRPC status and `id` for "created": so a new error with the text alone. */
function failure(what: string, error: unknown): Error {
  if (error instanceof Error && "reasons" in error) return error;
  const message = messageOf(error);
  return fresh(message.startsWith(what) || !(error instanceof Error) ? message : `${what}: ${message}`);
}

function fresh(message: string): Error {
  const error = new Error(message);
  error.stack = "";
  return error;
}
