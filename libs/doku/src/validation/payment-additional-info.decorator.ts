import { isObject } from '../http/members.js';
import { isWebUrl } from './formats.js';
import { Rule } from './rule.decorator.js';

/** One share of a split settlement (reference non-snap 3.20). */
export interface NonSnapSettlementShare {
  /** Such as `SBA-0001-123123123`. */
  readonly bank_account_settlement_id: string;
  /** Percent of the net amount, or an amount in IDR, as `type` says. */
  readonly value: number | string;
  /** `'PERCENTAGE'`, or whatever DOKU names an amount in your contract. */
  readonly type: string;
}

/**
 * `additional_info` of a non-SNAP payment: an open object of which DOKU documents two members
 * (reference non-snap 3.20, 4.1).
 */
export interface NonSnapPaymentAdditionalInfo {
  readonly settlement?: readonly NonSnapSettlementShare[];
  /** Sends this payment's notifications elsewhere; only the host may differ from the configured URL. */
  readonly override_notification_url?: string;
  readonly [member: string]: unknown;
}

/** An object that may be left out; its documented members must have their documented types. */
export function OptionalPaymentAdditionalInfo(): PropertyDecorator {
  return Rule('optional', (info) => {
    if (!isObject(info)) return 'must be an object';
    const { settlement, override_notification_url: url } = info;
    if (url !== undefined && !isWebUrl(url)) {
      return 'is wrong: override_notification_url must be an absolute URL';
    }
    if (settlement === undefined) return undefined;
    return Array.isArray(settlement) && settlement.every(isShare)
      ? undefined
      : 'is wrong: settlement must be a list of { bank_account_settlement_id, value, type }';
  });
}

function isShare(share: unknown): boolean {
  return (
    isObject(share) &&
    typeof share.bank_account_settlement_id === 'string' &&
    share.bank_account_settlement_id !== '' &&
    (typeof share.value === 'number' || typeof share.value === 'string') &&
    typeof share.type === 'string'
  );
}
