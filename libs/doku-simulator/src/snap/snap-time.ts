const JAKARTA_AHEAD_MS = 7 * 3_600_000;
const WIRE_FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|\+07:00)$/;

/** As DOKU writes instants on SNAP: Jakarta's time without fractions (snap reference 4). */
export function toJakartaTime(date: Date): string {
  return `${new Date(date.getTime() + JAKARTA_AHEAD_MS).toISOString().slice(0, 19)}+07:00`;
}

/** The instant of an `X-TIMESTAMP`; `undefined` when its form is not one of the two accepted. */
export function parseWireTime(text: string): Date | undefined {
  const date = new Date(text);
  if (!WIRE_FORM.test(text) || Number.isNaN(date.getTime())) return undefined;
  const utc = `${date.toISOString().slice(0, 19)}Z`;
  // Date rolls impossible days over; the round trip notices.
  return text === utc || text === toJakartaTime(date) ? date : undefined;
}
