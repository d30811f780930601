import { setTimeout as wait } from "node:timers/promises";
import type { AnomifyClient, Reply } from "../../sdk/index.ts";
import type { Severity } from "../hosts/dynamic/engine-log.ts";
import { Past } from "./anomaly-history.ts";
import type { Settings } from "./config.ts";
import { Reach } from "./reach.ts";

/** A list as the service told it, with the time on the service's clock that it stands for. */
export interface Snapshot<Item> {
  readonly items: readonly Item[];
  /** Unix seconds, service clock: nothing later than this is in the list. */
  readonly takenAt: number;
  /** Whether it was read from the live data, not from a cache. */
  readonly live: boolean;
}

type Data<Call extends (...args: never[]) => Promise<Reply<unknown>>> = Awaited<ReturnType<Call>>["data"];
export type LiveWatcher = Data<AnomifyClient["watchers"]["list"]>["watchers"][number];
export type LiveExclusion = Data<AnomifyClient["exclusion"]["list"]>["exclusions"][number];
export type LiveUser = Data<AnomifyClient["org"]["users"]>["users"][number];
export type LiveChannel = Data<AnomifyClient["org"]["channels"]>["channels"][number];
export type LiveAdminAlert = Data<AnomifyClient["org"]["adminAlerts"]>["admin_alerts"][number];
export type LiveExclusionType = Data<AnomifyClient["exclusion"]["types"]>["types"][number];
export type LiveOrg = Data<AnomifyClient["org"]["info"]>["org"];

/** How a message reaches the user; `label` names a resource that the message does not name itself. */
export type Tell = (severity: Severity | "advice", message: string, label?: string) => void;

/** Equal objects, as far as this process makes them. */
export interface Twins {
  readonly made: Set<number>;
  /** Whether the create of one may have worked, and it cannot be told yet. */
  lost: boolean;
}

interface Lists {
  watchers: LiveWatcher;
  exclusions: LiveExclusion;
  exclusionTypes: LiveExclusionType;
  users: LiveUser;
  channels: LiveChannel;
  adminAlerts: LiveAdminAlert;
  org: LiveOrg;
}

const REREAD_MILLISECONDS = 1_100;

/**
 * One organization as a provider process sees it: the client, and each list at most once until a write outdates it.
 */
export class Organization {
  readonly api: AnomifyClient;
  readonly settings: Settings;
  readonly reach: Reach;
  readonly past: Past;
  /** Chips of the watchers that this process has checked, by label: what an exclusion takes from them. */
  readonly declaredChips = new Map<string, readonly string[]>();
  readonly #tell: Tell;
  readonly #lists = new Map<keyof Lists, Promise<Snapshot<unknown>>>();
  readonly #baselines = new Map<string, Promise<Snapshot<unknown>>>();
  readonly #twins = new Map<string, { twins: Twins; last: Promise<void> }>();
  /** A time that the service told (its clock), and when it was asked for it (monotonic milliseconds of this machine). */
  #told: { readonly service: number; readonly asked: number } | undefined;
  #rereading: Promise<void> | undefined;
  readonly #warned = new Set<string>();
  readonly #claims = new Set<string>();
  readonly #adopted = new Set<string>();

  constructor(api: AnomifyClient, settings: Settings, tell: Tell) {
    this.api = api;
    this.settings = settings;
    this.reach = new Reach(api);
    this.past = new Past(api, (reason) =>
      this.warn(`Stored anomalies could not be read, so nothing is replayed (anomify:replayDays). ${reason}`),
    );
    this.#tell = tell;
  }

  /** All watchers, softly deleted ones included. */
  watchers(): Promise<Snapshot<LiveWatcher>> {
    return this.#list(
      "watchers",
      () => this.api.watchers.list({ include_deleted: true }),
      (data) => data.watchers,
    );
  }
  exclusions(): Promise<Snapshot<LiveExclusion>> {
    return this.#list(
      "exclusions",
      () => this.api.exclusion.list(),
      (data) => data.exclusions,
    );
  }
  exclusionTypes(): Promise<Snapshot<LiveExclusionType>> {
    return this.#list(
      "exclusionTypes",
      () => this.api.exclusion.types(),
      (data) => data.types,
    );
  }
  users(): Promise<Snapshot<LiveUser>> {
    return this.#list(
      "users",
      () => this.api.org.users(),
      (data) => data.users,
    );
  }
  channels(): Promise<Snapshot<LiveChannel>> {
    return this.#list(
      "channels",
      () => this.api.org.channels(),
      (data) => data.channels,
    );
  }
  adminAlerts(): Promise<Snapshot<LiveAdminAlert>> {
    return this.#list(
      "adminAlerts",
      () => this.api.org.adminAlerts(),
      (data) => data.admin_alerts,
    );
  }
  /** The organization itself, as a list of one. */
  info(): Promise<Snapshot<LiveOrg>> {
    return this.#list(
      "org",
      () => this.api.org.info(),
      (data) => [data.org],
    );
  }

  /** To be called after each write: what is in the cache no longer proves anything about these. */
  outdate(...lists: Array<keyof Lists>): void {
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

  /** Runs work on equal objects one after the other: else nobody could tell whose a new one is. */
  async alone<Result>(key: string, work: (twins: Twins) => Promise<Result>): Promise<Result> {
    const place = this.#twins.get(key) ?? { twins: { made: new Set<number>(), lost: false }, last: Promise.resolve() };
    this.#twins.set(key, place);
    const turn = place.last;
    const { promise, resolve } = Promise.withResolvers<void>();
    place.last = promise;
    await turn;
    try {
      return await work(place.twins);
    } finally {
      resolve();
    }
  }

  /**
   * The latest that the service's clock can show now: unix seconds. Counted on from the last list by this machine's
   * monotonic clock, so that neither clock needs to be right.
   */
  serviceTime(): number {
    if (this.#told === undefined) return Math.floor(Date.now() / 1000) + 1;
    return this.#told.service + 1 + (performance.now() - this.#told.asked) / 1000;
  }

  /** Whether our last write is so recent that a list of age 0 may be from before it: ages are whole seconds. */
  wroteJustNow(lastWrite: unknown): boolean {
    return typeof lastWrite === "number" && this.#told !== undefined && this.#told.service - lastWrite <= 1;
  }

  /** Waits until a list of age 0 is one from after now, then drops all lists; calls at the same time share the wait. */
  reread(): Promise<void> {
    this.#rereading ??= wait(REREAD_MILLISECONDS).then(() => {
      this.#rereading = undefined;
      this.#lists.clear();
    });
    return this.#rereading;
  }

  /** Shows a warning to the user, each text once per process. */
  warn(message: string): void {
    if (this.#warned.has(message)) return;
    this.#warned.add(message);
    this.#tell("warning", message);
  }

  /**
   * As `warn`, of a configuration that works as it is written and is hardly meant so: for whoever writes a program. What an
   * organization has already is the matter of `anomify health`.
   */
  advise(message: string): void {
    if (this.#warned.has(message)) return;
    this.#warned.add(message);
    this.#tell("advice", message);
  }

  /** Tells the user something of a resource, once per resource, topic and process. */
  inform(message: string, label: string, topic = message): void {
    const key = `${label}: ${topic}`;
    if (this.#warned.has(key)) return;
    this.#warned.add(key);
    this.#tell("info", message, label);
  }

  /**
   * Whether a list is too old to tell anything about an object, given our last write to it. Then the record has to be kept,
   * which the user is told.
   */
  isTooOld(snapshot: Snapshot<unknown>, recorded: { readonly lastWrite: number } | undefined, label: string): boolean {
    if (recorded === undefined || proves(snapshot, recorded.lastWrite)) return false;
    this.warn(
      `${label}: Anomify answers with a list from before the last change, so drift cannot be told now. The record is kept.`,
    );
    return true;
  }

  /**
   * Works on an object that only one resource may have, which a failure gives back.
   *
   * @throws Error when another resource of this program has it
   */
  async claiming<Result>(object: string, what: string, work: () => Promise<Result>): Promise<Result> {
    if (!this.claim(object)) {
      throw new Error(`another resource of this program has ${what} already. Keep one of the two`);
    }
    try {
      return await work();
    } catch (error) {
      this.release(object);
      throw error;
    }
  }

  /** As `claiming`, for an object that existed before: deleting its former owner must then not delete the object. */
  async adopting<Result>(object: string, what: string, work: () => Promise<Result>): Promise<Result> {
    const result = await this.claiming(object, what, work);
    this.#adopted.add(object);
    return result;
  }
  /** Whether a delete is that of the former owner of an object that was adopted in this run: true once per adoption. */
  isFormerOwner(object: string): boolean {
    return this.#adopted.delete(object);
  }

  /** Marks an object as belonging to a resource of this program; false when another one has it already. */
  claim(object: string): boolean {
    if (this.#claims.has(object)) return false;
    this.#claims.add(object);
    return true;
  }
  release(object: string): void {
    this.#claims.delete(object);
  }
  isClaimed(object: string): boolean {
    return this.#claims.has(object);
  }

  #list<Key extends keyof Lists, Body>(
    key: Key,
    fetch: () => Promise<Reply<Body>>,
    items: (data: Body) => readonly Lists[Key][],
  ): Promise<Snapshot<Lists[Key]>> {
    const cached = this.#lists.get(key) as Promise<Snapshot<Lists[Key]>> | undefined;
    if (cached) return cached;
    const asked = performance.now();
    const fetched = fetch().then((reply) => {
      this.#told = { service: replyTime(reply), asked };
      return { items: items(reply.data), ...freshness(reply) };
    });
    this.#lists.set(key, fetched);
    // A failed read is not remembered: the next one may succeed.
    fetched.catch(() => {
      if (this.#lists.get(key) === fetched) this.#lists.delete(key);
    });
    return fetched;
  }
}

/** Service clock of a reply; our own where the reply does not tell. */
export function replyTime(reply: Reply<unknown>): number {
  return reply.status.created_timestamp ?? Math.floor(Date.now() / 1000);
}

function freshness(reply: Reply<unknown>): { takenAt: number; live: boolean } {
  const age = reply.status.oldest_cached_component_age ?? 0;
  return { takenAt: replyTime(reply) - age, live: age <= 0 };
}

/**
 * Whether a list can say anything about an object that we last wrote at `lastWrite` (service clock). Times and ages are
 * whole seconds, so their difference may be one too large.
 */
export function proves(snapshot: Snapshot<unknown>, lastWrite: number | null | undefined): boolean {
  return snapshot.live || typeof lastWrite !== "number" || snapshot.takenAt > lastWrite + 1;
}
