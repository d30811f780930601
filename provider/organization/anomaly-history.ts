import { messageOf } from "../../domain/text/message-of.ts";
import type { AnomifyClient } from "../../sdk/index.ts";
import { readStoredAnomalies, type StoredAnomalies } from "./anomalies.ts";

/** Anomalies at most: a preview is not to wait for more. */
const MAX_ANOMALIES = 10_000;
const MAX_MILLISECONDS = 20_000;
const DAY = 86_400;

/** The stored anomalies of an organization, for previews: read once per process, when first asked for. */
export class AnomalyHistory {
  readonly #api: AnomifyClient;
  readonly #failed: (reason: string) => void;
  readonly #read = new Map<number, Promise<StoredAnomalies | undefined>>();

  /** @param failed called when they cannot be read */
  constructor(api: AnomifyClient, failed: (reason: string) => void) {
    this.#api = api;
    this.#failed = failed;
  }

  /**
   * Those of the last days up to a time; undefined when they cannot be read, which is not tried again.
   *
   * @param now unix seconds; only the first one counts
   */
  anomalies(days: number, now: number): Promise<StoredAnomalies | undefined> {
    const known = this.#read.get(days);
    if (known) return known;
    const span = { from: Math.floor(now) - days * DAY, until: Math.floor(now) };
    const signal = AbortSignal.timeout(MAX_MILLISECONDS);
    const read = readStoredAnomalies(this.#api, span, { most: MAX_ANOMALIES, signal }).catch((error: unknown) => {
      this.#failed(signal.aborted ? `Reading took more than ${MAX_MILLISECONDS / 1000} seconds` : messageOf(error));
      return undefined;
    });
    this.#read.set(days, read);
    return read;
  }
}
