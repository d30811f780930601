// Generated from provider/catalog.ts by `npm run generate`. Do not edit.
import { adapt, dynamicProcess, type HostProvider } from "./hosts/dynamic/adapter.ts";
import { adminAlert } from "./resources/admin-alert/index.ts";
import { exclusion } from "./resources/exclusion/index.ts";
import { orgSettings } from "./resources/org-settings/index.ts";
import { thresholdWatcher } from "./resources/threshold-watcher/index.ts";
import { user } from "./resources/user/index.ts";
import { watcher } from "./resources/watcher/index.ts";

// One for all kinds of the process, so that they share a client and its lists.
const providerProcess = dynamicProcess();

export const Watcher: HostProvider = adapt(watcher, providerProcess);
export const ThresholdWatcher: HostProvider = adapt(thresholdWatcher, providerProcess);
export const Exclusion: HostProvider = adapt(exclusion, providerProcess);
export const AdminAlert: HostProvider = adapt(adminAlert, providerProcess);
export const OrgSettings: HostProvider = adapt(orgSettings, providerProcess);
export const User: HostProvider = adapt(user, providerProcess);
