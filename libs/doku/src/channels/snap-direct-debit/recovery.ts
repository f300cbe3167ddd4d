/** What to do when it is not known whether money moved, for the `fix` of an error (reference snap 14). */
export function askForStatus(service: string): string {
  return `Ask ${service}.checkStatus, not before 60 seconds, or wait for the notification. Use no new reference before the answer is known.`;
}
