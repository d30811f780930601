import type { Tenant } from "../tenant.ts";
import { acme } from "./acme.ts";
import { demo } from "./demo.ts";
import { empty } from "./empty.ts";
import { globex } from "./globex.ts";

const named: Readonly<Record<string, Tenant>> = { acme, globex, empty, demo };

export { demo };

/** Names that `SimulatorOptions.tenants` accepts. */
export const tenantNames: readonly string[] = Object.keys(named);

/** A ready-made tenant, or the given one. */
export function resolveTenant(tenant: string | Tenant): Tenant {
  if (typeof tenant !== "string") return tenant;
  const found = Object.hasOwn(named, tenant) ? named[tenant] : undefined;
  if (!found) throw new Error(`No tenant named "${tenant}". There are: ${tenantNames.join(", ")}.`);
  return found;
}
