/** A line about a request that is refused. It names what was called, never what was sent. */
export function refusalLine(
  cause: string,
  { target, merchant }: { readonly target: string; readonly merchant?: string | undefined },
): string {
  return (
    `refused cause="${cause}" target=${JSON.stringify(target.slice(0, 200))}` +
    (merchant === undefined ? '' : ` merchant=${merchant}`)
  );
}
