import { roleOf } from "../../provider/catalog.ts";
import type { StateResource } from "../../provider/stack/read-state.ts";
import type { JudgedInventory, JudgedObject } from "../export/judge.ts";
import { inReadingOrder } from "../export/kinds.ts";
import type { PlannedResource } from "../export/model.ts";
import { named } from "../export/resources.ts";

/** A live object that no resource of the stack manages. */
export interface Candidate extends PlannedResource {
  /** `asIs`: free of changes after the import; `changes`: the first update changes it; `cannot`: it has to be changed first. */
  readonly fits: "asIs" | "changes" | "cannot";
  /** What there is to know about it, in words. */
  readonly why: readonly string[];
}

export interface Candidates {
  /** Per kind, in reading order. */
  readonly counts: ReadonlyArray<{ readonly kind: string; readonly live: number; readonly managed: number }>;
  readonly managed: readonly StateResource[];
  readonly candidates: readonly Candidate[];
  /** URNs of those providers of the stack whose resources are of another organization. */
  readonly elsewhere: readonly string[];
}

/** Compares what is live with what the stack manages. @param configKeys config keys that the project uses already */
export function candidatesOf(
  inventory: JudgedInventory,
  state: readonly StateResource[],
  configKeys: ReadonlySet<string>,
): Candidates {
  const elsewhere = providersElsewhere(inventory, state);
  const here = state.filter(({ providerUrn }) => !elsewhere.includes(providerUrn));
  const ids = new Set(here.map(keyOf));
  const unmanaged = inventory.objects.filter((object) => !ids.has(keyOf(object)));
  const logical = new Map<string, Set<string>>();
  for (const { kind, name } of state) logical.set(kind, (logical.get(kind) ?? new Set()).add(name));
  const kinds = inReadingOrder(inventory.objects.map(({ kind }) => kind));
  return {
    counts: kinds.map((kind) => {
      const live = inventory.objects.filter((object) => object.kind === kind);
      return { kind, live: live.length, managed: live.filter((object) => ids.has(keyOf(object))).length };
    }),
    managed: here.filter((one) => inventory.objects.some((object) => keyOf(object) === keyOf(one))),
    candidates: named(unmanaged, true, undefined, { logical, config: configKeys }).map((resource) => ({
      ...resource,
      fits: fitOf(resource),
      why: resource.findings.map(({ text }) => text),
    })),
    elsewhere,
  };
}

/** `<kind>:<id>`, as people select an object. */
export const keyOf = ({ kind, id }: { readonly kind: string; readonly id: string }) => `${kind}:${id}`;

/** What comes of an import of the object. */
export function fitOf({ findings }: JudgedObject): Candidate["fits"] {
  const severities = new Set(findings.map(({ severity }) => severity));
  if (severities.has("refused") || severities.has("unchecked") || severities.has("left-out")) return "cannot";
  return severities.has("changed") ? "changes" : "asIs";
}

/**
 * Ids of admin alerts are the same in every organization, so a provider counts by the ids that are not: it is that of another
 * organization when none of its objects is live here.
 */
function providersElsewhere({ objects }: JudgedInventory, state: readonly StateResource[]): string[] {
  const live = new Set(objects.map(keyOf));
  return [...new Set(state.map(({ providerUrn }) => providerUrn))].filter((providerUrn) => {
    const own = state.filter((one) => one.providerUrn === providerUrn && roleOf(one.kind) !== "admin-alert");
    return own.length > 0 && !own.some((one) => live.has(keyOf(one)));
  });
}
