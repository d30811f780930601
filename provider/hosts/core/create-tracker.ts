import { createHash } from "node:crypto";
import type { Organization } from "../../organization/organization.ts";
import type { CreatingResource } from "../../runtime/create/recover.ts";
import type { Definition, Values } from "../../runtime/definition.ts";
import type { ProviderProcess } from "./provider-process.ts";

/**
 * The creates of a kind, as far as a killed process would forget them. A host that does not say which resource a create is
 * for says it of a check, and each create follows a check of the same inputs.
 */
export class CreateTracker {
  readonly #definition: Definition;
  readonly #process: ProviderProcess;
  readonly #organization: () => Promise<Organization>;
  /** URNs by inputs; null where several resources have the same. */
  readonly #urns = new Map<string, string | null>();

  constructor(definition: Definition, process: ProviderProcess, organization: () => Promise<Organization>) {
    this.#definition = definition;
    this.#process = process;
    this.#organization = organization;
  }

  /** A resource was checked. @param olds its inputs in the state; empty when the state does not have it */
  async checked(urn: string | undefined, olds: Values, inputs: Values): Promise<void> {
    if (this.#definition.createOnce === undefined || urn === undefined) return;
    if (Object.keys(olds).length > 0) {
      // Without settings nothing is known of any organization, and whatever comes next says why.
      const org = await this.#organization().catch(() => undefined);
      if (org) await (await this.#process.intents()).knows(org.settings, urn, keyOf(olds));
      return;
    }
    const key = keyOf(inputs);
    const known = this.#urns.get(key);
    this.#urns.set(key, known === undefined || known === urn ? urn : null);
  }

  /** The state has the object. */
  async recorded(org: Organization, id: string): Promise<void> {
    const { createOnce } = this.#definition;
    if (createOnce) await (await this.#process.intents()).knowsObject(org.settings, createOnce.object, id);
  }

  /** Which resource a create is for, and where its intent is recorded. @param given its URN, where the host says it */
  async of(given: string | undefined, inputs: Values): Promise<CreatingResource | undefined> {
    if (this.#definition.createOnce === undefined) return undefined;
    const key = keyOf(inputs);
    const urn = given ?? this.#urns.get(key) ?? undefined;
    return urn === undefined ? undefined : { urn, inputs: key, log: await this.#process.intents() };
  }
}

/** Equal for equal values, whatever the order of their keys, and whether what is not set is null or absent. */
function keyOf(inputs: Values): string {
  return createHash("sha256").update(JSON.stringify(inputs, sorted)).digest("base64");
}

function sorted(_key: string, value: unknown): unknown {
  if (value === null) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
