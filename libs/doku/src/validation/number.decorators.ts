import { rupiahText, wholeRupiah } from './amount.js';
import { Converted, type Presence, Rule } from './rule.decorator.js';

const MOST_RUPIAH = 999_999_999_999;

/**
 * Whole rupiah, sent as a JSON number of at most 12 digits. Takes an integer or a text such as `'90000'`
 * or `'90000.00'`; a fraction of a rupiah is refused (reference non-snap 3.3, 3.19 no. 8).
 */
export function WholeRupiah(presence: Presence, min: 0 | 1 = 1): PropertyDecorator {
  const toNumber = (value: unknown): unknown => wholeRupiah(value) ?? value;
  return Converted(
    toNumber,
    Rule(presence, (value) =>
      isWholeNumber(value) && value >= min && value <= MOST_RUPIAH
        ? undefined
        : `must be whole rupiah from ${min} to ${MOST_RUPIAH}, as an integer or a text such as "90000.00"`,
    ),
  );
}

/**
 * An amount of rupiah of at most 16 digits, sent as a text with two decimals. Takes an integer or a text such
 * as `'50000'` or `'50000.00'`; a fraction as a number is refused (reference snap 8).
 */
export function RupiahText(presence: Presence, min: 0 | 1 = 1): PropertyDecorator {
  return Converted(
    (value) => rupiahText(value) ?? value,
    Rule(presence, (value) =>
      Number(rupiahText(value) ?? -1) >= min
        ? undefined
        : `must be rupiah of at least ${min}, as an integer or a text such as "50000.00"`,
    ),
  );
}

/** The only currency there is here, which is put in where it is left out. */
export function Rupiah(): PropertyDecorator {
  return Converted(
    (value) => value ?? 'IDR',
    Rule('optional', (value) => (value === 'IDR' ? undefined : 'must be IDR')),
  );
}

/** An integer of at least 1. */
export function PositiveInteger(presence: Presence): PropertyDecorator {
  return Rule(presence, (value) =>
    isWholeNumber(value) && value >= 1 ? undefined : 'must be a whole number of at least 1',
  );
}

/** A number of pieces: an integer of at least 1, or a text of its digits, sent as given (reference snap C24). */
export function NumberOfPieces(): PropertyDecorator {
  return Rule('mandatory', (value) =>
    (isWholeNumber(value) && value >= 1) ||
    (typeof value === 'string' && /^[1-9]\d{0,15}$/.test(value))
      ? undefined
      : 'must be a whole number of at least 1',
  );
}

/**
 * A whole number, sent as a text of its digits; takes either.
 *
 * @param otherwise what is sent where it is left out
 */
export function NumberText(min: 0 | 1, otherwise: number): PropertyDecorator {
  return Converted(
    (value) => {
      const number = value ?? otherwise;
      return isWholeNumber(number) ? String(number) : value;
    },
    Rule('optional', (value) =>
      typeof value === 'string' && /^(0|[1-9]\d{0,8})$/.test(value) && Number(value) >= min
        ? undefined
        : `must be a whole number of at least ${min}`,
    ),
  );
}

function isWholeNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}
