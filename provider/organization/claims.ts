/** Which objects of the organization belong to resources of this run. An object is named by kind and id: `watcher:501`. */
export class Claims {
  readonly #claimed = new Set<string>();
  readonly #adopted = new Set<string>();

  /** Marks an object as belonging to a resource of this program; false when another one has it already. */
  claim(object: string): boolean {
    if (this.#claimed.has(object)) return false;
    this.#claimed.add(object);
    return true;
  }

  release(object: string): void {
    this.#claimed.delete(object);
  }

  isClaimed(object: string): boolean {
    return this.#claimed.has(object);
  }

  /**
   * Works on an object that only one resource may have, which a failure gives back.
   *
   * @throws Error when another resource of this program has it
   */
  async claiming<Result>(object: string, what: string, work: () => Promise<Result>): Promise<Result> {
    if (!this.claim(object)) {
      throw new Error(`another resource of this program has ${what} already. Keep one of the two`);
    }
    try {
      return await work();
    } catch (error) {
      this.release(object);
      throw error;
    }
  }

  /** As `claiming`, for an object that existed before: deleting its former owner must then not delete the object. */
  async adopting<Result>(object: string, what: string, work: () => Promise<Result>): Promise<Result> {
    const result = await this.claiming(object, what, work);
    this.#adopted.add(object);
    return result;
  }

  /** Whether a delete is that of the former owner of an object that was adopted in this run: true once per adoption. */
  consumeAdoption(object: string): boolean {
    return this.#adopted.delete(object);
  }
}
