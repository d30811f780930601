import type { Member } from "../../domain/people/person.ts";
import type { Values } from "../../provider/runtime/definition.ts";
import { definitionOf, isAdopted, isWatcher, roleOf, titleOf } from "../compare/kinds.ts";
import { applyMapping, NO_MAPPING } from "../compare/mapping.ts";
import { type Change, type ComparedObject, compareObjects } from "../compare/objects.ts";
import type { Snapshot, SnapshotObject } from "./format.ts";
import type { LiveOrganization } from "./live.ts";
import { type Reach, reachable } from "./recipients.ts";

/** One write on the way back. */
export interface Step {
  readonly action: "update" | "undelete" | "create" | "delete";
  readonly kind: string;
  /** Id in the organization; of what is created the id that it had. */
  readonly id: string;
  readonly title: string;
  /** From the live value to that of the snapshot. */
  readonly changes: readonly Change[];
  /** All inputs as they shall be. Holds secrets. */
  readonly wanted: Values;
}

/** Something that a restore does not bring back, or leaves as it is. */
export interface Remark {
  readonly kind: string;
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface RestorePlan {
  /** In the order in which they are made. */
  readonly steps: readonly Step[];
  /** What will differ from the snapshot for good. */
  readonly remaining: readonly Remark[];
  /** New since the snapshot, and kept. */
  readonly kept: readonly Remark[];
  /** Made again earlier: the same object under another id. */
  readonly newIds: ReadonlyArray<{ readonly kind: string; readonly from: string; readonly to: string }>;
}

/** People first: recipients of what follows need their phone numbers back. What is deleted goes last, so that nothing lapses. */
const orderOf = (kind: string): number => definitionOf(kind).restoreOrder;

/** The way from an organization as it is to a snapshot of it. Decided from these two alone, so that a second run continues. */
export function planRestore(snapshot: Snapshot, live: LiveOrganization, { prune = false } = {}): RestorePlan {
  const planner = new Planner(snapshot, live);
  const objects = [...snapshot.objects].sort((a, b) => orderOf(a.kind) - orderOf(b.kind));
  // Whatever still has its id keeps it; only then may another object stand for one that lost its own.
  const lost = objects.filter((object) => !planner.bringBack(object));
  for (const object of lost) planner.remake(object);
  planner.judgeNew(prune);
  const { steps, deletions, remaining, kept, newIds } = planner;
  return { steps: [...steps.sort((a, b) => orderOf(a.kind) - orderOf(b.kind)), ...deletions], remaining, kept, newIds };
}

class Planner {
  readonly steps: Step[] = [];
  readonly deletions: Step[] = [];
  readonly remaining: Remark[] = [];
  readonly kept: Remark[] = [];
  readonly newIds: Array<{ kind: string; from: string; to: string }> = [];
  readonly #live: LiveOrganization;
  readonly #reach: Reach;
  readonly #renamed: Record<string, string>;
  readonly #settled = new Set<ComparedObject>();
  readonly #replaced = new Set<ComparedObject>();

  constructor(snapshot: Snapshot, live: LiveOrganization) {
    this.#live = live;
    const before = snapshot.objects.filter((object) => roleOf(object.kind) === "person");
    const then = (id: number) =>
      before.find((object) => object.id === String(id))?.inputs as Partial<Member> | undefined;
    // Who has another address now is still the same person.
    this.#renamed = Object.fromEntries(
      live.people.flatMap(({ id, email }) => {
        const old = then(id)?.email;
        return old === undefined || old === email ? [] : [[old, email]];
      }),
    );
    const people = live.people.map((person) => {
      const { phoneNumber = person.phoneNumber, slackMemberId = person.slackMemberId } = then(person.id) ?? person;
      return { ...person, phoneNumber, slackMemberId };
    });
    this.#reach = { people, channels: live.channels };
  }

  /** Handles an object that the organization still has under its id; false when it has not. */
  bringBack(object: SnapshotObject): boolean {
    const same = ({ kind, id }: ComparedObject) => kind === object.kind && id === object.id;
    const found = this.#live.objects.find(same);
    if (found !== undefined) {
      if (roleOf(object.kind) === "exclusion" && compareObjects(found, object).changes.length > 0) {
        this.#replaced.add(found);
        return false;
      }
      this.#settled.add(found);
      this.#change("update", object, found);
      return true;
    }
    const deleted = this.#live.deleted.find(same);
    if (deleted !== undefined) this.#change("undelete", object, deleted);
    return deleted !== undefined;
  }

  /** Handles an object whose id is gone for good. */
  remake(object: SnapshotObject): void {
    if (isAdopted(object.kind)) {
      const text =
        roleOf(object.kind) === "person" ? "has left, and the API cannot add people: invite them" : "no longer exists";
      this.remaining.push({ ...naming(object), text });
      return;
    }
    const { wanted, leftOut } = this.#wanted(object, undefined);
    const twin = this.#live.objects.find(
      (candidate) =>
        candidate.kind === object.kind &&
        !this.#settled.has(candidate) &&
        !this.#replaced.has(candidate) &&
        compareObjects({ ...object, inputs: wanted }, candidate).changes.length === 0,
    );
    if (twin !== undefined) {
      this.#settled.add(twin);
      this.newIds.push({ kind: object.kind, from: object.id, to: twin.id });
    } else {
      this.steps.push({ action: "create", ...naming(object), changes: [], wanted });
    }
    for (const text of leftOut) this.remaining.push({ ...naming(object), text });
    if (object.withheld.length > 0 && (twin?.inputs.msTeamsWebhook ?? null) === null) {
      this.remaining.push({ ...naming(object), text: "its webhook URL is not in the snapshot: set it again" });
    }
  }

  /** Handles what the snapshot does not have. */
  judgeNew(prune: boolean): void {
    for (const live of this.#live.objects) {
      if (this.#settled.has(live)) continue;
      const replaced = this.#replaced.has(live);
      const removable = !isAdopted(live.kind);
      if (replaced || (prune && removable)) {
        this.deletions.push({ action: "delete", ...naming(live), changes: [], wanted: live.inputs });
      } else {
        const text = removable ? "new since the snapshot: kept without --prune" : "new since the snapshot: kept always";
        this.kept.push({ ...naming(live), text });
      }
    }
  }

  #change(action: "update" | "undelete", object: SnapshotObject, live: ComparedObject): void {
    const { wanted, leftOut } = this.#wanted(object, live);
    for (const text of leftOut) this.remaining.push({ ...naming(object), text });
    const { changes } = compareObjects(live, { ...object, inputs: wanted });
    if (changes.length > 0 || action === "undelete") {
      this.steps.push({ action, ...naming(object), changes, wanted });
    }
    if (object.withheld.length > 0 && (live.inputs.msTeamsWebhook ?? null) === null) {
      this.remaining.push({ ...naming(object), text: "its webhook URL is not in the snapshot: set it again" });
    }
  }

  /** Inputs of the snapshot as far as they can be had now; what it does not have stays as it is. */
  #wanted(object: SnapshotObject, live: ComparedObject | undefined): { wanted: Values; leftOut: string[] } {
    const given: Values = applyMapping(object.inputs, { ...NO_MAPPING, people: this.#renamed });
    for (const key of object.withheld) given[key] = live?.inputs[key] ?? null;
    if (roleOf(object.kind) === "person") return this.#wantedUser(object, given, live);
    const isSame = live !== undefined && compareObjects(live, { ...object, inputs: given }).changes.length === 0;
    if (isSame || !(isWatcher(object.kind) || roleOf(object.kind) === "admin-alert"))
      return { wanted: given, leftOut: [] };
    const { inputs, leftOut } = reachable(object.kind, given, this.#reach);
    return { wanted: inputs, leftOut };
  }

  #wantedUser(object: SnapshotObject, given: Values, live: ComparedObject | undefined) {
    const moved = object.inputs !== undefined && "email" in object.inputs && given.email !== object.inputs.email;
    const leftOut = moved ? ["has another e-mail address now, which the API cannot change"] : [];
    // A service that does not say whether e-mails go out cannot be compared.
    return { wanted: { ...given, emailAlerts: given.emailAlerts ?? live?.inputs.emailAlerts ?? null }, leftOut };
  }
}

function naming({ kind, id, inputs }: ComparedObject) {
  return { kind, id, title: titleOf(kind, inputs) };
}
