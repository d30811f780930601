import { isDeepStrictEqual } from "node:util";
import { NotFoundError } from "../../../sdk/index.ts";
import type { LiveWatcher } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import { orGone } from "../../runtime/create/create-object.ts";
import { type CreateOnce, labelOf, type NonIdempotentCreate } from "../../runtime/definition.ts";
import { hasValue, warnOfUnsaid } from "../unsaid.ts";
import { bringBack, revive, takeOver } from "./existing.ts";
import type { WatcherComputed, WatcherInputs } from "./fields.ts";
import { changeWatcher, sendWatcher } from "./send.ts";
import type { RuleParams, WatcherType } from "./type.ts";
import { readWatcher, toParams } from "./wire.ts";

/** Create, read, update and delete of a watcher, of either type. */

type Outputs<Rule> = WatcherInputs & Rule & WatcherComputed;

export function createWatcher<Rule extends object, Params extends RuleParams>(
  type: WatcherType<Rule, Params>,
): CreateOnce<WatcherInputs & Rule, WatcherComputed, LiveWatcher> {
  return {
    object: "watcher",
    takeOver: (org, inputs) => takeOver(type, org, inputs),
    revive: async (org, inputs, record) => (inputs.undelete ? await revive(type, org, inputs, record) : undefined),
    request: (org, inputs) => requestOf(type, org, inputs),
    outputs: (org, { item, at }, inputs) => readWatcher(type, org, item, { recorded: inputs, lastWrite: at }),
  };
}

async function requestOf<Rule extends object, Params extends RuleParams>(
  type: WatcherType<Rule, Params>,
  org: Organization,
  inputs: WatcherInputs & Rule,
): Promise<NonIdempotentCreate<LiveWatcher>> {
  const params = await toParams(type, org, inputs);
  return {
    kind: "watcher",
    label: labelOf(type.kind, inputs.name),
    key: JSON.stringify([type.type, params]),
    list: "watchers",
    isGone: (live) => live.deleted === true || live.type !== type.type,
    // Compared with thousands: what differs by its name costs no promise.
    matches: (live) => {
      if (live.deleted || live.type !== type.type || live.name !== inputs.name) return false;
      return readWatcher(type, org, live, { recorded: inputs, lastWrite: 0 })
        .then((own) => toParams(type, org, own))
        .then((own) => isDeepStrictEqual(own, params));
    },
    update: async (id) => {
      const { live, at } = await changeWatcher(type, org, id, inputs);
      return { item: live, at };
    },
    send: () => type.create(org, params, inputs.fireTestAlertOnCreate),
  };
}

export async function updateWatcher<Rule extends object, Params extends RuleParams>(
  type: WatcherType<Rule, Params>,
  org: Organization,
  id: string,
  { recorded, inputs }: { readonly recorded: Outputs<Rule>; readonly inputs: WatcherInputs & Rule },
): Promise<Outputs<Rule>> {
  try {
    return await sendWatcher(type, org, Number(id), inputs);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    // Its undeletion was never answered, and has not happened.
    if (recorded.lastWrite === null) return await bringBack(type, org, Number(id), inputs);
    throw new Error(
      `watcher ${id} no longer exists in Anomify. Run pulumi refresh, then pulumi up: it will be created again`,
    );
  }
}

export async function readRecordedWatcher<Rule extends object, Params extends RuleParams>(
  type: WatcherType<Rule, Params>,
  org: Organization,
  id: string,
  recorded: Outputs<Rule> | undefined,
): Promise<Outputs<Rule> | undefined> {
  const snapshot = await org.lists.visible("watchers");
  if (org.isStale(snapshot, recorded, labelOf(type.kind, recorded?.name))) return recorded;
  const live = snapshot.items.find((candidate) => String(candidate.id) === id && candidate.type === type.type);
  if (live === undefined) org.assertAbsent(snapshot);
  if (live === undefined || live.deleted) return undefined;
  warnOfUnsaid(org, labelOf(type.kind, recorded?.name ?? live.name), unsaidFields(live, recorded ?? {}));
  return await readWatcher(type, org, live, {
    recorded: recorded ?? {},
    lastWrite: recorded?.lastWrite ?? snapshot.takenAt,
  });
}

function unsaidFields(
  live: LiveWatcher,
  recorded: Partial<WatcherInputs> & { readonly threshold?: { readonly value?: unknown } | null },
) {
  const { emailUsers, smsUsers, slackChannel, slackMentionUsers, msTeamsWebhook, summaryReport } = recorded;
  const recipients = [emailUsers, smsUsers, slackChannel, slackMentionUsers, msTeamsWebhook];
  const { threshold } = live;
  return {
    alerts: { live: live.alerts, isRecorded: recipients.some(hasValue) },
    summary_report_frequency: { live: live.summary_report_frequency, isRecorded: hasValue(summaryReport) },
    threshold: { live: threshold, isRecorded: hasValue(recorded.threshold) },
    "threshold.value": { live: threshold ? threshold.value : null, isRecorded: hasValue(recorded.threshold?.value) },
  };
}

export async function deleteWatcher(org: Organization, id: string): Promise<void> {
  if (org.claims.consumeAdoption(`watcher:${id}`)) return;
  await orGone(org.api.watcher.delete({ watcher_id: Number(id) })).finally(() => {
    org.claims.release(`watcher:${id}`);
    org.lists.invalidate("watchers");
  });
}
