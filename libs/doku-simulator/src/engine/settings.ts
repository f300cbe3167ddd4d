import { Injectable } from '@nestjs/common';

export const CUSTOMER_TOKEN_EXPIRIES = ['instant', 'seconds', 'missing'] as const;
export const EXPIRES_IN_FORMS = ['number', 'string', 'missing'] as const;
export const ALLO_SPELLINGS = ['java', 'node'] as const;
export const REFUND_SUCCESS_CODES = ['2000700', '2005800'] as const;
export const KKI_CONFIRMATIONS = ['auto', 'manual'] as const;
export const WALLET_CONFIRMATIONS = ['manual', 'auto'] as const;
export const WALLET_SPELLINGS = ['sdk', 'standard'] as const;
export const NOTIFICATION_TOKENS = ['fetch-each', 'keep'] as const;
export const SNAP_SIGNATURES = ['symmetric', 'asymmetric'] as const;

export interface KkiMembers {
  readonly cpan: string;
  readonly otp: string;
  readonly token: string;
}

/** Switches that can be changed while the simulator runs. */
export interface SimulatorSettings {
  /**
   * Whether a repeated Request-Id, X-EXTERNAL-ID or reference of a wallet's transaction is noticed;
   * off, all is processed again.
   */
  readonly idempotency: boolean;
  /** Whether notifications are sent; off, they are kept as `held`. */
  readonly notifications: boolean;
  /** Whether a refund causes a notification; DOKU documents neither way. */
  readonly notifyRefunds: boolean;
  /** Whether the sum of the line items must equal the amount (reference 3.19 no. 9). */
  readonly checkLineItems: boolean;
  /** How far timestamps of calls may be from real time plus skew; DOKU documents no limit. */
  readonly timestampToleranceMs: number;
  /** Life of SNAP tokens, on the virtual clock (snap reference 2.3). */
  readonly tokenLifeSeconds: number;
  /** Whether a new token ends the ones before it, of the same merchant or customer. */
  readonly newestTokenWins: boolean;
  /** How a customer's token tells its end; not documented (snap reference 2.2). */
  readonly customerTokenExpiry: (typeof CUSTOMER_TOKEN_EXPIRIES)[number];
  /** How a merchant's token tells its life; both types are seen (snap reference C16). */
  readonly expiresInAs: (typeof EXPIRES_IN_FORMS)[number];
  /** Whether `Authorization-Customer` may come without `Bearer` (snap reference C8). */
  readonly bareCustomerToken: boolean;
  /** Whether the end of a binding causes a notification (snap reference 12.6). */
  readonly notifyBindings: boolean;
  /** Whose spelling Allo's answers have where DOKU's libraries differ (C15, C19). */
  readonly alloSpelling: (typeof ALLO_SPELLINGS)[number];
  /** DOKU's samples show the first, the standard asks for the second (C6). */
  readonly refundSuccessCode: (typeof REFUND_SUCCESS_CODES)[number];
  /** Names of KKI's members, which DOKU does not document (C34). */
  readonly kkiMembers: KkiMembers;
  /** `additionalInfo.channel` of KKI, which DOKU does not document. */
  readonly kkiChannel: string;
  /** Whether KKI's customers confirm at once, or by hand through the JSON API. */
  readonly kkiConfirmation: (typeof KKI_CONFIRMATIONS)[number];
  /** Whether wallet purchases wait for the PIN page, or are paid as soon as the answer has left. */
  readonly walletConfirmation: (typeof WALLET_CONFIRMATIONS)[number];
  /** Names of the PIN page's address, where DOKU's SDKs and the standard differ (wallet reference 3). */
  readonly walletSpelling: (typeof WALLET_SPELLINGS)[number];
  /** Whether each delivery of a SNAP notification asks for a token, or only the first. */
  readonly notificationToken: (typeof NOTIFICATION_TOKENS)[number];
  /** How SNAP notifications are signed (snap reference 3.2 and 3.3). */
  readonly snapNotificationSignature: (typeof SNAP_SIGNATURES)[number];
  /** How long a merchant may take to answer a notification, in real time; not documented. */
  readonly notificationTimeoutMs: number;
}

const DEFAULT_SETTINGS: SimulatorSettings = {
  idempotency: true,
  notifications: true,
  notifyRefunds: true,
  checkLineItems: true,
  timestampToleranceMs: 300_000,
  tokenLifeSeconds: 900,
  newestTokenWins: true,
  customerTokenExpiry: 'instant',
  expiresInAs: 'number',
  bareCustomerToken: false,
  notifyBindings: true,
  alloSpelling: 'java',
  refundSuccessCode: '2000700',
  kkiMembers: { cpan: 'cpan', otp: 'otp', token: 'bankCardToken' },
  kkiChannel: 'KARTU_KREDIT_INDONESIA',
  kkiConfirmation: 'auto',
  walletConfirmation: 'manual',
  walletSpelling: 'sdk',
  notificationToken: 'fetch-each',
  snapNotificationSignature: 'symmetric',
  notificationTimeoutMs: 10_000,
};

/** Holds the settings in force. */
@Injectable()
export class Settings {
  private values = DEFAULT_SETTINGS;

  get current(): SimulatorSettings {
    return this.values;
  }

  change(changes: Partial<SimulatorSettings>): SimulatorSettings {
    this.values = { ...this.values, ...changes };
    return this.values;
  }
}
