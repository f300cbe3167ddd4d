import { isExistingDate, isWebUrl } from './formats.js';
import type { Check } from './request-shape.js';
import { Rule } from './rule.decorator.js';

/** A text that must be there, of 1 to `max` characters. */
export function MandatoryText(max: number): PropertyDecorator {
  return Rule('mandatory', (value) => {
    if (value === '') return `must be 1 to ${max} characters`;
    // Ids and references end up in logs and URLs.
    return typeof value === 'string' && /\p{Cc}/u.test(value)
      ? 'must not contain control characters such as line breaks'
      : textProblem(value, max);
  });
}

/** A text that may be left out; of at most `max` characters where DOKU states a limit. */
export function OptionalText(max = Infinity): PropertyDecorator {
  return Rule('optional', (value) => textProblem(value, max));
}

/** A phone number: digits only, calling code first (`6281122334455`), at most 20. */
export function PhoneNumber(presence: 'mandatory' | 'optional'): PropertyDecorator {
  return Rule(
    presence,
    matching(/^\d{1,20}$/, 'must be 1 to 20 digits, calling code first, such as 6281122334455'),
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

/** An absolute `http:` or `https:` URL. */
export function OptionalWebUrl(): PropertyDecorator {
  return Rule('optional', (value) =>
    isWebUrl(value) ? undefined : 'must be an absolute URL that begins with https:// or http://',
  );
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
