import { isObject } from '../http/members.js';

const REDACTED = '[redacted]';

/** DOKU chooses the nesting, and the stack is ours. A notification has about 4 levels. */
const MAX_DEPTH = 16;

/** Members that may be shown: `'plain'` is shown itself, an object names the members in it. */
interface Known {
  readonly [name: string]: 'plain' | Known;
}

const AMOUNT: Known = { value: 'plain', currency: 'plain' };
const LINE_ITEMS: Known = { price: 'plain', quantity: 'plain' };

/** Of both schemes (reference non-snap 4.2, snap 12.5 and 12.6). */
const PAYLOAD: Known = {
  service: { id: 'plain' },
  acquirer: { id: 'plain' },
  channel: { id: 'plain' },
  transaction: { status: 'plain', date: 'plain', original_request_id: 'plain' },
  order: { invoice_number: 'plain', amount: 'plain', currency: 'plain' },
  payment: { payment_id: 'plain' },
  refund: { amount: 'plain' },
  originalPartnerReferenceNo: 'plain',
  originalReferenceNo: 'plain',
  originalExternalId: 'plain',
  latestTransactionStatus: 'plain',
  partnerRefundNo: 'plain',
  refundNo: 'plain',
  amount: AMOUNT,
  refundAmount: AMOUNT,
  lineItems: LINE_ITEMS,
  additionalInfo: {
    channelId: 'plain',
    channel: 'plain',
    acquirerId: 'plain',
    custIdMerchant: 'plain',
    status: 'plain',
    accountStatus: 'plain',
    lineItems: LINE_ITEMS,
  },
};

const EVENT: Known = {
  id: 'plain',
  type: 'plain',
  source: 'plain',
  channel: 'plain',
  merchant: 'plain',
  reference: 'plain',
  dokuReference: 'plain',
  status: 'plain',
  occurredAt: 'plain',
  receivedAt: 'plain',
  amount: AMOUNT,
  delivery: { attempt: 'plain', transportId: 'plain' },
  conflict: { eventId: 'plain', firstAmount: 'plain' },
  payload: PAYLOAD,
};

/**
 * A queued event as a person may see it. Only what is known to be an id, a status, an amount, an instant or a
 * reference is shown; every other text and number is hidden, whatever its name, since DOKU may add members with
 * tokens, OTPs, cards, names, phones or e-mails at any time.
 */
export function redactedEvent(event: unknown): unknown {
  return redacted(event, EVENT, 0);
}

function redacted(value: unknown, known: 'plain' | Known, depth: number): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (depth > MAX_DEPTH) return REDACTED;
  if (Array.isArray(value)) {
    // In a list, only members of its elements are known.
    const inElements = known === 'plain' ? {} : known;
    return value.map((element) => redacted(element, inElements, depth + 1));
  }
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        isName(name) ? name : REDACTED,
        redacted(member, known === 'plain' ? {} : (known[name] ?? {}), depth + 1),
      ]),
    );
  }
  return known === 'plain' && isPlain(value) ? value : REDACTED;
}

/** What looks like the name of a member, not like a key into a table of customers or cards. */
function isName(text: string): boolean {
  return /^[A-Za-z_-]{1,40}\d{0,2}$/.test(text);
}

function isPlain(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^[ -~]{0,128}$/.test(value));
}
