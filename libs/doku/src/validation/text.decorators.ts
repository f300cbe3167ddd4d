import { parseInstant, snapTimestamp } from '../signing/timestamp.js';
import { isExistingDate, isInstant, isWebUrl } from './formats.js';
import type { Check } from './request-shape.js';
import { Converted, type Presence, Rule } from './rule.decorator.js';

/** A text that must be there, of 1 to `max` characters. */
export function MandatoryText(max: number): PropertyDecorator {
  return Rule('mandatory', identifier(max));
}

/** A text that may be left out; else of 1 to `max` characters. */
export function OptionalIdentifier(max: number): PropertyDecorator {
  return Rule('optional', identifier(max));
}

/** A text that may be left out; of at most `max` characters where DOKU states a limit. */
export function OptionalText(max = Infinity): PropertyDecorator {
  return Rule('optional', (value) => textProblem(value, max));
}

/** A phone number: digits only, calling code first (`6281122334455`); 1 to 20 where DOKU says no more. */
export function PhoneNumber(presence: Presence, min = 1, max = 20): PropertyDecorator {
  return Rule(
    presence,
    matching(
      new RegExp(`^\\d{${min},${max}}$`),
      `must be ${min} to ${max} digits, calling code first, such as 6281122334455`,
    ),
  );
}

/** Digits as a text. */
export function MandatoryDigits(min: number, max: number): PropertyDecorator {
  return Rule('mandatory', digits(min, max));
}

/** Digits as a text, which may be left out. */
export function OptionalDigits(min: number, max: number): PropertyDecorator {
  return Rule('optional', digits(min, max));
}

/** One of a few texts. */
export function OneOf(presence: Presence, choices: readonly string[]): PropertyDecorator {
  return Rule(presence, (value) =>
    choices.some((choice) => choice === value) ? undefined : `must be ${choices.join(' or ')}`,
  );
}

/** Letters only, 2 to 60 of them (reference non-snap 3.19 no. 5). */
export function OptionalCountry(): PropertyDecorator {
  return Rule('optional', matching(/^[A-Za-z]{2,60}$/, 'must be 2 to 60 letters, such as ID'));
}

/** A date as `dd-MM-yyyy` that exists. */
export function OptionalDayMonthYear(): PropertyDecorator {
  return Rule('optional', (value) =>
    isExistingDate(value) ? undefined : 'must be an existing date in the format dd-MM-yyyy',
  );
}

/** A date as `yyyyMMdd` that exists. */
export function OptionalYearMonthDay(): PropertyDecorator {
  return Rule('optional', (value) =>
    isExistingDate(value, 'yyyyMMdd')
      ? undefined
      : 'must be an existing date in the format yyyyMMdd',
  );
}

/** A moment in ISO 8601 with its zone. */
export function OptionalInstant(): PropertyDecorator {
  return Rule('optional', (value) =>
    isInstant(value)
      ? undefined
      : 'must be a moment in ISO 8601 with its zone, such as 2025-01-15T10:30:00+07:00',
  );
}

/**
 * A moment, given as a `Date` or in ISO 8601 with its zone. Sent in 25 characters as SNAP has them: as given if
 * it is written so, else in Jakarta's time.
 */
export function SnapInstant(presence: Presence): PropertyDecorator {
  return Converted(
    snapInstant,
    Rule(presence, (value) =>
      typeof value === 'string' && parseInstant(value)
        ? undefined
        : 'must be a Date, or a moment in ISO 8601 with its zone, such as 2025-01-15T10:30:00+07:00',
    ),
  );
}

/** Texts, which may be left out. */
export function OptionalTexts(): PropertyDecorator {
  return Rule('optional', (value) =>
    Array.isArray(value) && value.every((text) => typeof text === 'string')
      ? undefined
      : 'must be a list of texts',
  );
}

/** An absolute `http:` or `https:` URL that must be there. */
export function MandatoryWebUrl(max = Infinity): PropertyDecorator {
  return Rule('mandatory', (value) => webUrl(value) ?? textProblem(value, max));
}

/** An absolute `http:` or `https:` URL. */
export function OptionalWebUrl(): PropertyDecorator {
  return Rule('optional', webUrl);
}

function identifier(max: number): Check {
  return (value) => {
    if (value === '') return `must be 1 to ${max} characters`;
    // Ids and references end up in logs and URLs.
    return typeof value === 'string' && /\p{Cc}/u.test(value)
      ? 'must not contain control characters such as line breaks'
      : textProblem(value, max);
  };
}

function digits(min: number, max: number): Check {
  const size = min === max ? `exactly ${min}` : `${min} to ${max}`;
  return matching(new RegExp(`^\\d{${min},${max}}$`), `must be ${size} digits, as a text`);
}

const SNAP_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/;

function snapInstant(given: unknown): unknown {
  if (typeof given === 'string' && SNAP_INSTANT.test(given)) return given;
  const instant = typeof given === 'string' ? parseInstant(given) : given;
  return instant instanceof Date && !Number.isNaN(instant.getTime())
    ? snapTimestamp(instant)
    : given;
}

function webUrl(value: unknown): string | undefined {
  return isWebUrl(value)
    ? undefined
    : 'must be an absolute URL that begins with https:// or http://';
}

function textProblem(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string') return 'must be a text';
  return value.length > max ? `must be at most ${max} characters` : undefined;
}

function matching(pattern: RegExp, otherwise: string): Check {
  return (value) => {
    if (typeof value !== 'string') return 'must be a text';
    return pattern.test(value) ? undefined : otherwise;
  };
}
