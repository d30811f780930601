import type { Configuration, RoutedMetric } from "../domain/routing/model.ts";
import { roleOf } from "../provider/catalog.ts";
import { type Inventory, readInventory } from "../provider/inventory.ts";
import { DEFAULT_RETRIES, DEFAULT_TIMEOUT_SECONDS } from "../provider/organization/config.ts";
import { Organization } from "../provider/organization/organization.ts";
import type { Values } from "../provider/runtime/definition.ts";
import { parseState, readState, type StateResource } from "../provider/stack/read-state.ts";
import type { AnomifyClient } from "../sdk/index.ts";
import { fromObjects, type NormalObject } from "./normal.ts";

/** The configuration of a whole organization, as `readInventory` says it. */
export function fromInventory({ organization, objects }: Inventory): Configuration {
  return { organization: { id: organization.id, name: organization.name }, ...fromObjects(objects), everybody: true };
}

export interface OrganizationOptions {
  /** Whether to read all metrics as well: a request per hundred of them. @default false */
  readonly metrics?: boolean;
}

/**
 * The configuration of a live organization: one list per kind, its channels, and whether it is muted.
 *
 * @throws AnomifyError
 */
export async function fromOrganization(
  source: AnomifyClient | Organization,
  { metrics = false }: OrganizationOptions = {},
): Promise<Configuration> {
  const org = "api" in source ? source : organizationOf(source);
  const inventory = await readInventory(org);
  const [channels, info] = await Promise.all([org.lists.channels(), org.lists.info()]);
  const muting = info.items[0]?.alert_muting;
  return {
    ...fromInventory(inventory),
    channels: channels.items.map(({ name }) => name),
    ...(muting?.muted ? { muted: { until: muting.muted_until_timestamp ?? null } } : {}),
    ...(metrics ? { metrics: await readMetrics(org.api) } : {}),
  };
}

/** Nothing is looked up or written through it, so that its settings mean nothing. */
function organizationOf(client: AnomifyClient): Organization {
  const settings = { endpoint: "", timeoutSeconds: DEFAULT_TIMEOUT_SECONDS, retries: DEFAULT_RETRIES, strict: true };
  return new Organization(client, settings, () => {});
}

async function readMetrics(client: AnomifyClient): Promise<RoutedMetric[]> {
  const found: RoutedMetric[] = [];
  for await (const { name, active } of client.metrics.iterate()) found.push({ name, active: active !== false });
  return found;
}

/**
 * The configuration in the state of a stack: what `pulumi stack export` writes, as text or parsed. Encrypted webhooks are fine;
 * anything else that is encrypted needs `--show-secrets`. People that the stack does not have are known by their address alone.
 *
 * @throws Error when it is something else, or names all that is encrypted; never with a value of it
 */
export function fromState(deployment: unknown): Configuration {
  const read = typeof deployment === "string" ? parseState(deployment, NAME) : readState(deployment, NAME);
  const { resources } = read;
  const problems = resources.flatMap(encrypted);
  if (problems.length > 0) {
    throw new Error(`${problems.join("\n")}\nExport it with: pulumi stack export --show-secrets`);
  }
  const objects = resources.map(normalObject);
  return { ...fromObjects(objects), everybody: false };
}

const NAME = "The deployment";
const WEBHOOK = "msTeamsWebhook";

/** Inputs that decide something here and cannot be read. */
function encrypted({ kind, name, unreadable }: StateResource): string[] {
  return unreadable.filter((key) => decidingKeys.includes(key)).map((key) => `${kind} "${name}": ${key} is encrypted.`);
}
/** Inputs that decide who is notified of what. */
export const decidingKeys: readonly string[] = [
  "name",
  "chips",
  "alert",
  "emailUsers",
  "smsUsers",
  "slackChannel",
  "slackMentionUsers",
  "expiration",
  "summaryReport",
  "threshold",
  "type",
  "pattern",
  "until",
  "email",
  "enabled",
];

/** A resource of a state in the normal form of its kind. A webhook that cannot be read counts as one, unless the program sets none. */
export function normalObject({ kind, id, outputs, unreadable, unset }: StateResource): NormalObject {
  const hasWebhook = unreadable.includes(WEBHOOK) && !unset.includes(WEBHOOK);
  const own = roleOf(kind) === "person" ? managedOnly(outputs) : outputs;
  return { kind, id, inputs: hasWebhook ? { ...own, [WEBHOOK]: true } : own };
}

/** Null in a person's record means "not managed", not "none". */
function managedOnly(outputs: Values): Values {
  return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== null));
}
