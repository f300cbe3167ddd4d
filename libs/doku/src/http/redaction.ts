import { isObject } from './members.js';

const REDACTED = '[redacted]';

/** Shorter texts would blot out ordinary words. */
const SHORTEST_HIDDEN = 3;

/**
 * Takes out of a text from DOKU whatever the request told it (OTP, token, name, phone …), for gateways
 * that repeat the request in their error messages, and everything that looks like a key or a card number.
 */
export function redact(
  text: string,
  request: unknown,
  keep: readonly (string | undefined)[],
): string {
  const hidden = leaves(request)
    .filter((leaf) => leaf.length >= SHORTEST_HIDDEN && !keep.includes(leaf))
    .flatMap((leaf) => [leaf, encodeURIComponent(leaf), JSON.stringify(leaf).slice(1, -1)]);
  let redacted = text;
  // Longest first, so that a part of a longer value does not leave the rest of it standing.
  for (const leaf of hidden.sort((a, b) => b.length - a.length)) {
    redacted = redacted.replaceAll(leaf, REDACTED);
    if (/^\d{6,}$/.test(leaf)) redacted = redacted.replace(grouped(leaf), REDACTED);
  }
  return redacted.replace(/[A-Za-z0-9+/_=%\\-]{24,}|\d(?:[ -]?\d){11,}/g, (run) =>
    keep.includes(run) ? run : REDACTED,
  );
}

/** The same digits in groups: `1234-5678`. */
function grouped(digits: string): RegExp {
  return new RegExp(digits.replace(/\d(?=\d)/g, '$&[ -]?'), 'g');
}

function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value.toWellFormed()];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(leaves);
  return isObject(value) ? Object.values(value).flatMap(leaves) : [];
}
