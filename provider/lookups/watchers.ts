import { z } from "zod";
import { didYouMean } from "../../domain/text/did-you-mean.ts";
import type { LiveWatcher } from "../organization/live.ts";
import { ruleFromLive } from "../resources/threshold-watcher/wire.ts";
import { fromLive } from "../resources/watcher/wire.ts";
import { text } from "./arguments.ts";
import type { GetWatcherArgs, GetWatcherResult, GetWatchersArgs } from "./results.ts";
import type { Source } from "./source.ts";

export const getWatcherArguments = z.strictObject({ name: text });
export const getWatchersArguments = z.strictObject({
  name: text.optional(),
  deleted: z.boolean("must be true or false").optional(),
});

export async function getWatchers(
  source: Source,
  { name, deleted = false }: GetWatchersArgs,
): Promise<GetWatcherResult[]> {
  const wanted = name?.trim();
  const all = (await source.org.lists.watchers()).items;
  const found = all.filter((live) => live.deleted === deleted && (wanted === undefined || nameOf(live) === wanted));
  return await Promise.all(found.map((live) => describe(source, live)));
}

export async function getWatcher(source: Source, { name }: GetWatcherArgs): Promise<GetWatcherResult> {
  const wanted = name.trim();
  const [found, ...others] = await getWatchers(source, { name: wanted });
  if (found !== undefined && others.length === 0) return found;
  if (found !== undefined) {
    const ids = [found, ...others].map(({ watcherId }) => watcherId).join(", ");
    throw new Error(
      `${others.length + 1} watchers are called "${wanted}" (ids ${ids}). Use getWatchers, and choose by id`,
    );
  }
  const all = (await source.org.lists.watchers()).items;
  if (all.some((live) => live.deleted && nameOf(live) === wanted)) {
    throw new Error(
      `watcher "${wanted}" is deleted. Bring it back in Anomify, or look it up with getWatchers({ deleted: true })`,
    );
  }
  const existing = all.filter((live) => !live.deleted).map((live) => live.name);
  const hint = didYouMean(wanted, existing);
  throw new Error(
    `there is no watcher "${wanted}" in this Anomify organization.${hint || " Check the name in Anomify."}`,
  );
}

/** Blanks at the ends of a live name are none: programs have names without them. */
const nameOf = (live: LiveWatcher): string => live.name.trim();

async function describe({ org }: Source, live: LiveWatcher): Promise<GetWatcherResult> {
  const { name, chips, alert, emailUsers, smsUsers, slackChannel, slackMentionUsers, expiration, ...rest } =
    await fromLive(org, { ...live, name: nameOf(live) }, {});
  const { msTeamsWebhook, summaryReport, watcherId } = rest;
  return {
    watcherId,
    type: live.type === "threshold" ? "threshold" : "anomaly",
    name,
    chips,
    alert,
    emailUsers,
    smsUsers,
    slackChannel,
    slackMentionUsers,
    hasMsTeamsWebhook: msTeamsWebhook !== null,
    expiration,
    summaryReport,
    threshold: ruleFromLive(live),
    deleted: live.deleted === true,
  };
}
