/** Metrics that a threshold watcher can have: with more its rule watches nothing (assumed). */
export const MAX_THRESHOLD_METRICS = 200;
