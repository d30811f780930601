import type { Call } from "./call.ts";

/** Accepted time zones: IANA names. */
export function timezones(): string[] {
  return [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])].sort();
}

/** Notes a problem when parameter `timezone` is not an accepted one. */
export function checkTimezone({ params, problems }: Call): void {
  const timezone = params.text("timezone");
  if (timezone !== undefined && !timezones().includes(timezone))
    problems.add("timezone", `No such time zone: ${timezone}.`);
}
