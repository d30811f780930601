import { z } from "zod";
import { alertOff } from "../../domain/diagnostics/index.ts";
import { notifies, peopleOf, type Way, ways } from "../recipients.ts";
import { defineRule, exempt } from "../rule.ts";
import { known, NotKnown, type PolicyWatcher } from "../subject.ts";

const PROPERTIES: Readonly<Record<Way, string>> = {
  sms: "smsUsers",
  slack: "slackChannel",
  teams: "msTeamsWebhook",
  email: "emailUsers",
};

const listed = new Intl.ListFormat("en", { type: "disjunction" });
const persons = (count: number) => (count === 1 ? "1 person" : `${count} people`);

export const prodWatchersAreRealTime = defineRule({
  name: "prod-watchers-are-real-time",
  description: "Watchers of production notify somebody of each anomaly at once, and more than one person.",
  severity: "high",
  remediation: "Give the watcher a recipient for single alerts, and name a second person.",
  of: "watcher",
  settings: z.strictObject({
    chips: z
      .array(z.string().min(1))
      .default(["prod"])
      .describe("Chips that make a watcher one of production: one of them is enough."),
    recipients: z
      .array(z.enum(ways))
      .min(1)
      .default([...ways])
      .describe("What counts as notifying at once. A summary report never does."),
    people: z
      .int()
      .min(0)
      .max(100)
      .default(2)
      .describe("How many different people must be named in emailUsers, smsUsers and slackMentionUsers together."),
    channelIsEnough: z
      .boolean()
      .default(false)
      .describe("Whether a Slack channel or a Teams webhook stands for that many people."),
    exempt,
  }),
  *judge(watcher, { chips, recipients, people, channelIsEnough }) {
    const chip = productionChip(watcher, chips);
    if (chip === undefined) return;
    const why = `though it is for production (chip "${chip}")`;
    if (!(watcher.alert ?? true)) {
      yield { property: "alert", message: `${alertOff.message}, ${why}. Set alert: true` };
      return;
    }
    if (!notifies(watcher, recipients)) {
      const properties = recipients.map((way) => PROPERTIES[way]);
      const message = `notifies nobody at once, ${why}. Set ${listed.format(properties)}`;
      yield { property: properties[0] ?? "", message };
    }
    if (channelIsEnough && notifies(watcher, ["slack", "teams"])) return;
    const named = peopleOf(watcher);
    const missing = people - named.people.size;
    if (missing <= 0) return;
    if (named.unknown > 0) throw new NotKnown("emailUsers", "smsUsers", "slackMentionUsers");
    const message = `names ${persons(named.people.size)} where ${people} are asked for, ${why}. Add ${persons(missing)} to emailUsers, smsUsers or slackMentionUsers`;
    yield { property: "emailUsers", message };
  },
});

function productionChip(watcher: PolicyWatcher, production: readonly string[]): string | undefined {
  const chips = known(watcher.chips);
  const found = chips.items.find((chip) => production.includes(chip));
  if (found === undefined && chips.unknown > 0) throw new NotKnown("chips");
  return found;
}
