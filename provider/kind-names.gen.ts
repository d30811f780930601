// Generated from provider/catalog.ts by `npm run generate`. Do not edit.

/** Names of all kinds, in the order of the catalog: for what must start quickly, since the definitions load the client. */
export const kindNames = ["Watcher", "ThresholdWatcher", "Exclusion", "AdminAlert", "OrgSettings", "User"] as const;
