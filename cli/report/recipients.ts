import type { Configuration, Replay } from "../../routing/index.ts";
import type { RecipientWay, ReportRecipient } from "./model.ts";
import { notifiesOf } from "./watchers.ts";

interface Growing {
  readonly ways: Map<string, { readonly by: RecipientWay["by"]; reaches: boolean; obstacle: string | null }>;
  readonly watchers: Set<number>;
}

/** Everybody whom a watcher names, with the messages that they would have got. */
export function recipientsOf(configuration: Configuration, replayed: Replay | null): ReportRecipient[] {
  const found = new Map<string, Growing>();
  for (const [place, watcher] of configuration.watchers.entries()) {
    if (!watcher.alert) continue;
    for (const { to, by, obstacle } of notifiesOf(configuration, watcher)) {
      const one = found.get(to) ?? { ways: new Map(), watchers: new Set() };
      found.set(to, one);
      one.watchers.add(place);
      const way = one.ways.get(by) ?? { by, reaches: false, obstacle };
      one.ways.set(by, { ...way, reaches: way.reaches || obstacle === null });
    }
  }
  const messages = new Map(replayed?.messages.map((one) => [`${one.by} ${one.to}`, one.messages]));
  return [...found].map(([to, one]) => recipient(configuration, to, one, replayed && messages)).sort(byLoad);
}

const byLoad = (a: ReportRecipient, b: ReportRecipient) =>
  (b.messages ?? 0) - (a.messages ?? 0) || b.watchers - a.watchers || (a.to < b.to ? -1 : 1);

function recipient(
  { people }: Configuration,
  to: string,
  { ways, watchers }: Growing,
  messages: ReadonlyMap<string, number> | null,
): ReportRecipient {
  const reached = [...ways.values()].map(({ by, reaches, obstacle }): RecipientWay => {
    const count = messages === null || by === "summary-email" ? null : (messages.get(`${by} ${to}`) ?? 0);
    return { by, messages: count, obstacle: reaches ? null : obstacle };
  });
  return {
    kind: CHANNELS.some((by) => ways.has(by)) ? "channel" : "person",
    to,
    name: people.find(({ email }) => email === to)?.name ?? null,
    ways: reached,
    watchers: watchers.size,
    messages: messages === null ? null : reached.reduce((sum, one) => sum + (one.messages ?? 0), 0),
  };
}

const CHANNELS = ["slack", "ms-teams"];

/** Addresses of the members whom no watcher names. */
export function unnotifiedMembers(configuration: Configuration): string[] {
  const named = new Set(
    configuration.watchers.flatMap((watcher) =>
      watcher.alert ? notifiesOf(configuration, watcher).map(({ to }) => to) : [],
    ),
  );
  return configuration.people
    .map(({ email }) => email)
    .filter((email) => !named.has(email))
    .sort();
}
