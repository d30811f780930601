import { exclusion } from "./exclusion.ts";
import { login } from "./login.ts";
import { misc } from "./misc.ts";
import { org } from "./org.ts";
import { ping } from "./ping.ts";
import { status } from "./status.ts";
import { user } from "./user.ts";
import { watcher } from "./watcher.ts";
import { watchers } from "./watchers.ts";

/** The table of all endpoints, in the groups of the API's own index. */
export const groups = { exclusion, login, misc, org, ping, status, user, watcher, watchers } as const;
export type Groups = typeof groups;
