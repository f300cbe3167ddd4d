import { isExistingDate, isInstant, isWebUrl } from './formats.js';
import type { Check } from './request-shape.js';
import { type Presence, Rule } from './rule.decorator.js';

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

/** Digits as a text, which may be left out. */
export function OptionalDigits(min: number, max: number): PropertyDecorator {
  const size = min === max ? `exactly ${min}` : `${min} to ${max}`;
  return Rule(
    'optional',
    matching(new RegExp(`^\\d{${min},${max}}$`), `must be ${size} digits, as a text`),
  );
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

/** An absolute `http:` or `https:` URL that must be there. */
export function MandatoryWebUrl(): PropertyDecorator {
  return Rule('mandatory', webUrl);
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
