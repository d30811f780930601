import { z } from "zod";
import { User } from "./person.ts";
import { documented, evidence, maybe, model, open, unsaid } from "./shape.ts";

/** One recipient of an admin alert. */
export const AdminAlertTarget = model({
  /** Only `email` was seen in the documentation. */
  method: documented(open("email", "sms", "slack")),
  /** The user id as a text; for `slack` the channel name without `#` (inferred). */
  ref: documented(z.string()),
  /** Taken to be missing for `slack`. */
  user: documented(maybe(User)),
});
export type AdminAlertTarget = z.infer<typeof AdminAlertTarget>;

/** Alert about the data feed itself. */
export const AdminAlert = evidence(
  "documented",
  model({
    /** Kind: 1 = no metric at all sends data any more, 2 = some metrics stopped. The engine numbers three more, which cannot be set. */
    id: z.int(),
    name: maybe(z.string()),
    /** How long silence must last before the alert goes out. */
    wait_seconds: z.int(),
    /** Seen: 3600; 0 holds nothing back. There is no parameter to set it. */
    expiration_seconds: maybe(z.int()),
    enabled: z.boolean(),
    alerts: unsaid(z.array(AdminAlertTarget)),
  }),
);
export type AdminAlert = z.infer<typeof AdminAlert>;

/** Reply of the calls about admin alerts. */
export const AdminAlerts = model({ admin_alerts: documented(z.array(AdminAlert)) });
