/** Whether a value is a date as `dd-MM-yyyy` that exists. */
export function isExistingDate(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const [, day, month, year] = /^(\d{2})-(\d{2})-(\d{4})$/.exec(value) ?? [];
  // Day 0 of the next month is the last one of this month.
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= lastDay;
}

/** Whether a value is an absolute `http:` or `https:` URL. */
export function isWebUrl(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value);
}
