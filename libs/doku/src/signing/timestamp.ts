/** Non-SNAP timestamp: UTC, `YYYY-MM-DDTHH:mm:ssZ` (reference non-snap 1.1). */
export function nonSnapTimestamp(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

const JAKARTA_OFFSET_MS = 7 * 60 * 60 * 1000;

/** SNAP timestamp: Jakarta's time, `YYYY-MM-DDTHH:mm:ss+07:00`, without milliseconds (reference snap 4, C2). */
export function snapTimestamp(at: Date): string {
  const inJakarta = new Date(at.getTime() + JAKARTA_OFFSET_MS);
  return `${inJakarta.toISOString().slice(0, 19)}+07:00`;
}

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})(T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?)\d{0,6}(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Reads an ISO 8601 instant of DOKU: with or without a fraction, `Z`, `+07:00` or `+0700` (reference snap 4).
 * Without a zone it is no instant. `undefined` for everything else, dates that do not exist included.
 */
export function parseInstant(text: string): Date | undefined {
  const [found, year, month, day = '', time, zone = ''] = INSTANT.exec(text) ?? [];
  // 31 February would roll over into March.
  if (found === undefined || (day > '28' && !exists(Number(year), Number(month), Number(day)))) {
    return undefined;
  }
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const instant = new Date(`${year}-${month}-${day}${time}${offset}`);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

function exists(year: number, month: number, day: number): boolean {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}
