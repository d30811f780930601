import { z } from "zod";
import { exclusionPast } from "../../domain/diagnostics/index.ts";
import { type Complaint, defineRule, exempt } from "../rule.ts";

const DAY_MS = 86_400_000;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

export const exclusionsCarryNoteAndUntil = defineRule({
  name: "exclusions-carry-note-and-until",
  description: "Every exclusion says why it is there and until when, so that none outlives its reason.",
  severity: "medium",
  remediation: "Write a note, and set until to the last day on which the exclusion is needed.",
  of: "exclusion",
  settings: z.strictObject({
    maximumDays: z.int().min(1).max(36_500).default(90).describe("How many days ahead until may be."),
    exempt,
  }),
  *judge(exclusion, { maximumDays }, today) {
    // Until comes second: it may not be known yet.
    if ((exclusion.note ?? "").trim() === "") {
      yield { property: "note", message: "it has no note. Write in note why it is there" };
    }
    yield* judgeUntil(exclusion.until ?? null, maximumDays, dayOf(today.getTime()));
  },
});

/** @param today day in UTC, as `until` is meant */
function* judgeUntil(until: string | null, maximumDays: number, today: string): Iterable<Complaint> {
  const latest = dayOf(Date.parse(today) + maximumDays * DAY_MS);
  const advice = `a day up to ${latest}`;
  const complain = (message: string): Complaint => ({ property: "until", message });
  if (until === null) {
    yield complain(`it has no last day. Set until to ${advice}`);
    return;
  }
  const days = (Date.parse(until) - Date.parse(today)) / DAY_MS;
  if (Number.isNaN(days)) yield complain(`until must be a date such as ${latest}`);
  if (days < 0) yield complain(`${exclusionPast(until).message}. Remove it, or set until to ${advice}`);
  if (days > maximumDays) {
    yield complain(
      `its last day is ${days} days ahead, and at most ${maximumDays} are allowed. Set until to ${advice}`,
    );
  }
}
