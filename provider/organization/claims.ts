import { NO_RUN_CLAIMS, type RunClaims } from "./run-claims.ts";

/** Which objects of the organization belong to resources of this run. An object is named by kind and id: `watcher:501`. */
export class Claims {
  readonly #claimed = new Set<string>();
  readonly #adopted = new Set<string>();
  /** Times of the writes of this run to objects that its resources took from others. */
  readonly #held = new Map<string, Set<number>>();
  readonly #run: RunClaims;
  /** Names the organization beside the object: the processes of a run may be of several. */
  readonly #scope: () => Promise<string>;

  constructor(scope: () => Promise<string> = async () => "", run: RunClaims = NO_RUN_CLAIMS) {
    this.#scope = scope;
    this.#run = run;
  }

  /**
   * Takes what existed before for a resource of this run, so that no other resource's delete undoes it: the old half of a
   * rename, of a move into a component, of a replacement, or of a change of provider.
   *
   * @throws Error when another resource of this process has it
   */
  async holding<Result extends { readonly outputs: { readonly lastWrite: number } }>(
    object: string,
    what: string,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const result = await this.claiming(object, what, work);
    await this.#run.add(`${await this.#scope()} ${object}`, result.outputs.lastWrite);
    this.#held.set(object, new Set([result.outputs.lastWrite]));
    return result;
  }

  /** A resource that holds an object has written to it again. */
  wrote(object: string, lastWrite: number): void {
    this.#held.get(object)?.add(lastWrite);
  }

  /**
   * Whether a resource of this run, in whichever process, has taken the object from the one that recorded it.
   *
   * @param lastWrite as recorded; what this run has written itself is the holder's own record
   */
  async isHeldByAnother(object: string, lastWrite: number): Promise<boolean> {
    const here = this.#held.get(object);
    if (here !== undefined) return !here.has(lastWrite);
    const elsewhere = await this.#run.writesOf(`${await this.#scope()} ${object}`);
    return elsewhere.length > 0 && !elsewhere.includes(lastWrite);
  }

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
