import type { MetricIndex } from "../../domain/metrics/metric-index.ts";
import { type AnomifyClient, AnomifyError, ApiError, ResponseShapeError } from "../../sdk/index.ts";
import { MetricNames } from "./metric-names.ts";

/** What a selection of metrics matches now. */
export interface MatchedMetrics {
  readonly count: number;
  /** All names, sorted; absent where the service counts otherwise than we do, or has too many metrics to list. */
  readonly names?: readonly string[];
  /** A few of the names. */
  readonly sample: readonly string[];
  /** Whether only our own rule says, which is that of the engine: the service was not asked. */
  readonly estimate: boolean;
}

/** How far our own rule is to be believed, for one way of selecting. */
interface Trust {
  /** The service counted as we did, at least once and not zero. */
  agreed: boolean;
  /** The service does not answer this question. */
  refused: boolean;
  questions: number;
  /** What the service counted while the metrics were not listed: to be compared when they are. */
  readonly counted: Array<{ readonly count: number; readonly select: Question["select"] }>;
}

interface Question {
  /** Which way of selecting. */
  readonly way: string;
  /** Our own answer. */
  select(index: MetricIndex): readonly string[];
  ask(): Promise<{ readonly count: number; readonly sample: readonly string[] }>;
}

/** Questions to the service at most, per way of selecting: their number must not grow with the number of resources. */
const MAX_QUESTIONS = 20;
const SAMPLE = 20;

/**
 * Which metrics chips and patterns match. Our own rule is believed as soon as the service has counted as it does, and after
 * some questions the metrics are listed, however many there are: so the number of requests does not grow with the number of
 * questions.
 */
export class MetricMatcher {
  readonly #api: AnomifyClient;
  readonly #names: MetricNames;
  readonly #trust = new Map<string, Trust>();

  constructor(api: AnomifyClient) {
    this.#api = api;
    this.#names = new MetricNames(api);
  }

  /** @throws AnomifyError when neither the service nor the list of metrics says */
  async ofChips(chips: readonly string[]): Promise<MatchedMetrics> {
    return await this.#answer({
      way: "chips",
      select: (index) => index.ofChips(chips),
      ask: async () => {
        const { data } = await this.#api.watchers.chips({ chips: [...chips], metrics_limit: SAMPLE });
        return { count: data.metrics_count, sample: data.metrics ?? [] };
      },
    });
  }

  /** @throws AnomifyError when neither the service nor the list of metrics says */
  async ofPattern(type: string, pattern: string): Promise<MatchedMetrics> {
    return await this.#answer({
      way: `exclusion ${type}`,
      select: (index) => index.ofPattern(pattern),
      ask: async () => {
        const { data } = await this.#api.exclusion.test({ type, pattern, metrics_limit: SAMPLE });
        return { count: data.metrics_count, sample: data.metrics ?? [] };
      },
    });
  }

  /** Chips that occur in the names of metrics; empty where those are not known. */
  async chips(): Promise<string[]> {
    return (await this.#names.index({ all: false }))?.chips() ?? [];
  }

  async #answer({ way, select, ask }: Question): Promise<MatchedMetrics> {
    const trust: Trust = this.#trust.get(way) ?? { agreed: false, refused: false, questions: 0, counted: [] };
    this.#trust.set(way, trust);
    const index = await this.#names.index({ all: trust.refused || trust.questions >= MAX_QUESTIONS });
    const own = index && select(index);
    const ours = own && { count: own.length, names: own, sample: own.slice(0, SAMPLE) };
    if (index) {
      trust.agreed ||= trust.counted.some((one) => one.count > 0 && one.select(index).length === one.count);
      trust.counted.length = 0;
    }
    if (ours && trust.agreed) return { ...ours, estimate: false };
    if (ours && (trust.refused || trust.questions >= MAX_QUESTIONS)) return { ...ours, estimate: true };
    trust.questions += 1;
    try {
      const answer = await ask();
      if (ours === undefined) trust.counted.push({ count: answer.count, select });
      if (answer.count !== ours?.count) return { ...answer, estimate: false };
      // That both find nothing says little about the rule.
      trust.agreed ||= answer.count > 0;
      return { ...ours, estimate: false };
    } catch (error) {
      if (!(error instanceof AnomifyError)) throw error;
      const isRefusal = error instanceof ApiError || error instanceof ResponseShapeError;
      if (ours === undefined && !isRefusal) throw error;
      trust.refused = true;
      if (ours === undefined) {
        const all = await this.#names.index({ all: true });
        if (all === undefined) throw error;
        const matched = select(all);
        return { count: matched.length, names: matched, sample: matched.slice(0, SAMPLE), estimate: true };
      }
      return { ...ours, estimate: true };
    }
  }
}
