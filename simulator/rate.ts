import type { FaultAction } from "./faults.ts";

/** How many requests the service takes: a bucket that holds `burst` of them and gets `perSecond` new ones. */
export interface RateLimit {
  perSecond: number;
  burst: number;
  /**
   * Whether a request beyond it is refused with 429, or only counted.
   * @default true
   */
  refuses?: boolean;
  /** Of the refusals. */
  retryAfter?: number | string;
}

/** What became of the limit since it was set. */
export interface RateReport {
  readonly requests: number;
  readonly refused: number;
  /** By how many requests the bucket was overdrawn at the worst time, had all been taken; 0 when the limit was kept. */
  readonly overdraft: number;
}

/** The limit on requests, measured by real time whatever the clock of the service says. */
export interface Rate {
  /** Sets the limit, with a full bucket; null for none. */
  limit(limit: RateLimit | null): void;
  report(): RateReport;
}

/** The limit of one simulator. */
export class RateMeter implements Rate {
  #limit: RateLimit | null = null;
  #last = 0;
  /** What is left for those that are taken. */
  #left = 0;
  /** What would be left had all been taken. */
  #balance = 0;
  #report = { requests: 0, refused: 0, overdraft: 0 };

  limit(limit: RateLimit | null): void {
    this.#limit = limit;
    this.#last = performance.now();
    this.#left = this.#balance = limit?.burst ?? 0;
    this.#report = { requests: 0, refused: 0, overdraft: 0 };
  }

  report(): RateReport {
    return { ...this.#report };
  }

  /** What the limit does to a request that has just come in. */
  take(): FaultAction | null {
    if (this.#limit === null) return null;
    const { perSecond, burst, refuses = true, retryAfter } = this.#limit;
    const now = performance.now();
    const earned = ((now - this.#last) / 1000) * perSecond;
    this.#last = now;
    this.#report.requests += 1;
    this.#balance = Math.min(burst, this.#balance + earned) - 1;
    this.#report.overdraft = Math.max(this.#report.overdraft, -this.#balance);
    this.#left = Math.min(burst, this.#left + earned);
    if (!refuses || this.#left >= 1) {
      this.#left -= 1;
      return null;
    }
    this.#report.refused += 1;
    return { kind: "rate-limit", ...(retryAfter === undefined ? {} : { retryAfter }) };
  }
}
