import type { ComparedMessages, Span } from "../../routing/index.ts";
import type { NotReplayed } from "./after.ts";

/** What one watcher would have done. */
export interface Counts {
  /** Alerts that would have gone out. */
  readonly alerts: number;
  /** Anomalies that an earlier alert for the same metric held back. */
  readonly heldBack: number;
}

export interface ReplayedWatcher {
  /** What the watcher is called, such as `Watcher "CPU"`. */
  readonly watcher: string;
  /** Id in Anomify; null while there is none. */
  readonly id: string | null;
  /** Null where there is no such watcher. */
  readonly before: Counts | null;
  readonly after: Counts | null;
}

/** All that a replay shows, in the shape of `--json`. A change of a key's meaning raises `version`. */
export interface ReplayReport {
  readonly format: "anomify-replay";
  readonly version: 1;
  readonly organization: { readonly id: number; readonly name: string };
  /** What "after" is: a state, a preview, or nothing but the organization as it is. Then both sides are the same. */
  readonly change: "state" | "preview" | null;
  /** What the anomalies cover. Unix seconds. */
  readonly span: Span;
  readonly anomalies: number;
  readonly alerts: { readonly before: number; readonly after: number };
  readonly watchers: readonly ReplayedWatcher[];
  /** Messages by recipient and way. */
  readonly recipients: readonly ComparedMessages[];
  /** Watchers that are not in the numbers, or on one side only as they are. */
  readonly notReplayed: readonly NotReplayed[];
  /** What may be missing from this replay. */
  readonly notes: readonly string[];
  /** What no replay can know. */
  readonly limits: readonly string[];
  readonly exitCode: number;
}
