/** Members whose value tells nothing about a person or a credential. */
const SHOWN = new Set(['amount', 'price', 'quantity', 'value', 'otp_expiration_timestamp']);

/**
 * What was given, for a message that may end in a log: amounts as they are, of every other text only
 * its length and shape (`9` for a digit, `a` for a letter), so that no OTP, token or name leaks.
 */
export function describeGiven(member: string, value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'number' || typeof value === 'bigint') {
    return SHOWN.has(member) || Number.isNaN(value) ? String(value) : 'a number';
  }
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return value instanceof Date ? 'a Date' : `an ${typeof value}`;
  if (SHOWN.has(member) && /^[-+.,\d]{1,20}$/.test(value)) return `"${value}"`;
  return `${value.length} characters${value === '' ? '' : ` like "${shapeOf(value)}"`}`;
}

function shapeOf(value: string): string {
  const shape = value
    .slice(0, 20)
    .replace(/\p{Cc}/gu, '?')
    .replace(/\p{L}/gu, 'a')
    .replace(/\p{N}/gu, '9');
  return value.length > 20 ? `${shape}…` : shape;
}
