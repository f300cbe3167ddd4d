import { NumberText } from '../../../validation/number.decorators.js';
import { OptionalOpenObject } from '../../../validation/open-object.decorator.js';
import {
  MandatoryText,
  OptionalIdentifier,
  SnapInstant,
} from '../../../validation/text.decorators.js';

/** Which transactions are wanted: of at most a month, the oldest at most a year old. */
export class WalletTransactionRangeDto {
  /** A `Date`, or ISO 8601 with zone. */
  @SnapInstant('mandatory')
  fromDateTime!: string | Date;

  /** A `Date`, or ISO 8601 with zone. */
  @SnapInstant('mandatory')
  toDateTime!: string | Date;

  /** Rows of a page; the SNAP standard has at most 50. @defaultValue `10` */
  @NumberText(1, 10)
  pageSize?: number | string;

  @OptionalOpenObject()
  additionalInfo?: Readonly<Record<string, unknown>>;
}

/** Request of `listTransactions` (reference wallet 16): one page. */
export class WalletListTransactionsDto extends WalletTransactionRangeDto {
  /** @defaultValue a new one */
  @OptionalIdentifier(64)
  partnerReferenceNo?: string;

  /** The first page is 0. @defaultValue `0` */
  @NumberText(0, 0)
  pageNumber?: number | string;
}

/** Request of `getTransaction` (reference wallet 17). */
export class WalletGetTransactionDto {
  /** `partnerReferenceNo` of a transfer, a top-up or a purchase. */
  @MandatoryText(64)
  originalPartnerReferenceNo!: string;

  @OptionalOpenObject()
  additionalInfo?: Readonly<Record<string, unknown>>;
}
