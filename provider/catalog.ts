import { adminAlert } from "./resources/admin-alert.ts";
import { exclusion } from "./resources/exclusion.ts";
import { orgSettings } from "./resources/org-settings.ts";
import { thresholdWatcher } from "./resources/threshold-watcher.ts";
import { user } from "./resources/user.ts";
import { watcher } from "./resources/watcher.ts";

/** Every kind of resource, for what is generated from the definitions. */
export const catalog = [watcher, thresholdWatcher, exclusion, adminAlert, orgSettings, user] as const;
