/* global crypto */

/** Everything the page knows; panels read it, `shop.js` changes it. */
export const state = {
  products: [],
  productId: undefined,
  /** How to pay: an id of `METHODS`. */
  method: 'cimb',
  /** Saved cards by bank; `saved` is `undefined` until the bank has told, `chosen` an id. */
  cards: {
    cimb: { saved: undefined, chosen: undefined, problem: undefined },
    bri: { saved: undefined, chosen: undefined, problem: undefined },
  },
  /** `{ registration, otpRules }` of BRI; `undefined` until the shop has told. */
  bri: undefined,
  /** The customer's Allo account; `undefined` until the shop has told. */
  allo: undefined,
  alloProblem: undefined,
  /** By reference, oldest first. */
  orders: new Map(),
  events: [],
  /** The order in the checkout panel. */
  activeReference: undefined,
  draftId: newDraftId(),
  /** Names of what is under way. */
  busy: new Set(),
  /** Trouble with the active order: `{ code, message }`. */
  problem: undefined,
  /** What the last look at the bank brought: `{ message, next }`. */
  hint: undefined,
  /** Trouble with a refund, by reference. */
  refundProblems: new Map(),
  /** The order whose refund form is open. */
  refunding: undefined,
  /** What has been typed and not been sent, so that drawing a panel again keeps it. */
  otp: '',
  /** Card number and code of a KKI card, until they are sent. Never in a key of `show`. */
  kki: { cpan: '', 'kki-otp': '' },
  /** The card that is added at BRI, and its code. Neither goes in a key of `show`. */
  briForm: { cardNumber: '', otp: '', problem: undefined, hint: undefined },
  /** Whether a BRI card is charged without a code. */
  withoutCode: false,
  /** The customer's DOKU Wallet; `undefined` until the shop has told. */
  wallet: undefined,
  walletProblem: undefined,
  /** Opening it. What was typed is in no key of `show`. */
  walletForm: {
    owner: { name: 'Budi Santoso', mobilePhone: '0812 3456 7890', email: 'budi@example.com' },
    otp: '',
    problem: undefined,
    hint: undefined,
  },
  /** By kind of movement: what is being filled in, and the movement that is shown. */
  moves: {
    'top-up': { form: { amount: '50000' }, shown: undefined, problem: undefined, hint: undefined },
    transfer: {
      form: { bankCode: '014', accountNumber: '', amount: '25000' },
      shown: undefined,
      problem: undefined,
      hint: undefined,
    },
  },
  /** How events are delivered; `undefined` until the shop has told. */
  delivery: undefined,
  /** Dead letters: the list, what is open of it, and trouble by id, of `all` or of `bookkeeping`. */
  desk: {
    letters: [],
    /** Redacted events by the dead letter's id. */
    inspected: new Map(),
    discarding: undefined,
    reason: '',
    problems: new Map(),
  },
  /** One page of what happened in the wallet. */
  history: undefined,
  historyProblem: undefined,
  mobilePhone: '0812 3456 7890',
  refundAmount: undefined,
  isAddingCard: false,
  isAddingBriCard: false,
};

/** Names a purchase, so that the shop opens one order for it however often it is asked. */
export function newDraftId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function activeOrder() {
  return state.orders.get(state.activeReference);
}

export function isLinked() {
  return state.wallet?.state === 'linked';
}

/** Whether an attempt to pay the order is under way, so that product and method are settled. */
export function isUnderWay(order) {
  return (
    order !== undefined &&
    order.status === 'open' &&
    ['otp', 'page', 'confirming', 'unknown'].includes(order.payment?.phase)
  );
}
