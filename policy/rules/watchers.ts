import { z } from "zod";
import { alertOff, noRecipient, summaryOnly } from "../../domain/diagnostics/index.ts";
import { duration } from "../../provider/resources/fields.ts";
import { notifies, ways } from "../recipients.ts";
import { complaintOf, defineRule, exempt } from "../rule.ts";
import { known, NotKnown, secondsOf } from "../subject.ts";

const BROAD = ["prod", "production", "staging", "dev", "test", "cpu", "memory", "disk", "network", "load", "latency"];

export const noBroadChips = defineRule({
  name: "no-broad-chips",
  description: "No watcher matches half of the metrics: a single chip must be a narrow one.",
  severity: "medium",
  remediation: "Add a chip that narrows the watcher, such as the name of a service or a host.",
  of: "watcher",
  settings: z.strictObject({
    chips: z
      .array(z.string().min(1))
      .default(BROAD)
      .describe("Chips that are too broad to stand alone, in upper or lower case."),
    minimumChips: z.int().min(1).max(100).default(1).describe("How many chips every watcher must have."),
    exempt,
  }),
  *judge({ chips }, { chips: broad, minimumChips }) {
    const { items, unknown } = known(chips);
    const count = new Set(items).size + unknown;
    if (count < minimumChips) {
      const message = `it has ${count} ${count === 1 ? "chip" : "chips"}, and at least ${minimumChips} are asked for. Add chips that narrow it`;
      yield { property: "chips", message };
    }
    if (count !== 1) return;
    const [chip] = items;
    if (chip === undefined) throw new NotKnown("chips");
    if (!broad.some((one) => one.toLowerCase() === chip.toLowerCase())) return;
    const message = `its only chip, "${chip}", is too broad. Add a chip that narrows it, such as the name of a service`;
    yield { property: "chips", message };
  },
});

const DEFAULT_EXPIRATION = "1h";

export const minimumExpiration = defineRule({
  name: "minimum-expiration",
  description: "An alert holds back further ones for the same metric long enough that nobody is flooded.",
  severity: "medium",
  remediation: "Raise the watcher's expiration.",
  of: "watcher",
  settings: z.strictObject({
    minimum: z
      .string()
      .refine((text) => duration.safeParse(text).success, 'must be a duration of at least 60 s, such as "15m"')
      .default("15m")
      .describe("Least expiration, such as `15m` or `1h`."),
    exempt,
  }),
  *judge(watcher, { minimum }) {
    const expiration = watcher.expiration ?? DEFAULT_EXPIRATION;
    if ((watcher.expirationSeconds ?? secondsOf(expiration)) >= secondsOf(minimum)) return;
    const given =
      watcher.expirationSeconds === undefined ? JSON.stringify(expiration) : `${watcher.expirationSeconds} seconds`;
    const message = `${given} is too short: alerts about one metric may come more often than every ${minimum}. Set expiration to "${minimum}" or more`;
    yield { property: "expiration", message };
  },
});

export const nobodyNotified = defineRule({
  name: "nobody-notified",
  description: "Every watcher has its alert on and a recipient.",
  severity: "high",
  remediation: "Turn the alert on and name a recipient, or delete the watcher.",
  of: "watcher",
  settings: z.strictObject({
    summaryIsEnough: z
      .boolean()
      .default(false)
      .describe("Whether a summary report alone counts as notifying somebody."),
    exempt,
  }),
  *judge(watcher, { summaryIsEnough }) {
    if (!(watcher.alert ?? true)) {
      yield complaintOf(alertOff);
    }
    if (notifies(watcher, ways)) return;
    const summary = (watcher.summaryReport ?? null) !== null;
    if (summary && summaryIsEnough) return;
    yield complaintOf(summary ? summaryOnly : noRecipient);
  },
});
