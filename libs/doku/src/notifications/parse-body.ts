/** A body's JSON; `undefined` when it is none. Wrapped, since `null` is JSON as well. */
export function parseBody(body: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(body.toString('utf8')) as unknown };
  } catch {
    return undefined;
  }
}
