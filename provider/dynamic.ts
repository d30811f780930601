/**
 * What Pulumi's provider process loads: one object per kind. Loads no Pulumi SDK, reads no environment at load time.
 *
 * @module
 */

import { adminAlert } from "./resources/admin-alert.ts";
import { exclusion } from "./resources/exclusion.ts";
import { orgSettings } from "./resources/org-settings.ts";
import { thresholdWatcher } from "./resources/threshold-watcher.ts";
import { user } from "./resources/user.ts";
import { watcher } from "./resources/watcher.ts";
import { adapt, type HostProvider } from "./runtime/adapter.ts";
import { Session } from "./runtime/session.ts";

// One session for all kinds of the process, so that they share a client and its lists.
const session = new Session();

export const Watcher: HostProvider = adapt(watcher, session);
export const ThresholdWatcher: HostProvider = adapt(thresholdWatcher, session);
export const Exclusion: HostProvider = adapt(exclusion, session);
export const AdminAlert: HostProvider = adapt(adminAlert, session);
export const OrgSettings: HostProvider = adapt(orgSettings, session);
export const User: HostProvider = adapt(user, session);
