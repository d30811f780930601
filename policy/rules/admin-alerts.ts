import { z } from "zod";
import { adminAlertNobody, adminAlertOff } from "../../domain/diagnostics/index.ts";
import { kindOf } from "../../provider/catalog.ts";
import { notifies } from "../recipients.ts";
import { type Complaint, complaintOf, defineRule } from "../rule.ts";
import { guarded, labelIn, type PolicyAdminAlert } from "../subject.ts";

const ALERTS = ["all-metrics-stopped", "some-metrics-stopped"] as const;

export const adminAlertsOn = defineRule({
  name: "admin-alerts-on",
  description:
    "Somebody hears when the data feed itself stops: the admin alerts are declared, enabled, and have a recipient.",
  severity: "critical",
  remediation: "Declare an AdminAlert of each kind, enabled, with emailUsers, smsUsers or slackChannel.",
  of: "organization",
  settings: z.strictObject({
    alerts: z
      .array(z.enum(ALERTS))
      .default([...ALERTS])
      .describe("Admin alerts that must be there."),
    orgSettings: z
      .boolean()
      .default(false)
      .describe("Whether OrgSettings with a time zone must be declared as well: summary reports go out by it."),
  }),
  *judge({ adminAlerts = [], orgSettings }, settings) {
    const declared = adminAlerts.map(guarded);
    for (const alert of settings.alerts) yield* judgeAlert(alert, declared);
    if (settings.orgSettings) yield* judgeSettings(orgSettings && guarded(orgSettings));
  },
});

function* judgeAlert(kind: string, declared: readonly PolicyAdminAlert[]): Iterable<Complaint> {
  const found = declared.filter(({ alert }) => alert === kind);
  if (found.length === 0) {
    const resource = labelIn("admin", { alert: kind });
    const message = `it is not declared. Declare an AdminAlert with alert "${kind}" and a recipient`;
    yield { resource, property: "", message };
  }
  for (const alert of found) {
    const resource = labelIn("admin", alert);
    if (!(alert.enabled ?? true)) yield { resource, ...complaintOf(adminAlertOff(kind)) };
    if (!notifies(alert, ["email", "sms", "slack"])) yield { resource, ...complaintOf(adminAlertNobody(kind)) };
  }
}

function* judgeSettings(given: { readonly timezone?: string | null | undefined } | undefined): Iterable<Complaint> {
  if (given !== undefined && (given.timezone ?? "") !== "") return;
  const message =
    given === undefined
      ? "they are not declared. Declare OrgSettings with a timezone"
      : "they set no time zone. Set timezone, such as Europe/London";
  yield { resource: kindOf("settings"), property: "timezone", message };
}
