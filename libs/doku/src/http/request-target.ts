import { isObject } from './members.js';

/**
 * The path to call, with `{member}` filled in, or what is wrong with it. Whatever the caller puts into a
 * path, it stays a path below the configured host: no scheme, no host, no query, no `..`.
 */
export function requestTarget(
  path: string,
  request: unknown,
): { readonly target: string } | { readonly problem: string } {
  const members = isObject(request) ? request : {};
  let problem: string | undefined;
  const target = path.replace(/\{(\w+)\}/g, (_placeholder, name: string) => {
    const value = members[name];
    if (typeof value !== 'string' || value === '' || value === '.' || value === '..') {
      problem = `${name} must be a non-empty text that can stand in a path`;
      return '';
    }
    if (!value.isWellFormed()) {
      problem = `${name} must not contain half of a surrogate pair`;
      return '';
    }
    return encodeURIComponent(value);
  });
  if (problem !== undefined) return { problem };
  if (!/^(\/[\w.~!$&'()*+,;=:@%-]+)+$/.test(target) || /\/(\.|%2e){1,2}(\/|$)/i.test(target)) {
    return {
      problem:
        'path must begin with one "/" and hold plain segments: no host, no "..", no query, no blanks',
    };
  }
  return { target };
}
