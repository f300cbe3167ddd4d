/** How a date is written, with a named group for each of its parts. */
const DATE_FORMATS = {
  'dd-MM-yyyy': /^(?<day>\d{2})-(?<month>\d{2})-(?<year>\d{4})$/,
  yyyyMMdd: /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
} as const;

/** Whether a value is a date in a format, and one that exists. */
export function isExistingDate(
  value: unknown,
  format: keyof typeof DATE_FORMATS = 'dd-MM-yyyy',
): boolean {
  if (typeof value !== 'string') return false;
  const { day, month, year } = DATE_FORMATS[format].exec(value)?.groups ?? {};
  // Day 0 of the next month is the last one of this month.
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= lastDay;
}

/** Whether a value is a moment in ISO 8601 with its zone: `2025-01-15T10:30:00+07:00`, or with `Z`. */
export function isInstant(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
    isExistingDate(value.slice(0, 10).replaceAll('-', ''), 'yyyyMMdd') &&
    !Number.isNaN(Date.parse(value))
  );
}

/** Whether a value is an absolute `http:` or `https:` URL. */
export function isWebUrl(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value);
}
