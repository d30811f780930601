import { setTimeout as wait } from "node:timers/promises";
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
}
export type ListName = keyof Lists;

/** Longer than the second in which a list of age 0 may still be from before a write. */
const REREAD_MILLISECONDS = 1_100;

/** The lists of an organization: each is read at most once per process, until a write invalidates it. */
export class ListCache {
  readonly #api: AnomifyClient;
  readonly #clock: ServiceClock;
  readonly #lists = new Map<ListName, Promise<Snapshot<unknown>>>();
  readonly #baselines = new Map<string, Promise<Snapshot<unknown>>>();
  #rereading: Promise<void> | undefined;

  constructor(api: AnomifyClient, clock: ServiceClock) {
    this.#api = api;
    this.#clock = clock;
  }

  /** All watchers, softly deleted ones included. @throws AnomifyError */
  watchers(): Promise<Snapshot<LiveWatcher>> {
    return this.#read(
      "watchers",
      () => this.#api.watchers.list({ include_deleted: true }),
      (data) => data.watchers,
    );
  }

  exclusions(): Promise<Snapshot<LiveExclusion>> {
    return this.#read(
      "exclusions",
      () => this.#api.exclusion.list(),
      (data) => data.exclusions,
    );
  }

  exclusionTypes(): Promise<Snapshot<LiveExclusionType>> {
    return this.#read(
      "exclusionTypes",
      () => this.#api.exclusion.types(),
      (data) => data.types,
    );
  }

  users(): Promise<Snapshot<LiveUser>> {
    return this.#read(
      "users",
      () => this.#api.org.users(),
      (data) => data.users,
    );
  }

  channels(): Promise<Snapshot<LiveChannel>> {
    return this.#read(
      "channels",
      () => this.#api.org.channels(),
      (data) => data.channels,
    );
  }

  adminAlerts(): Promise<Snapshot<LiveAdminAlert>> {
    return this.#read(
      "adminAlerts",
      () => this.#api.org.adminAlerts(),
      (data) => data.admin_alerts,
    );
  }

  /** The organization itself, as a list of one. */
  info(): Promise<Snapshot<LiveOrg>> {
    return this.#read(
      "org",
      () => this.#api.org.info(),
      (data) => [data.org],
    );
  }

  /** To be called after each write: what is in the cache no longer proves anything about these. */
  invalidate(...lists: ListName[]): void {
    for (const list of lists) this.#lists.delete(list);
  }

  /**
   * What was there before this process made anything of a kind: read with its first create, and kept, so that any
   * number of creates costs one list.
   */
  baseline<Item>(kind: string, list: () => Promise<Snapshot<Item>>): Promise<Snapshot<Item>> {
    const known = this.#baselines.get(kind) as Promise<Snapshot<Item>> | undefined;
    if (known) return known;
    const read = list();
    this.#baselines.set(kind, read);
    read.catch(() => this.#baselines.delete(kind));
    return read;
  }

  /** Waits until a list of age 0 is one from after now, then drops all lists; calls at the same time share the wait. */
  reread(): Promise<void> {
    this.#rereading ??= wait(REREAD_MILLISECONDS).then(() => {
      this.#rereading = undefined;
      this.#lists.clear();
    });
    return this.#rereading;
  }

  #read<Name extends ListName, Body>(
    name: Name,
    fetch: () => Promise<Reply<Body>>,
    items: (data: Body) => readonly Lists[Name][],
  ): Promise<Snapshot<Lists[Name]>> {
    const cached = this.#lists.get(name) as Promise<Snapshot<Lists[Name]>> | undefined;
    if (cached) return cached;
    const askedAt = performance.now();
    const fetched = fetch().then((reply) => {
      this.#clock.observe(replyTime(reply), askedAt);
      return snapshotOf(reply, items(reply.data));
    });
    this.#lists.set(name, fetched);
    // A failed read is not remembered: the next one may succeed.
    fetched.catch(() => {
      if (this.#lists.get(name) === fetched) this.#lists.delete(name);
    });
    return fetched;
  }
}
