import { matchesPattern } from "../../domain/metrics/matching.ts";
import { MetricIndex } from "../../domain/metrics/metric-index.ts";
import { type AnomifyClient, AnomifyError, ApiError, ResponseShapeError } from "../../sdk/index.ts";

/** What a selection of metrics matches now. */
export interface MatchedMetrics {
  readonly count: number;
  /** All names, sorted; absent where the service counts otherwise than we do, or has too many metrics to list. */
  readonly names?: readonly string[];
  /** A few of the names. */
  readonly sample: readonly string[];
  /** Whether only our own rule says, which is assumed: the service could not be asked. */
  readonly estimate: boolean;
}

/** How far our own rule is to be believed, for one way of selecting. */
interface Trust {
  /** The service counted as we did, at least once and not zero. */
  agreed: boolean;
  /** The service does not answer this question. */
  refused: boolean;
  questions: number;
}

interface Question {
  /** Which way of selecting. */
  readonly way: string;
  /** Our own answer; absent where the metrics are not known. */
  readonly own: readonly string[] | undefined;
  ask(): Promise<{ readonly count: number; readonly sample: readonly string[] }>;
}

const PAGE = 1000;
/** Names that are listed at most: beyond that only the service counts. */
const MAX_NAMES = 50_000;
/** Questions to the service at most, per way of selecting: their number must not grow with the number of resources. */
const MAX_QUESTIONS = 20;
const SAMPLE = 20;

/**
 * Which metrics chips and patterns match. The metrics are listed once, and our own rule is believed as soon as the service
 * has counted as it does; so the number of requests does not grow with the number of questions.
 */
export class MetricMatcher {
  readonly #api: AnomifyClient;
  readonly #trust = new Map<string, Trust>();
  #index: Promise<MetricIndex | undefined> | undefined;

  constructor(api: AnomifyClient) {
    this.#api = api;
  }

  /** @throws AnomifyError when neither the service nor the list of metrics says */
  async ofChips(chips: readonly string[]): Promise<MatchedMetrics> {
    const index = await this.#metrics();
    return await this.#answer({
      way: "chips",
      own: index?.ofChips(chips),
      ask: async () => {
        const { data } = await this.#api.watchers.chips({ chips: [...chips], metrics_limit: SAMPLE });
        return { count: data.metrics_count, sample: data.metrics ?? [] };
      },
    });
  }

  /** @throws AnomifyError when neither the service nor the list of metrics says */
  async ofPattern(type: string, pattern: string): Promise<MatchedMetrics> {
    const index = await this.#metrics();
    return await this.#answer({
      way: `exclusion ${type}`,
      own: index?.names.filter((name) => matchesPattern(name, pattern)),
      ask: async () => {
        const { data } = await this.#api.exclusion.test({ type, pattern, metrics_limit: SAMPLE });
        return { count: data.metrics_count, sample: data.metrics ?? [] };
      },
    });
  }

  /** Chips that occur in the names of metrics; empty where those are not known. */
  async chips(): Promise<string[]> {
    return (await this.#metrics())?.chips() ?? [];
  }

  async #answer({ way, own, ask }: Question): Promise<MatchedMetrics> {
    const trust: Trust = this.#trust.get(way) ?? { agreed: false, refused: false, questions: 0 };
    this.#trust.set(way, trust);
    const ours = own && { count: own.length, names: own, sample: own.slice(0, SAMPLE) };
    if (ours && trust.agreed) return { ...ours, estimate: false };
    if (ours && (trust.refused || trust.questions >= MAX_QUESTIONS)) return { ...ours, estimate: true };
    trust.questions += 1;
    try {
      const answer = await ask();
      if (answer.count !== ours?.count) return { ...answer, estimate: false };
      // That both find nothing says little about the rule.
      trust.agreed ||= answer.count > 0;
      return { ...ours, estimate: false };
    } catch (error) {
      if (!(error instanceof AnomifyError) || ours === undefined) throw error;
      trust.refused = true;
      return { ...ours, estimate: true };
    }
  }

  #metrics(): Promise<MetricIndex | undefined> {
    this.#index ??= this.#list().catch((error: unknown) => {
      // Not live for this credential, or without names: the counts of the service have to do.
      if (error instanceof ApiError || error instanceof ResponseShapeError) return undefined;
      this.#index = undefined;
      throw error;
    });
    return this.#index;
  }

  async #list(): Promise<MetricIndex | undefined> {
    const names = new Set<string>();
    for (let offset = 0; ; ) {
      const { data } = await this.#api.metrics.list({ limit: PAGE, offset });
      const known = names.size;
      for (const { name } of data.metrics) names.add(name);
      offset += data.metrics.length;
      const total = data.metrics_count;
      if (Math.max(names.size, total ?? 0) > MAX_NAMES) return undefined;
      // Where the service does not say how many there are, nor takes the size of a page, an empty page is the last one.
      if (total === undefined ? data.metrics.length === 0 : offset >= total) return new MetricIndex([...names]);
      // A page that brings nothing new would be read forever; a list with holes would count too little.
      if (names.size === known) return undefined;
    }
  }
}
