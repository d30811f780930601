import type { Configuration } from "../domain/routing/model.ts";
import { type Notification, recipientsOf } from "../domain/routing/recipients.ts";
import { formatDuration } from "../domain/time/duration.ts";

/** Who is notified of a metric and who is not, and why, as text for people. */
export function explain(configuration: Configuration, metric: string, at?: Date): string {
  const { notified, withheld, notes } = recipientsOf(configuration, metric, at);
  const lines = [
    ...notified.map((one) => `notified: ${inWords(one)}`),
    ...withheld.map((one) => `not notified: ${inWords(one)}: ${one.reasons.map(({ text }) => text).join("; ")}`),
    ...notes.map((note) => `note: ${note}`),
  ];
  if (notified.length === 0)
    lines.unshift(withheld.length === 0 ? "No watcher notifies anybody about it." : "Nobody is notified.");
  return [metric, ...lines.map((line) => `  ${line}`)].join("\n");
}

function inWords({ to, by, watcher, atMostEverySeconds, schedule }: Notification): string {
  const often =
    atMostEverySeconds === null ? `(${schedule})` : `(at most once per ${formatDuration(atMostEverySeconds)})`;
  return `${to} by ${by}, from ${watcher} ${often}`;
}
