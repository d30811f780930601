/**
 * The service's clock, as far as its replies show it. Counted on from the last reply by this machine's monotonic clock, so
 * that neither clock needs to be right.
 */
export class ServiceClock {
  #last: { readonly service: number; readonly askedAt: number } | undefined;

  /**
   * Takes the time of a reply.
   *
   * @param service unix seconds, service clock
   * @param askedAt when the request was made, on the clock of `performance.now()`
   */
  observe(service: number, askedAt: number): void {
    this.#last = { service, askedAt };
  }

  /** The latest that the service's clock can show now, in unix seconds. */
  now(): number {
    if (this.#last === undefined) return Math.floor(Date.now() / 1000) + 1;
    return this.#last.service + 1 + (performance.now() - this.#last.askedAt) / 1000;
  }

  /** Whether our last write is so recent that a list of age 0 may be from before it: ages are whole seconds. */
  wroteJustNow(lastWrite: unknown): boolean {
    return typeof lastWrite === "number" && this.#last !== undefined && this.#last.service - lastWrite <= 1;
  }
}
