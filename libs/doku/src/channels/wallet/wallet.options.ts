import { DokuConfigurationError } from '../../errors/doku-configuration.error.js';
import type { SnapHeaderRules } from '../../http/doku-operation.js';
import { checkChoice } from '../../options/setting.js';
import { channelIdHeader, type ChannelIdOption } from '../snap-direct-debit/channel-id-header.js';
import {
  checkServiceCode,
  checkSettings,
  checkText,
} from '../snap-direct-debit/channel-settings.js';

const DEFAULT_LEVELS = {
  createAccount: 'b2b',
  verifyOtp: 'b2b',
  bindAccount: 'b2b',
  inquireAccount: 'b2b',
  unbindAccount: 'b2b',
  inquireBalance: 'b2b2c',
  inquireBankAccount: 'b2b2c',
  transferToBank: 'b2b2c',
  inquireTopUpAccount: 'b2b2c',
  topUp: 'b2b2c',
  queryTopUp: 'b2b2c',
  purchase: 'b2b2c',
  queryPurchase: 'b2b2c',
  cancelPurchase: 'b2b2c',
  refundPurchase: 'b2b2c',
  listTransactions: 'b2b2c',
  getTransaction: 'b2b2c',
} as const satisfies Record<string, WalletTokenLevel>;

/** The operations of `DokuWalletService`. */
export type WalletOperationName = keyof typeof DEFAULT_LEVELS;

/** Which tokens a call carries: the merchant's alone, or also the customer's (option `customer` of the call). */
export type WalletTokenLevel = 'b2b' | 'b2b2c';

/** A member of a purchase and what it holds. */
export interface WalletPurchaseMark {
  /** @defaultValue `'merchantId'`, a guess */
  readonly member?: string;
  /** @defaultValue `'DOKU'` */
  readonly value?: string;
}

/** Settings of DOKU Wallet. What DOKU does not document can be set (reference wallet K). */
export interface DokuWalletOptions {
  /**
   * Replaces the path of an operation, such as `{ topUp: '/snap-adapter/b2b2c/v1.1/emoney/topup' }`. Ten of
   * DOKU's eighteen paths are missing from its document (reference wallet A.1).
   */
  readonly paths?: Partial<Record<WalletOperationName, string>>;
  /**
   * Replaces the token level of an operation. DOKU's Android SDK makes `inquireBankAccount` with `'b2b'`, on
   * the path `/snap-adapter/b2b/v1.0/emoney/bank-account-inquiry`.
   * @defaultValue `'b2b'` from `createAccount` to `unbindAccount`, else `'b2b2c'`
   */
  readonly tokenLevels?: Partial<Record<WalletOperationName, WalletTokenLevel>>;
  /**
   * Header `CHANNEL-ID` of every call: mandatory in the SNAP standard, absent from DOKU's wallet documents.
   * Sent only with a `value`, such as `{ value: 'H2H' }`.
   */
  readonly channelId?: ChannelIdOption;
  /**
   * `serviceCode` of `queryTopUp`, two digits. DOKU's document gives none; 38 is the top-up in the SNAP standard.
   * @defaultValue `'38'`
   */
  readonly topUpServiceCode?: string;
  /**
   * `serviceCode` of `queryPurchase`, two digits: 17 in DOKU's document, 54 in the SNAP standard, 55 in DOKU's
   * library for direct debit (reference wallet 13).
   * @defaultValue `'17'`
   */
  readonly purchaseServiceCode?: string;
  /**
   * DOKU's document has a member of a purchase whose name got lost, only its default `DOKU` is left. `false`
   * leaves it out. Unconfirmed (reference wallet 12).
   */
  readonly purchaseMark?: WalletPurchaseMark | false;
}

/** The same, checked and complete. */
export interface WalletSettings {
  readonly paths: Partial<Record<WalletOperationName, string>>;
  readonly tokenLevels: Readonly<Record<WalletOperationName, WalletTokenLevel>>;
  readonly headers: SnapHeaderRules;
  readonly topUpServiceCode: string;
  readonly purchaseServiceCode: string;
  /** Members that a purchase gets unless it has them. */
  readonly purchaseMark: Readonly<Record<string, string>>;
}

const OPTION = 'channels.wallet';

/** @throws DokuConfigurationError that names the option and what to change */
export function resolveWalletOptions(given: DokuWalletOptions = {}): WalletSettings {
  checkSettings(
    given,
    [
      'paths',
      'tokenLevels',
      'channelId',
      'topUpServiceCode',
      'purchaseServiceCode',
      'purchaseMark',
    ],
    OPTION,
  );
  checkSettings(given.paths, undefined, `${OPTION}.paths`);
  return {
    paths: given.paths ?? {},
    tokenLevels: { ...DEFAULT_LEVELS, ...resolveLevels(given.tokenLevels) },
    headers: channelIdHeader(given.channelId, false, `${OPTION}.channelId`),
    topUpServiceCode: checkServiceCode(
      given.topUpServiceCode ?? '38',
      `${OPTION}.topUpServiceCode`,
    ),
    purchaseServiceCode: checkServiceCode(
      given.purchaseServiceCode ?? '17',
      `${OPTION}.purchaseServiceCode`,
    ),
    purchaseMark: resolvePurchaseMark(given.purchaseMark),
  };
}

function resolveLevels(
  given: DokuWalletOptions['tokenLevels'] = {},
): Partial<Record<WalletOperationName, WalletTokenLevel>> {
  const option = `${OPTION}.tokenLevels`;
  checkSettings(given, Object.keys(DEFAULT_LEVELS), option);
  const levels = Object.entries(given).filter(([, level]) => (level as unknown) !== undefined);
  for (const [name, level] of levels) checkChoice(level, ['b2b', 'b2b2c'], `${option}.${name}`);
  return Object.fromEntries(levels);
}

/** Members of a purchase that hold something else. */
const TAKEN = ['partnerReferenceNo', 'amount', 'urlParams', 'payOptionDetails', 'additionalInfo'];

function resolvePurchaseMark(
  given: WalletPurchaseMark | false = {},
): Readonly<Record<string, string>> {
  if (given === false) return {};
  const option = `${OPTION}.purchaseMark`;
  checkSettings(given, ['member', 'value'], option);
  const member = checkText(
    given.member ?? 'merchantId',
    /^(?!(constructor|prototype)$)[A-Za-z][A-Za-z0-9_]{0,63}$/,
    `${option}.member`,
    'is not the name of a member',
    'Give letters, digits and "_", such as "terminalId".',
  );
  if (TAKEN.includes(member)) {
    throw new DokuConfigurationError(
      `is "${member}", which holds something else`,
      `${option}.member`,
      'Give another name, such as "terminalId".',
    );
  }
  const value = checkText(
    given.value ?? 'DOKU',
    /^[\x21-\x7e]{1,64}$/,
    `${option}.value`,
    'cannot be sent',
    'Give 1 to 64 characters without blanks, such as "DOKU".',
  );
  return { [member]: value };
}
