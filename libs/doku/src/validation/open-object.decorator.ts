import { isObject } from '../http/members.js';
import { Rule } from './rule.decorator.js';

/** An object of which DOKU documents no member; it may be left out, and is sent as given. */
export function OptionalOpenObject(): PropertyDecorator {
  return Rule('optional', (value) => (isObject(value) ? undefined : 'must be an object'));
}
