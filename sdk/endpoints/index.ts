import { anomalies } from "./anomalies.ts";
import { anomaly } from "./anomaly.ts";
import { billing } from "./billing.ts";
import { doc } from "./doc.ts";
import { exclusion } from "./exclusion.ts";
import { image } from "./image.ts";
import { js } from "./js.ts";
import { login } from "./login.ts";
import { match } from "./match.ts";
import { metric } from "./metric.ts";
import { metrics } from "./metrics.ts";
import { misc } from "./misc.ts";
import { org } from "./org.ts";
import { pattern } from "./pattern.ts";
import { patterns } from "./patterns.ts";
import { ping } from "./ping.ts";
import { signup } from "./signup.ts";
import { status } from "./status.ts";
import { user } from "./user.ts";
import { watcher } from "./watcher.ts";
import { watchers } from "./watchers.ts";

/** The table of all endpoints, in the groups of the API's own index. */
export const groups = {
  anomalies,
  anomaly,
  billing,
  doc,
  exclusion,
  image,
  js,
  login,
  match,
  metric,
  metrics,
  misc,
  org,
  pattern,
  patterns,
  ping,
  signup,
  status,
  user,
  watcher,
  watchers,
} as const;
export type Groups = typeof groups;
