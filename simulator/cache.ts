/** Cached reads: whether fetches are answered from snapshots that writes do not renew. */
export interface CacheMode {
  /**
   * From now on a fetch is answered with its first answer until that is older than this; 0 switches it off.
   * With an operation: for that one only, whatever holds for the others. Snapshots taken so far are dropped.
   */
  set(maxAgeSeconds: number, operation?: string): void;
  off(): void;
}

interface Snapshot {
  readonly taken: number;
  readonly data: object;
}

/** `data` and how old it is. */
export interface CachedData {
  data: object;
  age: number;
}

/** The cache of one simulator. */
export class ReadCache implements CacheMode {
  readonly #operations: ReadonlySet<string>;
  readonly #maxAges = new Map<string, number>();
  readonly #snapshots = new Map<string, Snapshot>();

  constructor(operations: Iterable<string>) {
    this.#operations = new Set(operations);
  }

  set(maxAgeSeconds: number, operation = "*"): void {
    if (operation !== "*" && !this.#operations.has(operation))
      throw new Error(`"${operation}" is no operation that is cached.`);
    this.#snapshots.clear();
    this.#maxAges.set(operation, maxAgeSeconds);
  }

  off(): void {
    this.#snapshots.clear();
    this.#maxAges.clear();
  }

  /** The answer as it was at most max-age seconds ago, or a fresh one. */
  read(operation: string, key: string, now: number, fresh: () => object): CachedData {
    const maxAge = this.#maxAges.get(operation) ?? this.#maxAges.get("*") ?? 0;
    if (maxAge <= 0) return { data: fresh(), age: 0 };
    const id = `${operation} ${key}`;
    const snapshot = this.#snapshots.get(id);
    if (snapshot && now - snapshot.taken <= maxAge) {
      return { data: structuredClone(snapshot.data), age: Math.max(0, Math.floor(now - snapshot.taken)) };
    }
    const data = fresh();
    this.#snapshots.set(id, { taken: now, data: structuredClone(data) });
    return { data, age: 0 };
  }
}
