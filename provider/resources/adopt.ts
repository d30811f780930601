import { z } from "zod";
import { AnomifyError } from "../../sdk/index.ts";
import type { Snapshot } from "../organization/live.ts";
import type { Organization } from "../organization/organization.ts";
import type { Failure } from "../runtime/messages.ts";
import { messageOf } from "../runtime/messages.ts";
import { documented } from "./fields.ts";
import { offlineTolerant } from "./people.ts";

/** An object that exists already, taken over by a resource instead of being made: for teams that cannot run `pulumi import`. */

/** Id of the object, `true` for the one of the same name, null for none. */
export type Adopt = string | true | null;

const WRONG = 'must be the id of the object, such as "501", or true for the one of the same name';

/** The input `adopt` of a kind. `by` says what makes an object the same, such as `name`. */
export function adoptInput(by: string) {
  return documented(
    z
      .union([z.boolean(), z.int().positive(), z.string(WRONG).trim().regex(/^\d+$/, WRONG)], WRONG)
      .transform((given): Adopt => (given === false ? null : given === true ? true : String(given)))
      .optional(),
    {
      description: `Takes over what exists in Anomify instead of making it: its id, or true for the one with the same ${by}, where none means that it is made. Refused when several fit. Acts on create alone; a test alert is never sent, and the id stays. A later destroy deletes it; the option \`retainOnDelete\` prevents that.`,
      writtenAs: "string | boolean",
      outputAs: "string | true",
    },
  );
}

/** How a kind finds what it may take over. */
export interface Adoption<Item extends { id: number }> {
  readonly adopt: Adopt | undefined;
  /** What the object is called, such as `watcher`; also the prefix of its claim. */
  readonly what: string;
  readonly list: () => Promise<Snapshot<Item>>;
  /** The list as it was before this process made anything. */
  readonly baseline: () => Promise<Snapshot<unknown>>;
  /** Whether the inputs say which name that is: a mistake, or a value that is not known yet, leaves it open. */
  readonly isNamed: boolean;
  /** Whether it has the same name, or whatever tells objects of the kind apart for people. */
  readonly same: (item: Item) => boolean;
  /** Why it cannot be taken over though it is meant; undefined when it can. */
  readonly obstacle: (item: Item) => string | undefined;
}

/**
 * The one object that is meant; undefined when `adopt` is not set, or by name and there is none.
 *
 * @throws Error when the id does not exist, several fit, or the object cannot be taken over
 */
export async function findAdopted<Item extends { id: number }>(
  org: Organization,
  { adopt, what, list, same, obstacle }: Adoption<Item>,
): Promise<Item | undefined> {
  if (adopt === null || adopt === undefined) return undefined;
  const snapshot = await list();
  const { items } = snapshot;
  const meant = items.filter((item) =>
    adopt === true ? same(item) && obstacle(item) === undefined : String(item.id) === adopt,
  );
  const [found] = meant;
  if (found === undefined) {
    org.assertAbsent(snapshot);
    if (adopt === true) return undefined;
    throw new Error(`there is no ${what} ${adopt} in this organization. Look up the id in Anomify, or leave adopt out`);
  }
  if (meant.length > 1) {
    const ids = meant.map(({ id }) => `"${id}"`).join(", ");
    throw new Error(`${meant.length} objects fit, with the ids ${ids}. Set adopt to the id of the right one`);
  }
  const reason = obstacle(found);
  if (reason !== undefined) throw new Error(reason);
  if (org.claims.isClaimed(`${what}:${found.id}`)) {
    throw new Error(`another resource of this program has ${what} ${found.id} already. Keep one of the two`);
  }
  return found;
}

/** The same in a preview: mistakes as failures, and what the adoption will do as a warning, since an engine shows a create. */
export async function checkAdoption<Item extends { id: number }>(
  org: Organization,
  adoption: Adoption<Item>,
  label: string,
  changes: (item: Item) => Promise<string[]>,
): Promise<Failure[]> {
  // Not asked of a resource that exists: what acts on create alone is left out then.
  if (adoption.adopt === undefined) return [];
  if (adoption.adopt === null) {
    if (adoption.isNamed) await warnOfNamesake(org, adoption, label);
    return [];
  }
  return await offlineTolerant(org, adoption.what, async () => {
    try {
      const found = await findAdopted(org, adoption);
      org.reporter.warn(
        `${label}: ${found === undefined ? nothing(adoption.what) : will(adoption.what, found.id, await changes(found))}`,
      );
      return [];
    } catch (error) {
      if (error instanceof Error && error.name === "Error") return [{ property: "adopt", reason: messageOf(error) }];
      throw error;
    }
  });
}

/**
 * Warns of an object that is live under the same name, which a create would double. The state may have it under another
 * resource, whose turn comes later or which is about to go: nothing says so to a check, so it is never refused.
 */
async function warnOfNamesake<Item extends { id: number }>(
  org: Organization,
  { what, baseline, same, obstacle }: Adoption<Item>,
  label: string,
): Promise<void> {
  const found = await (baseline() as Promise<Snapshot<Item>>).catch((error: unknown) => {
    // The create will say so; a notice is no reason to.
    if (error instanceof AnomifyError) return undefined;
    throw error;
  });
  const others = found?.items.filter(
    (item) => same(item) && obstacle(item) === undefined && !org.claims.isClaimed(`${what}:${item.id}`),
  );
  const [first, ...more] = others ?? [];
  if (first === undefined) return;
  const ids = [first, ...more].map(({ id }) => id).join(", ");
  const advice = more.length === 0 ? `set adopt: "${first.id}"` : "set adopt to the id of the right one";
  org.reporter.warn(
    `${label}: Anomify has such ${articled(what)} already (id ${ids}), and another one would be made. If it is to become this resource, ${advice}; if it is this stack's own, renamed or moved in the program, give the resource the option aliases.`,
  );
}

const articled = (what: string): string => (/^[aeiou]/.test(what) ? `an ${what}` : `a ${what}`);

const nothing = (what: string) => `there is no ${what} to adopt, so one is made.`;
const will = (what: string, id: number, changes: readonly string[]) =>
  `adopts ${what} ${id}${changes.length === 0 ? " as it is" : ` and changes its ${changes.join(", ")}`}.`;
