/** Who has to do something before the same call can succeed. */
export type SnapActor = 'merchant' | 'customer' | 'doku' | 'nobody';

/**
 * What may be done next.
 *
 * - `none`: nothing; the same request will be refused again.
 * - `refresh-token`: fetch a new access token, once. The library does.
 * - `back-off`: the same call again, later.
 * - `check-status`: the outcome is open. Ask for the status before anything is paid or refunded anew.
 * - `customer-action`: the customer has to do something, such as binding the account again.
 */
export type SnapRetry = 'none' | 'refresh-token' | 'back-off' | 'check-status' | 'customer-action';

/** What a SNAP call was for, by the two digits in the middle of its response code. */
export type SnapService =
  | 'card-registration'
  | 'otp-verification'
  | 'card-unbinding'
  | 'account-creation'
  | 'account-binding'
  | 'account-inquiry'
  | 'account-unbinding'
  | 'balance-inquiry'
  | 'history-list'
  | 'history-detail'
  | 'top-up-inquiry'
  | 'top-up'
  | 'top-up-status'
  | 'transfer-inquiry'
  | 'transfer'
  | 'payment'
  | 'status'
  | 'notification'
  | 'cancel'
  | 'refund'
  | 'b2b-token'
  | 'b2b2c-token';

/** A SNAP response code, explained. */
export interface SnapResponseCode {
  /** First three digits. */
  readonly httpStatus: number;
  /** Missing for a service that this library does not know. */
  readonly service?: SnapService;
  /** Last two digits. */
  readonly case: string;
  readonly meaning: string;
  readonly actor: SnapActor;
  readonly retry: SnapRetry;
}

const SERVICES: ReadonlyMap<string, SnapService> = new Map([
  ['01', 'card-registration'],
  ['04', 'otp-verification'],
  ['05', 'card-unbinding'],
  ['06', 'account-creation'],
  ['07', 'account-binding'],
  ['08', 'account-inquiry'],
  ['09', 'account-unbinding'],
  ['11', 'balance-inquiry'],
  ['12', 'history-list'],
  ['13', 'history-detail'],
  ['37', 'top-up-inquiry'],
  ['38', 'top-up'],
  ['39', 'top-up-status'],
  ['42', 'transfer-inquiry'],
  ['43', 'transfer'],
  ['54', 'payment'],
  ['55', 'status'],
  ['56', 'notification'],
  ['57', 'cancel'],
  ['58', 'refund'],
  ['73', 'b2b-token'],
  ['74', 'b2b2c-token'],
]);

/** Services whose repeat moves no money. */
const HARMLESS: ReadonlySet<SnapService | undefined> = new Set<SnapService>([
  'card-registration',
  'card-unbinding',
  'account-binding',
  'account-inquiry',
  'account-unbinding',
  'balance-inquiry',
  'history-list',
  'history-detail',
  'top-up-inquiry',
  'top-up-status',
  'transfer-inquiry',
  'status',
  'b2b-token',
  'b2b2c-token',
]);

/** Services that tell how a transaction stands. */
const STATUS: ReadonlySet<SnapService> = new Set(['status', 'top-up-status', 'history-detail']);

type Entry = readonly [meaning: string, actor: SnapActor, retry: SnapRetry];

/** HTTP status and case → meaning, who must act, what next (reference snap 13). */
const CODES: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  ['200-00', ['done or accepted', 'nobody', 'none']],
  ['202-00', ['still in progress', 'nobody', 'check-status']],

  ['400-00', ['the request cannot be read', 'merchant', 'none']],
  ['400-01', ['a field has a wrong format', 'merchant', 'none']],
  ['400-02', ['a mandatory field is missing', 'merchant', 'none']],
  ['400-03', ['the transaction has succeeded before', 'merchant', 'check-status']],
  ['400-04', ['a parameter is invalid', 'merchant', 'none']],

  ['401-00', ['the signature, the client id or a key is wrong', 'merchant', 'none']],
  ['401-01', ['the B2B token is invalid or has expired', 'merchant', 'refresh-token']],
  // "T, then U": a token that was just refreshed and is refused again means that the account is no longer
  // bound. The library refreshes by itself, so whoever sees this code in an error has the customer bind anew.
  ['401-02', ["the customer's token is invalid or has expired", 'customer', 'refresh-token']],
  ['401-03', ['the B2B token is not known', 'merchant', 'refresh-token']],
  ['401-04', ["the customer's token is not known", 'customer', 'refresh-token']],

  ['403-00', ['the transaction has expired; a new one is needed', 'merchant', 'none']],
  ['403-01', ['the merchant may not use this feature', 'merchant', 'none']],
  // "N/U": the limit stays whatever the customer does about this request; paying less is another request.
  ['403-02', ['the amount exceeds a limit', 'customer', 'none']],
  ['403-03', ['fraud is suspected', 'merchant', 'none']],
  ['403-04', ['it was tried too often', 'merchant', 'back-off']],
  ['403-05', ['the account or its user is not in order', 'customer', 'customer-action']],
  ['403-06', ['the feature is closed at this time', 'nobody', 'back-off']],
  ['403-07', ['the card is blocked', 'customer', 'customer-action']],
  ['403-08', ['the card has expired', 'customer', 'customer-action']],
  ['403-09', ['the account is dormant', 'customer', 'customer-action']],
  ['403-10', ['the customer has to set a limit', 'customer', 'customer-action']],
  ['403-11', ['the OTP is blocked', 'customer', 'customer-action']],
  ['403-12', ['the OTP has expired', 'customer', 'customer-action']],
  ['403-13', ['an OTP was sent to the customer', 'customer', 'customer-action']],
  ['403-14', ['the balance is insufficient', 'customer', 'customer-action']],
  // "U/N": seen for an account that is bound to another customer, or blocked for a while. Only the customer
  // can change either.
  ['403-15', ['the transaction is not permitted', 'customer', 'customer-action']],
  ['403-16', ['the transaction is suspended', 'doku', 'back-off']],
  ['403-17', ["the limit of the customer's token is exceeded", 'customer', 'customer-action']],
  ['403-18', ['the card, account or customer is inactive', 'customer', 'customer-action']],
  ['403-19', ['the merchant is blacklisted', 'merchant', 'none']],
  ['403-20', ['a limit of the merchant is exceeded', 'merchant', 'back-off']],
  ['403-21', ['a limit may not be set', 'merchant', 'none']],
  ['403-22', ["the limit of the customer's token is invalid", 'merchant', 'none']],
  ['403-23', ['a limit of the account is exceeded', 'customer', 'customer-action']],

  ['404-00', ['the transaction is in another state', 'merchant', 'check-status']],
  ['404-01', ['the transaction is not found', 'merchant', 'none']],
  ['404-02', ['the routing is invalid', 'merchant', 'none']],
  ['404-03', ['the bank is not supported', 'merchant', 'none']],
  ['404-04', ['the transaction was cancelled', 'merchant', 'none']],
  ['404-05', ['the merchant is not registered for card registration', 'merchant', 'none']],
  ['404-06', ['an OTP has to be requested', 'customer', 'customer-action']],
  ['404-07', ['the journey is not found', 'merchant', 'none']],
  ['404-08', ['the merchant is invalid', 'merchant', 'none']],
  ['404-09', ['there is no issuer', 'merchant', 'none']],
  ['404-10', ['this step is not possible now', 'merchant', 'none']],
  // "U/N": with the account that was given only the customer can do something.
  ['404-11', ['the card, account or customer is invalid', 'customer', 'customer-action']],
  ['404-12', ['the bill is invalid', 'merchant', 'none']],
  ['404-13', ['the amount is invalid', 'merchant', 'none']],
  ['404-14', ['the bill is paid', 'merchant', 'check-status']],
  ['404-15', ['the OTP is wrong', 'customer', 'customer-action']],
  ['404-16', ['the partner is not found', 'merchant', 'none']],
  ['404-17', ['the terminal is invalid', 'merchant', 'none']],
  ['404-18', ['the reference was used with other content', 'merchant', 'check-status']],
  ['404-19', ['the bill has expired', 'merchant', 'none']],

  ['405-00', ['the function is not supported', 'merchant', 'none']],
  ['405-01', ['the operation is not allowed now', 'merchant', 'none']],

  ['409-00', ['the external id was used before', 'merchant', 'check-status']],
  ['409-01', ['the reference has succeeded before', 'merchant', 'check-status']],

  ['429-00', ['too many requests', 'merchant', 'back-off']],

  ['500-00', ['a general error at DOKU', 'doku', 'check-status']],
  ['500-01', ['an internal error at DOKU', 'doku', 'check-status']],
  ['500-02', ['an error at the bank', 'doku', 'check-status']],
  // An odd pairing that only DOKU's Java library has.
  ['500-13', ['an OTP was sent to the customer', 'customer', 'customer-action']],

  ['504-00', ['the issuer did not answer in time', 'doku', 'check-status']],
]);

/** "S for payment/refund, else B": after these, what moves no money is simply asked again. */
const BACK_OFF_WHEN_HARMLESS: ReadonlySet<string> = new Set(['500-00', '500-01', '500-02']);

/**
 * Explains a 7-digit `responseCode`: HTTP status, service, case. A case that is not known is explained by its
 * HTTP status alone; anything but 7 digits is `undefined`.
 */
export function snapResponseCode(code: string | number): SnapResponseCode | undefined {
  const [, status = '', digits = '', caseCode = ''] =
    /^([1-5]\d{2})(\d{2})(\d{2})$/.exec(String(code)) ?? [];
  if (status === '') return undefined;
  const service = SERVICES.get(digits);
  const key = `${status}-${caseCode}`;
  const [meaning, actor, retry] = CODES.get(key) ?? byStatus(Number(status));
  return {
    httpStatus: Number(status),
    ...(service === undefined ? {} : { service }),
    case: caseCode,
    meaning,
    actor,
    retry: retryOf(key, service) ?? retry,
  };
}

function retryOf(key: string, service: SnapService | undefined): SnapRetry | undefined {
  if (BACK_OFF_WHEN_HARMLESS.has(key) && HARMLESS.has(service)) return 'back-off';
  // "N (status: recheck later)": DOKU may know the payment a little later.
  return key === '404-01' && service !== undefined && STATUS.has(service)
    ? 'check-status'
    : undefined;
}

/** The careful reading of a status alone. */
function byStatus(status: number): Entry {
  if (status === 202) return ['still in progress', 'nobody', 'check-status'];
  if (status >= 200 && status < 300) return ['done or accepted', 'nobody', 'none'];
  if (status === 429) return ['too many requests', 'merchant', 'back-off'];
  if (status >= 400 && status < 500) return [`refused (HTTP ${status})`, 'merchant', 'none'];
  return [`no usable answer (HTTP ${status})`, 'doku', 'check-status'];
}
