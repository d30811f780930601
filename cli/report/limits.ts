/** How much of a report its page shows at most, so that it stays small; `anomify report --json` has all. */
export const LIMITS = {
  problems: 200,
  watchers: 500,
  recipients: 200,
  overlaps: 50,
  exclusions: 200,
  /** Members whom nothing notifies. */
  members: 50,
  /** Chips and recipients of one watcher. */
  ofWatcher: 8,
  tree: { nodes: 3000, children: 100, depth: 12 },
} as const;
