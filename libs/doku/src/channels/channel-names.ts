import { readMember } from '../http/members.js';

/** DOKU's `channel.id` of a notification, by the name that the channel has here. */
const NAMES: Readonly<Record<string, string>> = {
  DIRECT_DEBIT_CIMB: 'cimb-direct-debit',
};

/** DOKU's `acquirer.id` of a direct-debit notification without a channel id (reference non-snap 4.2). */
const NAMES_BY_ACQUIRER: Readonly<Record<string, string>> = {
  CIMB: 'cimb-direct-debit',
};

/**
 * The channel of a notification: our name of it, or DOKU's own id for a channel without a service here,
 * or `'unknown'` when it tells none.
 */
export function channelOfNotification(payload: unknown): string {
  const channel = readMember(payload, ['channel', 'id']);
  if (typeof channel === 'string' && channel !== '') {
    return lookUp(NAMES, channel) ?? channel;
  }
  const acquirer = readMember(payload, ['acquirer', 'id']);
  const service = readMember(payload, ['service', 'id']);
  const isDirectDebit = service === 'DIRECT_DEBIT' && typeof acquirer === 'string';
  return (isDirectDebit ? lookUp(NAMES_BY_ACQUIRER, acquirer) : undefined) ?? 'unknown';
}

function lookUp(names: Readonly<Record<string, string>>, id: string): string | undefined {
  return Object.hasOwn(names, id) ? names[id] : undefined;
}
