import type { SnapHeaderRules } from '../../http/doku-operation.js';
import { DokuConfigurationError } from '../../errors/doku-configuration.error.js';
import { checkSettings, checkText } from './channel-settings.js';

/** The header `CHANNEL-ID` of a payment. */
export interface ChannelIdOption {
  /**
   * Its name; some of DOKU's libraries send `X-CHANNEL-ID` (reference snap C9).
   * @defaultValue `'CHANNEL-ID'`
   */
  readonly header?: string;
  /**
   * `DH`: DOKU shows the page; `H2H`: host to host; `false`: the header is left out.
   * @defaultValue `'DH'`
   */
  readonly value?: 'DH' | 'H2H' | (string & {}) | false;
}

/** Headers that every call has, or that the library sets by other rules. */
const TAKEN = new Set([
  'accept',
  'authorization',
  'authorization-customer',
  'connection',
  'content-length',
  'content-type',
  'host',
  'transfer-encoding',
  'user-agent',
  'x-client-key',
  'x-device-id',
  'x-external-id',
  'x-ip-address',
  'x-partner-id',
  'x-signature',
  'x-timestamp',
]);

/** @throws DokuConfigurationError that names the option and what to change */
export function channelIdHeader(
  given: ChannelIdOption = {},
  defaultValue: string | false,
  option: string,
): Pick<SnapHeaderRules, 'channelId'> {
  checkSettings(given, ['header', 'value'], option);
  const { header = 'CHANNEL-ID', value = defaultValue } = given;
  const name = checkText(
    header,
    /^[A-Za-z][A-Za-z0-9-]{0,63}$/,
    `${option}.header`,
    'is not the name of a header',
    'Give letters, digits and "-", such as "X-CHANNEL-ID".',
  );
  if (TAKEN.has(name.toLowerCase())) {
    throw new DokuConfigurationError(
      'is a header that the library itself sends',
      `${option}.header`,
      'Use "CHANNEL-ID" or "X-CHANNEL-ID".',
    );
  }
  if (value === false) return {};
  return {
    channelId: {
      name,
      value: checkText(
        value,
        /^[\x21-\x7e]{1,64}$/,
        `${option}.value`,
        'cannot be sent in a header',
        'Use "DH", "H2H", or false to leave the header out.',
      ),
    },
  };
}
