/** Whether a whole day such as `2027-01-31`, in UTC, is over. @param now unix milliseconds */
export function isPast(day: string, now: number): boolean {
  return now >= Date.parse(`${day}T00:00:00Z`) + 86_400_000;
}
