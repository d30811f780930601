const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const two = (value: number): string => String(value).padStart(2, "0");

/** `Mon 12 Jan 2026 @ 15:01 (UTC)` */
export function momentString(unixSeconds: number): string {
  const date = new Date(unixSeconds * 1000);
  const day = `${days[date.getUTCDay()]} ${two(date.getUTCDate())} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return `${day} @ ${two(date.getUTCHours())}:${two(date.getUTCMinutes())} (UTC)`;
}

/** `Jan 12th 2026, 15:01`, the other form the service uses. */
export function shortMomentString(unixSeconds: number): string {
  const date = new Date(unixSeconds * 1000);
  const day = date.getUTCDate();
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  return `${months[date.getUTCMonth()]} ${day}${ordinal(day)} ${date.getUTCFullYear()}, ${time}`;
}

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return "th";
  return { 1: "st", 2: "nd", 3: "rd" }[day % 10] ?? "th";
}
