/** Decides when the attempts of one client are sent: one queue for all of them, so that they share what they learn. */
export interface RequestQueue {
  /**
   * Resolves when an attempt may be sent, with what is to be called when it is over; calls that began first go first. Rejects
   * with the signal's reason as soon as that fires.
   *
   * @param order number of the call, counted from the first one of the client
   */
  begin(order: number, signal: AbortSignal): Promise<EndTurn>;
  /** Milliseconds until the pause under way ends; 0 without one. */
  paused(): number;
}

/**
 * Ends the turn of an attempt; a second time it does nothing. `pause`: milliseconds for which the service must not be asked
 * anything, after a refusal for too many requests.
 */
export type EndTurn = (pause?: number) => void;

/** Limits of a queue. */
export interface QueueLimits {
  /** Most attempts under way at once. */
  readonly concurrency: number;
  /** Most attempts per second, spread evenly; `undefined` for no limit. */
  readonly requestsPerSecond: number | undefined;
}

interface Waiting {
  readonly order: number;
  readonly go: () => void;
}

/** Timers wake a little late, which must not lower the rate: so much may be caught up on. */
const SLACK_MILLISECONDS = 20;
/** The longest wait that a timer of the platform can make. */
const MAX_TIMER_MILLISECONDS = 2_147_483_647;

/**
 * Makes the queue of a client. A refusal for too many requests (429) stops all attempts for the time asked for; afterwards
 * they go one at a time, and one more at once after each that is not refused, up to the limit.
 *
 * Measured by the monotonic clock: a wall clock that is set back would stop everything for as long.
 */
export function createRequestQueue({ concurrency, requestsPerSecond }: QueueLimits): RequestQueue {
  const interval = requestsPerSecond === undefined ? 0 : 1000 / requestsPerSecond;
  const waiting: Waiting[] = [];
  let underWay = 0;
  let atOnce = concurrency;
  let nextAt = 0;
  let pausedUntil = 0;
  let timer: NodeJS.Timeout | undefined;

  const admit = (): void => {
    clearTimeout(timer);
    while (waiting.length > 0 && underWay < atOnce) {
      const now = performance.now();
      const wait = Math.max(nextAt, pausedUntil) - now;
      if (wait > 0) {
        timer = setTimeout(admit, Math.min(Math.ceil(wait), MAX_TIMER_MILLISECONDS));
        return;
      }
      nextAt = Math.max(nextAt, now - SLACK_MILLISECONDS) + interval;
      underWay += 1;
      waiting.shift()?.go();
    }
  };

  const end: EndTurn = (pause) => {
    underWay -= 1;
    const now = performance.now();
    if (pause !== undefined) {
      atOnce = 1;
      pausedUntil = Math.max(pausedUntil, now + pause);
    } else if (now >= pausedUntil) {
      atOnce = Math.min(concurrency, atOnce + 1);
    }
    admit();
  };

  return {
    begin: (order, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const leave = () => {
          waiting.splice(waiting.indexOf(entry), 1);
          admit();
          reject(signal.reason);
        };
        const go = () => {
          signal.removeEventListener("abort", leave);
          resolve(once(end));
        };
        const entry = { order, go };
        signal.addEventListener("abort", leave, { once: true });
        const place = waiting.findLastIndex((other) => other.order <= order) + 1;
        waiting.splice(place, 0, entry);
        admit();
      }),
    paused: () => Math.max(0, pausedUntil - performance.now()),
  };
}

function once(end: EndTurn): EndTurn {
  let isOver = false;
  return (pause) => {
    if (!isOver) end(pause);
    isOver = true;
  };
}
