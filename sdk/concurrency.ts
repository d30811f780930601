import pLimit from "p-limit";

/** Runs a task when its turn comes; rejects with the signal's reason as soon as that fires, also while the task waits. */
export type Slots = <T>(signal: AbortSignal, task: () => Promise<T>) => Promise<T>;

/** Makes the queue of a client: at most `concurrency` tasks at once, in order. */
export function createSlots(concurrency: number): Slots {
  const limit = pLimit(concurrency);
  return async (signal, task) => {
    signal.throwIfAborted();
    const ended = Promise.withResolvers<never>();
    const onAbort = () => ended.reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      // A task whose caller has gone keeps its place in the queue and then does nothing.
      const turn = limit(async () => {
        signal.throwIfAborted();
        return await task();
      });
      return await Promise.race([turn, ended.promise]);
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  };
}
