import { phoneCodes } from "../phone-codes.ts";
import type { Route } from "../route.ts";
import { RawReply, route } from "../route.ts";
import { timezones } from "../timezones.ts";

const script = `// Sends nothing: this is a simulator.
window.anomify = window.anomify || { send: function () {} };
`;

const spans: ReadonlyArray<readonly [string, number]> = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/** `3 hours ago`, `in 2 days`, `just now`. */
function timeSince(seconds: number): string {
  const [unit, length] = spans.find(([, least]) => Math.abs(seconds) >= least) ?? ["second", 1];
  const count = Math.floor(Math.abs(seconds) / length);
  if (count === 0) return "just now";
  const words = `${count} ${unit}${count === 1 ? "" : "s"}`;
  return seconds > 0 ? `${words} ago` : `in ${words}`;
}

export const miscRoutes: readonly Route[] = [
  route("GET /misc/timezones", "listTimezones", { auth: "none" }, () => ({ timezones: timezones() })),
  route("GET /misc/phonecodes", "listPhoneCodes", { auth: "none" }, () => ({
    phone_codes: phoneCodes.map(([country_code, name, phone_code]) => ({ country_code, name, phone_code })),
  })),
  route(
    "GET /misc/timesince",
    "getTimeSince",
    { auth: "none", params: { timestamp: { type: "unix-seconds", required: true } } },
    ({ params, now }) => ({ time_since: timeSince(now - (params.number("timestamp") ?? now)) }),
  ),
  route(
    "GET /js/eventsender",
    "getEventSenderScript",
    { auth: "none" },
    () => new RawReply("application/javascript", Buffer.from(script)),
  ),
];
