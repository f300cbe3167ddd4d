import { DokuConfigurationError } from '../../errors/doku-configuration.error.js';
import { checkChoice } from '../../options/setting.js';
import type { ChannelCode } from '../snap-direct-debit/channel-code.js';
import {
  checkChannelCode,
  checkServiceCode,
  checkSettings,
  checkText,
} from '../snap-direct-debit/channel-settings.js';
import type { ReferenceRule } from '../snap-direct-debit/references.rule.js';

/** The operations of `KkiService`. */
export type KkiOperationName = 'createPayment' | 'refund' | 'checkStatus';

/** Names that the customer's credentials have on the wire. */
export interface KkiMemberNames {
  /** @defaultValue `'cpan'`, a guess */
  readonly cpan?: string;
  /** @defaultValue `'otp'`, as in the SNAP standard */
  readonly otp?: string;
  /** @defaultValue `'bankCardToken'`, as on an older page of DOKU */
  readonly token?: string;
}

/** Settings of KKI. DOKU documents little of it, so that what it may tell you can be set (reference snap 10). */
export interface KkiOptions {
  /** Replaces the path of an operation, such as `{ createPayment: '/direct-debit/core/v2/pay' }`. */
  readonly paths?: Partial<Record<KkiOperationName, string>>;
  /**
   * Goes into `additionalInfo.channel` of every request; `false` leaves it out. Not documented for SNAP.
   * @defaultValue `'KARTU_KREDIT_INDONESIA'`, its name in DOKU Checkout
   */
  readonly channel?: ChannelCode;
  /** Names on the wire, which DOKU does not document. */
  readonly members?: KkiMemberNames;
  /**
   * How CPAN and OTP are written: as JSON strings, or as bare JSON numbers, as an example of DOKU has them
   * (reference snap C34). A number cannot begin with 0, so such a CPAN or OTP is then refused before it is sent.
   * @defaultValue `'string'`
   */
  readonly digitsAs?: 'string' | 'number';
  /**
   * `'strict'`: `partnerReferenceNo` of exactly 32 letters and digits, `partnerRefundNo` of at most 12
   * characters. `'lenient'`: 1 to 32, and 1 to 64 characters (reference snap C11, C5).
   * @defaultValue `'strict'`
   */
  readonly references?: ReferenceRule;
  /**
   * `serviceCode` of `checkStatus`, two digits (reference snap C14).
   * @defaultValue `'55'`
   */
  readonly statusServiceCode?: string;
}

/** The same, checked and complete. */
export type KkiSettings = ReturnType<typeof resolveKkiOptions>;

const OPTION = 'channels.kki';

/** @throws DokuConfigurationError that names the option and what to change */
export function resolveKkiOptions(given: KkiOptions = {}) {
  checkSettings(
    given,
    ['paths', 'channel', 'members', 'digitsAs', 'references', 'statusServiceCode'],
    OPTION,
  );
  checkSettings(given.paths, undefined, `${OPTION}.paths`);
  const { channel = 'KARTU_KREDIT_INDONESIA' } = given;
  return {
    paths: given.paths ?? {},
    channel: channel === false ? channel : checkChannelCode(channel, `${OPTION}.channel`),
    members: resolveMemberNames(given.members),
    digitsAs: checkChoice(given.digitsAs ?? 'string', ['string', 'number'], `${OPTION}.digitsAs`),
    references: checkChoice(
      given.references ?? 'strict',
      ['strict', 'lenient'],
      `${OPTION}.references`,
    ),
    statusServiceCode: checkServiceCode(
      given.statusServiceCode ?? '55',
      `${OPTION}.statusServiceCode`,
    ),
  } as const;
}

function resolveMemberNames(given: KkiMemberNames = {}): Required<KkiMemberNames> {
  checkSettings(given, ['cpan', 'otp', 'token'], `${OPTION}.members`);
  const names = {
    cpan: given.cpan ?? 'cpan',
    otp: given.otp ?? 'otp',
    token: given.token ?? 'bankCardToken',
  };
  const taken = new Set(['partnerReferenceNo', 'amount', 'additionalInfo']);
  for (const [member, name] of Object.entries(names)) {
    const option = `${OPTION}.members.${member}`;
    checkText(
      name,
      /^(?!(constructor|prototype)$)[A-Za-z][A-Za-z0-9_]{0,63}$/,
      option,
      'is not the name of a member',
      'Give letters, digits and "_", such as "customerPan".',
    );
    if (taken.has(name)) {
      throw new DokuConfigurationError(
        `is "${name}", which another member of the payment is called`,
        option,
        'Give each its own name.',
      );
    }
    taken.add(name);
  }
  return names;
}
