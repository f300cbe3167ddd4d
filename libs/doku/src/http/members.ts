/** Where a member stands in a body: names, and `'*'` for every element of a list. */
export type MemberPath = readonly string[];

type Members = Record<string, unknown>;

/** Whether a value is an object with members, not a list. */
export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member at a path without `'*'`, or `undefined`. */
export function readMember(body: unknown, path: MemberPath): unknown {
  let value = body;
  for (const name of path) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/** Whether a member is there and not null, in every element of a list where the path says `'*'`. */
export function hasMember(body: unknown, path: MemberPath): boolean {
  const list = path.indexOf('*');
  if (list < 0) {
    const value = readMember(body, path);
    return value !== undefined && value !== null;
  }
  const elements = list === 0 ? body : readMember(body, path.slice(0, list));
  const rest = path.slice(list + 1);
  return Array.isArray(elements) && elements.every((element) => hasMember(element, rest));
}

/** Replaces, in place, every member that the path leads to. */
export function replaceMembers(
  body: unknown,
  path: MemberPath,
  replace: (value: unknown) => unknown,
  at = 0,
): void {
  const name = path[at];
  if (name === undefined) return;
  if (name === '*') {
    if (!Array.isArray(body)) return;
    for (const element of body) replaceMembers(element, path, replace, at + 1);
    return;
  }
  if (!isObject(body) || !Object.hasOwn(body, name)) return;
  if (at === path.length - 1) body[name] = replace(body[name]);
  else replaceMembers(body[name], path, replace, at + 1);
}
