/**
 * Whether a text is an absolute http or https URL. Not `URL.canParse` alone: that lets through
 * `http:shop`, and texts with blanks and line breaks, which it drops.
 */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
}

/** An address as a header may carry it: what is not ASCII is percent-encoded. */
export function toHeaderAddress(webAddress: string): string {
  return new URL(webAddress).href;
}

/** An address with members added to its query. */
export function withQuery(webAddress: string, query: Readonly<Record<string, string>>): string {
  const url = new URL(webAddress);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
