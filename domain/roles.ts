/** What an object is to alerting. Rules ask for this; how a kind of resource is called is its definition's matter. */
export type Role = "watcher" | "threshold-watcher" | "exclusion" | "admin-alert" | "person" | "settings";

/** Whether it watches metrics, in whichever way. */
export const isWatching = (role: Role): boolean => role === "watcher" || role === "threshold-watcher";
