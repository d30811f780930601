import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { catalog } from "../../provider/catalog.ts";
import type { Inventory, LiveObject } from "../../provider/inventory.ts";
import type { Organization } from "../../provider/organization/organization.ts";
import { check } from "../../provider/runtime/check.ts";
import { type Definition, inputKeys, type Values } from "../../provider/runtime/definition.ts";

/** What one has to know about an object in a program. */
export interface Finding {
  /**
   * `refused`: the provider's check refuses the resource as it is; `unchecked`: it could not be checked, since a look-up did not
   * come to an end; `changed`: the first update changes the object;
   * `unmanaged`: a property is left out, so that it stays as it is; `left-out`: the whole object is.
   */
  readonly severity: "refused" | "unchecked" | "changed" | "unmanaged" | "left-out";
  readonly text: string;
}

/** An object with what a program can say of it. */
export interface JudgedObject {
  readonly kind: string;
  readonly id: string;
  readonly definition: Definition;
  /** What it is called in messages. */
  readonly label: string;
  /** Inputs as the program states them; null is what it leaves out. */
  readonly stated: Values;
  /** Inputs and outputs as the state has them after an import. */
  readonly inputs: Values;
  readonly outputs: Values;
  readonly findings: readonly Finding[];
}

/** An inventory whose objects the provider's own check has seen. */
export interface JudgedInventory extends Omit<Inventory, "objects"> {
  readonly objects: readonly JudgedObject[];
}

/** Lets the provider's check see each object. Reads lists of the organization, each at most once. @throws AnomifyError */
export async function judgeInventory(inventory: Inventory, org: Organization): Promise<JudgedInventory> {
  const objects: JudgedObject[] = [];
  const seen = new Set<string>();
  for (const object of inventory.objects) {
    const definition = catalog.find(({ kind }) => kind === object.kind);
    if (definition === undefined) continue;
    const judged = await judge(definition, object, org);
    const twin = isAdopted(definition) && seen.has(`${object.kind} ${judged.label}`);
    seen.add(`${object.kind} ${judged.label}`);
    objects.push(
      twin ? leftOut(judged, "another object is the same for a program, which can have it only once") : judged,
    );
  }
  return { ...inventory, objects };
}

/** Whether the object always exists, so that a property which is left out is not managed instead of empty. */
function isAdopted(definition: Definition): boolean {
  return "onDelete" in definition.inputs.shape;
}

/** What the provider would say of a program that has the object already. */
const checkLive = (definition: Definition, stated: Values, org: Organization) =>
  check(definition, stated, async () => org, {}, { isLive: true });

async function judge(definition: Definition, object: LiveObject, org: Organization): Promise<JudgedObject> {
  const findings: Finding[] = [];
  const stated = { ...object.inputs };
  if (isAdopted(definition)) for (const key of inputKeys(definition)) if (stated[key] === "") stated[key] = null;
  let checked = await checkLive(definition, stated, org);
  const label = definition.label(stated);
  const withoutLabel = (reason: string) =>
    reason.replace(`${label}, `, "").replace(`${label}: `, "").replace(/\.+$/, "");
  if (isAdopted(definition)) {
    for (const { property, reason, isUnchecked } of checked.failures) {
      if (isUnchecked) continue;
      const key = property.split(/[.[]/, 1)[0] ?? "";
      if (!canBeLeftOut(definition, key)) continue;
      stated[key] = null;
      findings.push({
        severity: "unmanaged",
        text: `Left as it is in Anomify, since it cannot be stated: ${withoutLabel(reason)}.`,
      });
    }
    if (findings.length > 0) checked = await checkLive(definition, stated, org);
  }
  const accepted = checked.failures.length === 0;
  for (const { reason, isUnchecked } of checked.failures) {
    findings.push(
      isUnchecked
        ? { severity: "unchecked", text: `Not checked, since a look-up failed: ${withoutLabel(reason)}. Run it again.` }
        : { severity: "refused", text: `Refused as it is: ${withoutLabel(reason)}.` },
    );
  }
  if (accepted) findings.push(...changes(definition, stated, checked.inputs));
  const inputs = accepted ? checked.inputs : stated;
  const judged = { kind: object.kind, id: object.id, definition, label, stated, inputs, findings };
  const whole = { ...judged, outputs: recorded(definition, object.outputs, stated) };
  const wrong = inputKeys(definition).filter((key) => !hasType(definition.inputs.shape[key] as z.ZodType, stated[key]));
  return wrong.length === 0 ? whole : leftOut(whole, `no program can state its ${wrong.join(" and ")}`);
}

function leftOut(object: JudgedObject, why: string): JudgedObject {
  return { ...object, findings: [{ severity: "left-out", text: `Left out: ${why}. It stays in Anomify as it is.` }] };
}

function canBeLeftOut(definition: Definition, key: string): boolean {
  const schema = definition.inputs.shape[key] as z.ZodType | undefined;
  const result = schema?.safeParse(undefined);
  return result?.success === true && result.data === undefined;
}

/** Whether the value has the type that a program's compiler wants; what it must be beyond that is the check's matter. */
function hasType(schema: z.ZodType, value: unknown): boolean {
  const result = schema.safeParse(value ?? undefined);
  return result.success || !result.error.issues.some(({ code }) => code === "invalid_type" || code === "invalid_value");
}

/** What the first update would change, because the normal form of a value is not what Anomify has. */
function changes(definition: Definition, stated: Values, normal: Values): Finding[] {
  const keys = inputKeys(definition).filter((key) => !definition.createOnly?.includes(key));
  const changed = keys.filter((key) => !isDeepStrictEqual(stated[key] ?? null, normal[key] ?? null));
  if (changed.length === 0) return [];
  const replaced = changed.some((key) => definition.replaceOn?.includes(key));
  const what = `${changed.join(" and ")} ${changed.length > 1 ? "are" : "is"} not in the form that the provider writes`;
  return [{ severity: "changed", text: `The first update ${replaced ? "replaces" : "changes"} this: ${what}.` }];
}

/** Outputs for the state: what is left out is null, as if the provider had recorded it, and this provider wrote nothing yet. */
function recorded(definition: Definition, outputs: Values, stated: Values): Values {
  const dropped = inputKeys(definition).filter((key) => (stated[key] ?? null) === null);
  const own = Object.fromEntries(dropped.map((key) => [key, null]));
  return { ...outputs, ...own, ...("lastWrite" in outputs ? { lastWrite: 0 } : {}) };
}
