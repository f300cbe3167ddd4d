import { checkChoice, checkSwitch } from '../../options/setting.js';
import {
  checkChannelCode,
  checkServiceCode,
  checkSettings,
} from '../snap-direct-debit/channel-settings.js';
import { channelIdHeader, type ChannelIdOption } from '../snap-direct-debit/channel-id-header.js';
import type { ReferenceRule } from '../snap-direct-debit/references.rule.js';

/** The operations of `AlloDirectDebitService`. */
export type AlloOperationName =
  'bindAccount' | 'inquireBalance' | 'createPayment' | 'refund' | 'unbindAccount' | 'checkStatus';

/** Settings of Allo Bank direct debit. */
export interface AlloDirectDebitOptions {
  /** Replaces the path of an operation, such as `{ checkStatus: '/orders/v2.0/debit/status' }`. */
  readonly paths?: Partial<Record<AlloOperationName, string>>;
  /**
   * Goes into `additionalInfo.channel` of every request.
   * @defaultValue `'DIRECT_DEBIT_ALLO_SNAP'`
   */
  readonly channel?: string;
  /** Header of a payment that says who shows the customer a page (reference snap 5, C9). */
  readonly channelId?: ChannelIdOption;
  /**
   * `'lenient'` takes a `partnerReferenceNo` of 1 to 64 characters and warns once where it is not what DOKU's
   * documents ask for; `'strict'` takes only that, 32 to 64 letters and digits (reference snap C4).
   * @defaultValue `'lenient'`
   */
  readonly references?: ReferenceRule;
  /**
   * Whether the parts of a payment (`payOptionDetails`) must add up to its amount. Likely, not documented.
   * @defaultValue `true`
   */
  readonly checkPayOptions?: boolean;
  /**
   * `serviceCode` of `checkStatus`, two digits: DOKU's libraries send 55, another integrator 54
   * (reference snap C14).
   * @defaultValue `'55'`
   */
  readonly statusServiceCode?: string;
}

/** The same, checked and complete. */
export type AlloSettings = ReturnType<typeof resolveAlloOptions>;

const OPTION = 'channels.alloDirectDebit';

/** @throws DokuConfigurationError that names the option and what to change */
export function resolveAlloOptions(given: AlloDirectDebitOptions = {}) {
  checkSettings(
    given,
    ['paths', 'channel', 'channelId', 'references', 'checkPayOptions', 'statusServiceCode'],
    OPTION,
  );
  checkSettings(given.paths, undefined, `${OPTION}.paths`);
  return {
    paths: given.paths ?? {},
    channel: checkChannelCode(given.channel ?? 'DIRECT_DEBIT_ALLO_SNAP', `${OPTION}.channel`),
    channelId: channelIdHeader(given.channelId, 'DH', `${OPTION}.channelId`),
    references: checkChoice(
      given.references ?? 'lenient',
      ['lenient', 'strict'],
      `${OPTION}.references`,
    ),
    checkPayOptions: checkSwitch(given.checkPayOptions ?? true, `${OPTION}.checkPayOptions`),
    statusServiceCode: checkServiceCode(
      given.statusServiceCode ?? '55',
      `${OPTION}.statusServiceCode`,
    ),
  } as const;
}
