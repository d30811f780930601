import { adminAlert } from "./resources/admin-alert/index.ts";
import { exclusion } from "./resources/exclusion/index.ts";
import { orgSettings } from "./resources/org-settings/index.ts";
import { thresholdWatcher } from "./resources/threshold-watcher/index.ts";
import { user } from "./resources/user/index.ts";
import { watcher } from "./resources/watcher/index.ts";

/** Every kind of resource, for what is generated from the definitions. */
export const catalog = [watcher, thresholdWatcher, exclusion, adminAlert, orgSettings, user] as const;
