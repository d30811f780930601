/** Equal objects, as far as this process makes them. */
export interface EqualCreates {
  readonly made: Set<number>;
  /** Whether the create of one may have worked, and it cannot be decided yet. */
  lost: boolean;
}

interface Queue {
  readonly creates: EqualCreates;
  last: Promise<void>;
}

/** Locks by key: creates of equal objects go one after the other, else nobody could say whose a new one is. */
export class CreateLocks {
  readonly #queues = new Map<string, Queue>();

  /** Runs work alone among all work of the same key, in the order of the calls. */
  async withLock<Result>(key: string, work: (equal: EqualCreates) => Promise<Result>): Promise<Result> {
    const queue = this.#queues.get(key) ?? {
      creates: { made: new Set<number>(), lost: false },
      last: Promise.resolve(),
    };
    this.#queues.set(key, queue);
    const turn = queue.last;
    const { promise, resolve } = Promise.withResolvers<void>();
    queue.last = promise;
    await turn;
    try {
      return await work(queue.creates);
    } finally {
      resolve();
    }
  }
}
