import { ApiError } from "../../sdk/index.ts";
import type { ListCache } from "./list-cache.ts";
import type { Reporter } from "./reporter.ts";

interface Identity {
  readonly id: number;
  readonly name: string;
}

/** As it stands in a state: the name for people, the id for us, such as `Acme Ltd (1)`. */
const RECORDED = /^(?<name>.*) \((?<id>\d+)\)$/s;

/**
 * Which organization the credential belongs to, held against the organizations that the state names. A state of one
 * organization with the credential of another would change the wrong objects, or drop the right ones as gone.
 */
export class OrganizationIdentity {
  readonly #lists: ListCache;
  readonly #reporter: Reporter;
  /** Names of the organizations that recorded resources belong to, by id. */
  readonly #recorded = new Map<number, string>();
  #own: Promise<Identity | undefined> | undefined;

  constructor(lists: ListCache, reporter: Reporter) {
    this.#lists = lists;
    this.#reporter = reporter;
  }

  /** Takes the organization that a state names for one of its resources; anything else says nothing. */
  observe(recorded: unknown): void {
    const found = typeof recorded === "string" ? RECORDED.exec(recorded)?.groups : undefined;
    if (found) this.#recorded.set(Number(found.id), found.name ?? "");
  }

  /**
   * To be called before anything is written, and before an object counts as gone. One request per process, and none while
   * no resource names its organization.
   *
   * @throws Error when the credential belongs to another organization than a resource seen so far
   * @throws AnomifyError when Anomify cannot be reached
   */
  async verify(): Promise<void> {
    if (this.#recorded.size === 0) return;
    const own = await this.#read();
    if (own === undefined) {
      this.#reporter.warn(
        "Anomify did not say which organization the credential belongs to, so it is not compared with the organization of the state.",
      );
      return;
    }
    for (const [id, name] of this.#recorded) {
      if (id === own.id) continue;
      throw new Error(
        `belongs to the organization "${name}" (id ${id}), but the credential belongs to "${own.name}" (id ${own.id}). Nothing was changed. Check anomify:token, ANOMIFY_TOKEN and anomify:endpoint of this stack`,
      );
    }
  }

  /** What to record of a resource; undefined when Anomify does not say which organization this is. */
  async describe(): Promise<string | undefined> {
    const own = await this.#read().catch(() => undefined);
    return own === undefined ? undefined : `${own.name} (${own.id})`;
  }

  /** The organization of the credential; undefined when the service does not answer that to this credential. */
  #read(): Promise<Identity | undefined> {
    this.#own ??= this.#lists.info().then(
      ({ items: [info] }) => info && { id: info.id, name: info.name },
      (error: unknown) => {
        if (error instanceof ApiError && error.httpStatus < 500) return undefined;
        this.#own = undefined;
        throw error;
      },
    );
    return this.#own;
  }
}
