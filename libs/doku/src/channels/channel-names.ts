import { readMember } from '../http/members.js';

/** DOKU's channel code in a notification, by the name that the channel has here. */
const NAMES: Readonly<Record<string, string>> = {
  DIRECT_DEBIT_CIMB: 'cimb-direct-debit',
  DIRECT_DEBIT_ALLO_SNAP: 'allo-direct-debit',
  // What DOKU calls it where it documents a code; on SNAP it documents none (reference snap 10).
  KARTU_KREDIT_INDONESIA: 'kki',
};

/** DOKU's `acquirer.id` of a direct-debit notification without a channel id (reference non-snap 4.2). */
const NAMES_BY_ACQUIRER: Readonly<Record<string, string>> = {
  CIMB: 'cimb-direct-debit',
};

/**
 * The channel of a non-SNAP notification: our name of it, or DOKU's own id for a channel without a service
 * here, or `'unknown'` when it tells none.
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

/** {@link channelOfNotification} for SNAP, where two members may hold it (reference snap C17). */
export function channelOfSnapNotification(payload: unknown): string {
  const codes = ['channelId', 'channel']
    .map((member) => readMember(payload, ['additionalInfo', member]))
    .filter(isChannelCode);
  const [code = 'unknown'] = codes;
  return lookUp(NAMES, code) ?? code;
}

/** In a binding, `channelId` is where the customer came from: `app` or `web` (reference snap 9.1). */
function isChannelCode(code: unknown): code is string {
  return typeof code === 'string' && !['', 'app', 'web'].includes(code);
}

function lookUp(names: Readonly<Record<string, string>>, id: string): string | undefined {
  return Object.hasOwn(names, id) ? names[id] : undefined;
}
