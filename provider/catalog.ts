import type { Role } from "../domain/roles.ts";
import { adminAlert } from "./resources/admin-alert/index.ts";
import { exclusion } from "./resources/exclusion/index.ts";
import { orgSettings } from "./resources/org-settings/index.ts";
import { thresholdWatcher } from "./resources/threshold-watcher/index.ts";
import { user } from "./resources/user/index.ts";
import { watcher } from "./resources/watcher/index.ts";

/** Every kind of resource, for what is generated from the definitions. */
export const catalog = [watcher, thresholdWatcher, exclusion, adminAlert, orgSettings, user] as const;

/** Name of the kind whose objects have a role. */
export function kindOf(role: Role): string {
  const found = catalog.find((definition) => definition.role === role);
  if (found === undefined) throw new Error(`internal error: no kind has the role ${role}. Please report it`);
  return found.kind;
}

/** What objects of a kind are to alerting; undefined for a kind that this version does not have. */
export function roleOf(kind: string): Role | undefined {
  return catalog.find((definition) => definition.kind === kind)?.role;
}
