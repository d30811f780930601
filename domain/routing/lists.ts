import type { RoutedWatcher, Who } from "./model.ts";

/** Ways in which a watcher notifies somebody. `slack-mention` is a part of the message to the channel. */
export type Way = "email" | "sms" | "slack" | "slack-mention" | "ms-teams" | "summary-email";

export interface Recipient {
  readonly kind: "person" | "channel";
  /** E-mail address in lower case, `user 7` where only the id is known, `#ops`, or `Microsoft Teams`. */
  readonly to: string;
  readonly by: Way;
}

/** Everybody in the lists of a watcher, each once a way, whether or not anything reaches them. */
export function recipientsIn(watcher: RoutedWatcher): Recipient[] {
  const { slackChannel, msTeams, summaryReport } = watcher;
  const people = (list: readonly Who[], by: Way): Recipient[] =>
    [...new Set(list.map(personKey))].map((to) => ({ kind: "person", to, by }));
  return [
    ...people(watcher.emailUsers, "email"),
    ...people(watcher.smsUsers, "sms"),
    ...(slackChannel === null ? [] : [{ kind: "channel", to: channelKey(slackChannel), by: "slack" } as const]),
    ...(slackChannel === null ? [] : people(watcher.slackMentionUsers, "slack-mention")),
    ...(msTeams ? [{ kind: "channel", to: "Microsoft Teams", by: "ms-teams" } as const] : []),
    ...people(summaryReport?.emailUsers ?? [], "summary-email"),
  ];
}

/** What a person is called as a recipient. */
export function personKey(who: Who): string {
  return typeof who === "number" ? `user ${who}` : who;
}

/** What a Slack channel is called as a recipient. */
export function channelKey(name: string): string;
export function channelKey(name: string | null): string | undefined;
export function channelKey(name: string | null): string | undefined {
  return name === null ? undefined : `#${name.replace(/^#/, "")}`;
}
