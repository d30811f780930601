import type { z } from "zod";
import type { Organization } from "../../provider/organization/organization.ts";
import { createObject } from "../../provider/runtime/create/create-object.ts";
import type { Definition, Values } from "../../provider/runtime/definition.ts";
import { messageOf } from "../../provider/runtime/messages.ts";
import { AnomifyError } from "../../sdk/index.ts";
import { definitionOf, isAdopted } from "../compare/kinds.ts";
import type { RestorePlan, Step } from "./plan.ts";

export interface Applied {
  readonly done: Step[];
  readonly failed: Array<{ readonly step: Step; readonly message: string }>;
  readonly newIds: Array<{ readonly kind: string; readonly from: string; readonly to: string }>;
  /** Steps that were not tried, because what stopped one would have stopped them all. */
  readonly untried: number;
}

/** Failures of the way to the service: the next step would meet the same. */
const FATAL = ["NetworkError", "TimeoutError", "AuthenticationError", "RateLimitError", "ServerError"];

/**
 * Makes the steps one after the other. A refused step does not keep the others from being made. When `signal` ends it, the step
 * under way is the first of the untried ones, and may have been made.
 */
export async function applyPlan(
  plan: RestorePlan,
  org: Organization,
  signal: AbortSignal,
  onStep: (step: Step, index: number) => void = () => undefined,
): Promise<Applied> {
  const applied: Applied = { done: [], failed: [], newIds: [...plan.newIds], untried: 0 };
  const interrupted = interruption(signal);
  for (const [index, step] of plan.steps.entries()) {
    if (signal.aborted) return { ...applied, untried: plan.steps.length - index };
    onStep(step, index);
    try {
      const id = await Promise.race([apply(step, org), interrupted]);
      applied.done.push(step);
      if (id !== step.id) applied.newIds.push({ kind: step.kind, from: step.id, to: id });
    } catch (error) {
      if (signal.aborted) return { ...applied, untried: plan.steps.length - index };
      applied.failed.push({ step, message: messageOf(error) });
      if (error instanceof AnomifyError && FATAL.includes(error.name)) {
        return { ...applied, untried: plan.steps.length - index - 1 };
      }
    }
  }
  return applied;
}

/** Fails when `signal` does: what is looked for after a lost reply would go on for half a minute. */
function interruption(signal: AbortSignal): Promise<never> {
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  // Between two steps nobody waits for it.
  interrupted.catch(() => undefined);
  return interrupted;
}

/** Makes one step; resolves to the id that the object has then. */
async function apply({ action, kind, id, changes, ...step }: Step, org: Organization): Promise<string> {
  const definition = definitionOf(kind);
  const wanted = { ...step.wanted, ...quiet(definition) };
  switch (action) {
    case "create":
      return (await createObject(definition, org, wanted)).id;
    case "delete":
      await definition.delete(org, id, wanted);
      return id;
    case "undelete":
      await org.api.watcher.undelete({ watcher_id: Number(id) }).finally(() => org.lists.invalidate("watchers"));
      if (changes.length > 0) await definition.update(org, id, {}, wanted);
      return id;
    case "update":
      if (isAdopted(kind)) await updateAdopted(kind, org, id, changes, wanted);
      else await definition.update(org, id, {}, wanted);
      return id;
  }
}

/** What steers the provider, at its defaults: a restore fires no test alert, and takes over nothing but what it names. */
function quiet(definition: Definition): Values {
  const steering = Object.entries(definition.inputs.shape).filter(
    ([key]) => key === "onDelete" || definition.createOnly?.includes(key),
  );
  return Object.fromEntries(
    steering.map(([key, schema]) => [key, (schema as z.ZodType).safeParse(undefined).data ?? null]),
  );
}

const IDENTITY: readonly string[] = ["email", "alert"];

/**
 * Sends what changes alone: an unchanged value that the service would refuse today, such as a time zone, is no obstacle.
 * The definitions leave alone what is null, and here null means that there was nothing, so that is cleared apart.
 */
async function updateAdopted(kind: string, org: Organization, id: string, changes: Step["changes"], wanted: Values) {
  const changed = (key: string) => changes.some(({ property }) => property === key);
  const own = Object.fromEntries(Object.entries(wanted).filter(([key]) => IDENTITY.includes(key) || changed(key)));
  if (changes.some(({ property }) => (wanted[property] ?? null) !== null)) {
    await definitionOf(kind).update(org, id, {}, own);
  }
  const cleared = {
    ...(changed("phoneNumber") && wanted.phoneNumber === null ? { phone_number: null } : {}),
    ...(changed("slackMemberId") && wanted.slackMemberId === null ? { slack_member_id: null } : {}),
  };
  if (Object.keys(cleared).length === 0) return;
  await org.api.user.update({ user_id: Number(id), ...cleared }).finally(() => org.lists.invalidate("users"));
}
