export { AdminAlert, AdminAlertTarget } from "./admin-alert.ts";
export { Anomaly } from "./anomaly.ts";
export { Exclusion, ExclusionType } from "./exclusion.ts";
export { Image } from "./image.ts";
export { ExpectedRange, Metric, Point } from "./metric.ts";
export { Match, Pattern } from "./pattern.ts";
export { Channel, Org, Session, User } from "./person.ts";
export { OnboardingFlags, ReplyStatus } from "./status.ts";
export { Chip, Threshold, Watcher, WatcherAlert } from "./watcher.ts";
