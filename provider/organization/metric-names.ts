import { MetricIndex } from "../../domain/metrics/metric-index.ts";
import { type AnomifyClient, ApiError, ResponseShapeError } from "../../sdk/index.ts";

const PAGE = 1000;
/** One request a page: what a few questions to the service cost less than is not listed for them. */
const MAX_PAGES_AT_ONCE = 50;
/** Names that are listed at most, whatever is asked: some hundred megabytes of memory. */
const MAX_NAMES = 300_000;

/** The names of an organization's metrics, listed once. */
export class MetricNames {
  readonly #api: AnomifyClient;
  readonly #names = new Set<string>();
  #offset = 0;
  /** How many the service says there are. */
  #total: number | undefined;
  #state: "begun" | "done" | "unusable" = "begun";
  #index: MetricIndex | undefined;
  #reading: Promise<unknown> = Promise.resolve();

  constructor(api: AnomifyClient) {
    this.#api = api;
  }

  /**
   * All names; undefined where the service does not list them, or has too many.
   *
   * @param all whether they are wanted at any number of requests, one for a thousand names
   * @throws AnomifyError when a request failed that may succeed later
   */
  index({ all }: { readonly all: boolean }): Promise<MetricIndex | undefined> {
    const reading = this.#reading.then(() => this.#read(all ? MAX_NAMES : MAX_PAGES_AT_ONCE * PAGE));
    this.#reading = reading.catch(() => undefined);
    return reading;
  }

  async #read(most: number): Promise<MetricIndex | undefined> {
    while (this.#state === "begun") {
      if (Math.max(this.#names.size, this.#total ?? 0) > most) return undefined;
      await this.#readPage();
    }
    if (this.#state === "unusable") return undefined;
    this.#index ??= new MetricIndex([...this.#names]);
    return this.#index;
  }

  async #readPage(): Promise<void> {
    const known = this.#names.size;
    try {
      const { data } = await this.#api.metrics.list({ limit: PAGE, offset: this.#offset });
      for (const { name } of data.metrics) this.#names.add(name);
      this.#offset += data.metrics.length;
      this.#total = data.metrics_count;
      // Where the service does not say how many there are, nor takes the size of a page, an empty page is the last one.
      const isLast = this.#total === undefined ? data.metrics.length === 0 : this.#offset >= this.#total;
      if (isLast) this.#state = "done";
      // A page that brings nothing new would be read forever; a list with holes would count too little.
      else if (this.#names.size === known) this.#state = "unusable";
    } catch (error) {
      // Not live for this credential, or without names: the counts of the service have to do.
      if (!(error instanceof ApiError || error instanceof ResponseShapeError)) throw error;
      this.#state = "unusable";
    }
  }
}
