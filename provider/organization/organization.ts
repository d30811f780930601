import type { AnomifyClient } from "../../sdk/index.ts";
import { AnomalyHistory } from "./anomaly-history.ts";
import { Claims } from "./claims.ts";
import type { Settings } from "./config.ts";
import { CreateLocks } from "./equal-creates.ts";
import { OrganizationIdentity } from "./identity.ts";
import { ListCache } from "./list-cache.ts";
import { isFreshEnough, type Snapshot } from "./live.ts";
import { MetricMatcher } from "./metric-matcher.ts";
import { type Report, Reporter } from "./reporter.ts";
import type { RunClaims } from "./run-claims.ts";
import { ServiceClock } from "./service-clock.ts";

/** One organization as a provider process sees it: its client, and what the process knows and has done. */
export class Organization {
  readonly api: AnomifyClient;
  readonly settings: Settings;
  readonly clock = new ServiceClock();
  readonly claims: Claims;
  readonly locks = new CreateLocks();
  readonly lists: ListCache;
  readonly reporter: Reporter;
  readonly identity: OrganizationIdentity;
  readonly metrics: MetricMatcher;
  readonly history: AnomalyHistory;
  /** Chips of the watchers that this process has checked, by label: what an exclusion takes from them. */
  readonly declaredChips = new Map<string, readonly string[]>();

  /** @param run what the other provider processes of this run have taken */
  constructor(api: AnomifyClient, settings: Settings, report: Report, run?: RunClaims) {
    this.api = api;
    this.settings = settings;
    this.lists = new ListCache(api, this.clock);
    this.reporter = new Reporter(report);
    this.identity = new OrganizationIdentity(this.lists, this.reporter);
    this.claims = new Claims(
      async () => `${settings.endpoint} ${(await this.identity.describe())?.replace(/^.* \((\d+)\)$/s, "$1") ?? ""}`,
      run,
    );
    this.metrics = new MetricMatcher(api);
    this.history = new AnomalyHistory(api, (reason) =>
      this.reporter.warn(`Stored anomalies could not be read, so nothing is replayed (anomify:replayDays). ${reason}`),
    );
  }

  /**
   * To be called before anything follows from it that a list does not have an object.
   *
   * @throws Error where it may be in a part of the list that cannot be read
   */
  assertAbsent({ partial }: Snapshot<unknown>): void {
    if (partial === undefined) return;
    const why =
      partial.certainty === "said"
        ? "Anomify says that its list has more than it gives"
        : "Anomify's list has a round number of objects and may have more, which it refuses to be asked for";
    throw new Error(
      `it is not in what can be read of Anomify's list, but that does not prove that there is none: ${why}. Nothing is changed. Run anomify doctor, and report what it says of the list`,
    );
  }

  /**
   * Whether a list is too old to say anything about an object, given our last write to it. Then the record has to be kept,
   * which the user is shown.
   */
  isStale(snapshot: Snapshot<unknown>, recorded: { readonly lastWrite: number } | undefined, label: string): boolean {
    if (recorded === undefined || isFreshEnough(snapshot, recorded.lastWrite)) return false;
    this.reporter.warn(
      `${label}: Anomify answers with a list from before the last change, so drift cannot be detected now. The record is kept.`,
    );
    return true;
  }
}
