export { AdminAlert, AdminAlertTarget } from "./admin-alert.ts";
export { Exclusion, ExclusionType } from "./exclusion.ts";
export { Channel, Org, Session, User } from "./person.ts";
export { OnboardingFlags, ReplyStatus } from "./status.ts";
export { Chip, Threshold, Watcher, WatcherAlert } from "./watcher.ts";
