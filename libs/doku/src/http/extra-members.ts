import { isObject } from './members.js';

/**
 * The body with the caller's extra members merged in deeply. A member that the request already has, and
 * that was therefore validated, may not be overwritten.
 *
 * @returns the merged body, or what is wrong
 */
export function mergeExtraMembers(
  body: Record<string, unknown>,
  extra: unknown,
): { readonly body: Record<string, unknown>; readonly problems: readonly string[] } {
  if (!isObject(extra)) return { body, problems: ['extra must be an object with plain members'] };
  const problems: string[] = [];
  return { body: merge(body, extra, 'extra', problems), problems };
}

function merge(
  body: Record<string, unknown>,
  extra: Record<string, unknown>,
  path: string,
  problems: string[],
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...body };
  for (const [name, value] of Object.entries(extra)) {
    const member = `${path}.${name}`;
    const present = Object.hasOwn(merged, name) ? merged[name] : undefined;
    if (name === '__proto__' || name === 'constructor' || name === 'prototype') {
      problems.push(`${member} is not a name that a member may have`);
    } else if (present === undefined) {
      merged[name] = value;
    } else if (isObject(present) && isObject(value)) {
      merged[name] = merge(present, value, member, problems);
    } else {
      problems.push(`${member} would overwrite a member of the request`);
    }
  }
  return merged;
}
