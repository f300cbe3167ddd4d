import { checkSwitch } from '../../options/setting.js';
import {
  checkChannelCode,
  checkServiceCode,
  checkSettings,
} from '../snap-direct-debit/channel-settings.js';

/** The operations of `OvoService`. */
export type OvoOperationName =
  'bindAccount' | 'inquireBalance' | 'createPayment' | 'refund' | 'unbindAccount' | 'checkStatus';

/** Settings of OVO. */
export interface OvoOptions {
  /** Replaces the path of an operation, such as `{ checkStatus: '/orders/v2.0/debit/status' }`. */
  readonly paths?: Partial<Record<OvoOperationName, string>>;
  /**
   * Goes into `additionalInfo.channel` of every request.
   * @defaultValue `'EMONEY_OVO_SNAP'`
   */
  readonly channel?: string;
  /**
   * Whether the parts of a payment (`payOptionDetails`) must add up to its amount. Likely, not documented.
   * @defaultValue `true`
   */
  readonly checkPayOptions?: boolean;
  /**
   * `serviceCode` of `checkStatus`, two digits: DOKU's libraries send 55, an integrator of OVO 54
   * (reference snap C14).
   * @defaultValue `'55'`
   */
  readonly statusServiceCode?: string;
}

/** The same, checked and complete. */
export type OvoSettings = ReturnType<typeof resolveOvoOptions>;

const OPTION = 'channels.ovo';

/** @throws DokuConfigurationError that names the option and what to change */
export function resolveOvoOptions(given: OvoOptions = {}) {
  checkSettings(given, ['paths', 'channel', 'checkPayOptions', 'statusServiceCode'], OPTION);
  checkSettings(given.paths, undefined, `${OPTION}.paths`);
  return {
    paths: given.paths ?? {},
    channel: checkChannelCode(given.channel ?? 'EMONEY_OVO_SNAP', `${OPTION}.channel`),
    checkPayOptions: checkSwitch(given.checkPayOptions ?? true, `${OPTION}.checkPayOptions`),
    statusServiceCode: checkServiceCode(
      given.statusServiceCode ?? '55',
      `${OPTION}.statusServiceCode`,
    ),
  } as const;
}
