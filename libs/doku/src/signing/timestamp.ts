/** Non-SNAP timestamp: UTC, `YYYY-MM-DDTHH:mm:ssZ` (reference non-snap 1.1). */
export function nonSnapTimestamp(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
