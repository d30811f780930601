/**
 * What makes the resources: this package in Pulumi's dynamic provider host, and as a native plugin; a provider as Pulumi's
 * documentation teaches it; and one that does nothing, in the dynamic host.
 */
export const peers = ["ours", "native", "floor", "naive"] as const;
export type Peer = (typeof peers)[number];

/** The real Pulumi CLI with a file backend, or the embedded engine of `pulumi-anomify/testing`. */
export const engines = ["cli", "embedded"] as const;
export type EngineName = (typeof engines)[number];

/** In the order in which they run; `change` is an `up` after one of the resources was changed in the program. */
export const operations = ["up", "preview", "refresh", "change", "destroy"] as const;
export type Operation = (typeof operations)[number];

/** One operation, measured. */
export interface Measured {
  readonly milliseconds: number;
  /** Number of requests by method and path; ids read `{id}`. */
  readonly requests: Readonly<Record<string, number>>;
  /** Largest resident set of the provider process; null where /proc does not say. */
  readonly providerPeakBytes: number | null;
  /** Processor time of all processes of the operation; null where /proc does not say. Other work of the machine is not in it. */
  readonly cpuMilliseconds: number | null;
  /** Load average of the last minute, before it began. */
  readonly load: number;
}

/** A stack from `up` to `destroy`. */
export interface Row {
  readonly engine: EngineName;
  /** Name of a row of `settings.ts`. */
  readonly setting: string;
  readonly size: number;
  readonly peer: Peer;
  readonly run: number;
  readonly takenAt: string;
  readonly operations: Partial<Record<Operation, Measured>>;
  /** One resource in the state, as compact JSON: the mean. */
  readonly stateBytes: number;
  /** The part of it that is inputs and outputs, without the provider's text. */
  readonly ownBytes: number;
}

/** Wall times in milliseconds of something that is started again and again, in turn with what it is compared with. */
export interface Starts {
  readonly takenAt: string;
  readonly load: number;
  /** Provider process, from its start to its first answer. */
  readonly provider: Readonly<Record<"ours" | "floor", readonly number[]>>;
  /** `anomify --help`, and `node -e 0`. */
  readonly command: Readonly<Record<"help" | "node", readonly number[]>>;
}

/** bench/results/latest.json */
export interface Results {
  readonly format: 1;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryBytes: number };
  readonly versions: Readonly<Record<"node" | "pulumi" | "sdk" | "pulumi-anomify", string>>;
  /** Milliseconds that the simulated service adds to each reply. */
  readonly latency: number;
  readonly starts: Starts | null;
  readonly rows: readonly Row[];
}
