/** When a summary goes out: `daily-07:30`, `weekly-monday` or `monthly-1`. */
export const FREQUENCY =
  /^(daily-([01]\d|2[0-3]):[0-5]\d|weekly-(monday|tuesday|wednesday|thursday|friday|saturday|sunday)|monthly-([1-9]|[12]\d|3[01]))$/;
/** What an editor offers: one of each form, and every day of the week. */
export const FREQUENCY_COMPLETIONS = [
  "daily-09:00",
  "weekly-monday",
  "weekly-tuesday",
  "weekly-wednesday",
  "weekly-thursday",
  "weekly-friday",
  "weekly-saturday",
  "weekly-sunday",
  "monthly-1",
] as const;
export const FREQUENCY_HINT =
  'must be "daily-HH:MM", "weekly-<weekday>" or "monthly-<day of month>", such as "weekly-monday"';
