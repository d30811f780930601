import { setTimeout as wait } from "node:timers/promises";
import { bareChannel } from "../../domain/text/channel-name.ts";
import type { AnomifyClient, Reply } from "../../sdk/index.ts";
import {
  type LiveAdminAlert,
  type LiveChannel,
  type LiveExclusion,
  type LiveExclusionType,
  type LiveOrg,
  type LiveUser,
  type LiveWatcher,
  replyTime,
  type Snapshot,
  snapshotOf,
} from "./live.ts";
import type { ServiceClock } from "./service-clock.ts";

interface Lists {
  watchers: LiveWatcher;
  exclusions: LiveExclusion;
  exclusionTypes: LiveExclusionType;
  users: LiveUser;
  channels: LiveChannel;
  adminAlerts: LiveAdminAlert;
  org: LiveOrg;
  timezones: string;
}
export type ListName = keyof Lists;

/** A reply, and the list in it. */
interface Fetched<Item> {
  readonly reply: Reply<unknown>;
  readonly items: readonly Item[];
}

async function pick<Data, Item>(
  asked: Promise<Reply<Data>>,
  itemsOf: (data: Data) => readonly Item[],
): Promise<Fetched<Item>> {
  const reply = await asked;
  return { reply, items: itemsOf(reply.data) };
}

const withBareName = (channel: LiveChannel): LiveChannel => ({ ...channel, name: bareChannel(channel.name) });

/** A list that is read again and again until it shows something. */
interface Poll {
  /** The read that has not begun yet, for all who ask until it does. */
  waiting: Promise<Snapshot<unknown>> | undefined;
  /** When the last one began, on the clock of `performance.now()`. */
  lastAt: number;
  pause: number;
}

const MIN_POLL_PAUSE = 250;
const MAX_POLL_PAUSE = 2_000;

/** Lists are read as far as they go: whoever needs the whole one is refused it here. */
const PARTIAL = { allowPartial: true } as const;

/** Longer than the second in which a list of age 0 may still be from before a write. */
const REREAD_MILLISECONDS = 1_100;

/** The lists of an organization: each is read at most once per process, until a write invalidates it. */
export class ListCache {
  readonly #api: AnomifyClient;
  readonly #clock: ServiceClock;
  readonly #lists = new Map<ListName, Promise<Snapshot<unknown>>>();
  readonly #baselines = new Map<ListName, Promise<Snapshot<Lists[ListName]>>>();
  readonly #polls = new Map<ListName, Poll>();
  #rereading: Promise<void> | undefined;

  /** How each list is fetched. */
  readonly #fetchers: { readonly [Name in ListName]: () => Promise<Fetched<Lists[Name]>> };

  constructor(api: AnomifyClient, clock: ServiceClock) {
    this.#api = api;
    this.#clock = clock;
    this.#fetchers = {
      watchers: () => pick(this.#listWatchers(), (data) => data.watchers),
      exclusions: () => pick(api.exclusion.list(PARTIAL), (data) => data.exclusions),
      exclusionTypes: () => pick(api.exclusion.types(PARTIAL), (data) => data.types),
      users: () => pick(api.org.users(PARTIAL), (data) => data.users),
      channels: () => pick(api.org.channels(PARTIAL), (data) => data.channels.map(withBareName)),
      adminAlerts: () => pick(api.org.adminAlerts(PARTIAL), (data) => data.admin_alerts),
      timezones: () => pick(api.misc.timezones(), (data) => data.timezones),
      org: () => pick(api.org.info(), (data) => [data.org]),
    };
  }

  /** All watchers, softly deleted ones included. @throws AnomifyError */
  watchers(): Promise<Snapshot<LiveWatcher>> {
    return this.#whole("watchers");
  }

  exclusions(): Promise<Snapshot<LiveExclusion>> {
    return this.#whole("exclusions");
  }

  exclusionTypes(): Promise<Snapshot<LiveExclusionType>> {
    return this.#whole("exclusionTypes");
  }

  users(): Promise<Snapshot<LiveUser>> {
    return this.#whole("users");
  }

  channels(): Promise<Snapshot<LiveChannel>> {
    return this.#whole("channels");
  }

  /** Names of the time zones that the service takes. */
  timezones(): Promise<Snapshot<string>> {
    return this.#whole("timezones");
  }

  adminAlerts(): Promise<Snapshot<LiveAdminAlert>> {
    return this.#whole("adminAlerts");
  }

  /** The organization itself, as a list of one. */
  info(): Promise<Snapshot<LiveOrg>> {
    return this.#whole("org");
  }

  /**
   * What can be read of a list, for those who look for one object in it. Absence proves nothing where the snapshot is partial.
   *
   * @throws AnomifyError
   */
  visible<Name extends ListName>(name: Name): Promise<Snapshot<Lists[Name]>> {
    const cached = this.#lists.get(name) as Promise<Snapshot<Lists[Name]>> | undefined;
    if (cached) return cached;
    const askedAt = performance.now();
    const fetched = this.#fetchers[name]().then(({ reply, items }) => {
      this.#clock.observe(replyTime(reply), askedAt);
      return snapshotOf(reply, items);
    });
    this.#lists.set(name, fetched);
    // A failed read is not remembered: the next one may succeed.
    fetched.catch(() => {
      if (this.#lists.get(name) === fetched) this.#lists.delete(name);
    });
    return fetched;
  }

  /** The list, where it is not known to have more than can be read. */
  async #whole<Name extends ListName>(name: Name): Promise<Snapshot<Lists[Name]>> {
    const snapshot = await this.visible(name);
    if (snapshot.partial?.certainty === "said") throw snapshot.partial.error;
    return snapshot;
  }

  /** To be called after each write: what is in the cache no longer proves anything about these. */
  invalidate(...lists: ListName[]): void {
    for (const list of lists) this.#lists.delete(list);
  }

  /**
   * What was in a list before this process made anything: read with the first create, and kept, so that any
   * number of creates costs one list.
   */
  baseline(name: ListName): Promise<Snapshot<Lists[ListName]>> {
    const known = this.#baselines.get(name);
    if (known) return known;
    const read = this.read(name);
    this.#baselines.set(name, read);
    read.catch(() => this.#baselines.delete(name));
    return read;
  }

  /** A list by its name. @throws AnomifyError */
  read(name: ListName): Promise<Snapshot<Lists[ListName]>> {
    return this.#whole(name);
  }

  /**
   * A list that is asked for after this call, for those who wait until it shows something. All who wait for the same list
   * share its reads, with growing pauses between them, so that any number of them costs as many requests as one.
   *
   * @throws AnomifyError
   */
  poll(name: ListName): Promise<Snapshot<Lists[ListName]>> {
    const now = performance.now();
    const poll = this.#polls.get(name) ?? { waiting: undefined, lastAt: Number.NEGATIVE_INFINITY, pause: 0 };
    this.#polls.set(name, poll);
    if (poll.waiting) return poll.waiting as Promise<Snapshot<Lists[ListName]>>;
    // Nobody has waited for a while: what comes now is another matter.
    const isNew = now - poll.lastAt > 2 * MAX_POLL_PAUSE;
    poll.pause = isNew ? 0 : Math.min(MAX_POLL_PAUSE, Math.max(MIN_POLL_PAUSE, poll.pause * 2));
    const begin = () => {
      poll.waiting = undefined;
      poll.lastAt = performance.now();
      this.invalidate(name);
      return this.read(name);
    };
    const delay = Math.max(0, poll.lastAt + poll.pause - now);
    const waiting = wait(Number.isFinite(delay) ? delay : 0).then(begin);
    poll.waiting = waiting;
    return waiting;
  }

  /** Waits until a list of age 0 is one from after now, then drops all lists; calls at the same time share the wait. */
  reread(): Promise<void> {
    this.#rereading ??= wait(REREAD_MILLISECONDS).then(() => {
      this.#rereading = undefined;
      this.#lists.clear();
    });
    return this.#rereading;
  }

  /** Where the service does not say which ones are deleted, they are those that it leaves out unless asked for. */
  async #listWatchers(): Promise<Reply<{ readonly watchers: readonly LiveWatcher[] }>> {
    const all = await this.#api.watchers.list({ include_deleted: true }, PARTIAL);
    if (all.data.watchers.every(({ deleted }) => deleted !== undefined)) return all;
    const live = await this.#api.watchers.list({}, PARTIAL);
    const ids = new Set(live.data.watchers.map(({ id }) => id));
    const watchers = all.data.watchers.map((watcher) => ({
      ...watcher,
      deleted: watcher.deleted ?? !ids.has(watcher.id),
    }));
    const partial = live.partial ?? all.partial;
    return { data: { watchers }, status: olderOf(all, live).status, ...(partial === undefined ? {} : { partial }) };
  }
}

const olderOf = (left: Reply<unknown>, right: Reply<unknown>): Reply<unknown> =>
  snapshotOf(left, []).takenAt <= snapshotOf(right, []).takenAt ? left : right;
