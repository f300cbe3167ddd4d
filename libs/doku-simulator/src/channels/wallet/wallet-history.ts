import { Injectable } from '@nestjs/common';
import { requiredTextAt, textAt } from '../../engine/field-rules.js';
import { SimulatorClock } from '../../engine/simulator-clock.js';
import { createReferenceNo } from '../../snap/reference-numbers.js';
import { SnapError } from '../../snap/snap-error.js';
import { WalletCustomers } from './wallet-customer.js';
import type { JsonObject } from '../../engine/json.js';
import type { SnapAmount } from '../../snap/snap-amount.js';
import type { SnapCall } from '../../snap/snap-operation.js';

const DAY_MS = 24 * 3_600_000;
/** The standard's words, spelt as it spells them (wallet reference 16). */
type TransactionType = 'PAYMENT' | 'REFUND' | 'TOP_UP' | 'DISBURSMENT';
type TransactionStatus = 'INIT' | 'SUCCESS' | 'CLOSED' | 'CANCELLED';

/** A row of the history. */
export interface WalletTransaction {
  readonly clientId: string;
  readonly accountId: string;
  readonly partnerReferenceNo: string;
  readonly referenceNo: string;
  /** As on the wire, in Jakarta's time. */
  readonly dateTime: string;
  readonly type: TransactionType;
  readonly amount: SnapAmount;
  readonly remark: string;
  /** What may change later: of purchases. */
  readonly progress?: () => {
    readonly status: TransactionStatus;
    readonly cancelledTime?: string;
    readonly refundAmount?: SnapAmount;
  };
}

/** What happened in customers' wallets (wallet reference H). */
@Injectable()
export class WalletHistory {
  private readonly transactions: WalletTransaction[] = [];

  constructor(
    private readonly customers: WalletCustomers,
    private readonly clock: SimulatorClock,
  ) {}

  note(transaction: WalletTransaction): void {
    this.transactions.push(transaction);
  }

  list(call: SnapCall): JsonObject {
    const { body } = call;
    const [from, to] = this.readRange(body);
    const size = readSize(body);
    const page = Number(textAt(body, 'pageNumber') ?? 0);
    const rows = this.of(call)
      .filter(({ dateTime }) => Date.parse(dateTime) >= from && Date.parse(dateTime) <= to)
      .reverse();
    return {
      referenceNo: createReferenceNo(),
      partnerReferenceNo: requiredTextAt(body, 'partnerReferenceNo'),
      detailData: rows.slice(page * size, (page + 1) * size).map((row) => ({
        ...describe(row),
        additionalInfo: {
          partnerReferenceNo: row.partnerReferenceNo,
          referenceNo: row.referenceNo,
        },
      })),
      additionalInfo: {},
    };
  }

  get(call: SnapCall): JsonObject {
    const reference = requiredTextAt(call.body, 'originalPartnerReferenceNo');
    const row = this.of(call).findLast((each) => each.partnerReferenceNo === reference);
    if (row === undefined) {
      throw new SnapError(
        404,
        '01',
        `Transaction Not Found: this customer has none with partnerReferenceNo "${reference}".`,
      );
    }
    const { cancelledTime, refundAmount } = row.progress?.() ?? {};
    return {
      referenceNo: row.referenceNo,
      partnerReferenceNo: row.partnerReferenceNo,
      ...describe(row),
      ...(refundAmount !== undefined && { refundAmount }),
      ...(cancelledTime !== undefined && { cancelledTime }),
      additionalInfo: {},
    };
  }

  /** A merchant sees only what went through it. */
  private of(call: SnapCall): WalletTransaction[] {
    const { accountId } = this.customers.of(call).account;
    const { clientId } = call.merchant;
    return this.transactions.filter(
      (each) => each.accountId === accountId && each.clientId === clientId,
    );
  }

  /** At most a month, at most a year back; where a month ends is not documented. */
  private readRange(body: JsonObject): [from: number, to: number] {
    const from = readInstant(body, 'fromDateTime');
    const to = readInstant(body, 'toDateTime');
    if (to < from) throw SnapError.malformed('toDateTime', 'it is before fromDateTime.');
    const longest = Math.max(addMonths(from, 1), from + 31 * DAY_MS);
    if (to > longest) {
      throw SnapError.malformed('toDateTime', 'it is more than a month after fromDateTime.');
    }
    if (from < addMonths(this.clock.wireNow().getTime(), -12) - DAY_MS) {
      throw SnapError.malformed('fromDateTime', 'it is more than a year ago.');
    }
    return [from, to];
  }
}

function describe({ dateTime, amount, remark, type, progress }: WalletTransaction): JsonObject {
  return {
    dateTime,
    amount,
    remark,
    sourceOfFunds: [{ source: 'BALANCE', amount }],
    status: progress?.().status ?? 'SUCCESS',
    type,
  };
}

function readInstant(body: JsonObject, field: string): number {
  const time = Date.parse(requiredTextAt(body, field));
  if (Number.isNaN(time)) throw SnapError.malformed(field, 'there is no such date.');
  return time;
}

function readSize(body: JsonObject): number {
  const size = Number(textAt(body, 'pageSize') ?? 10);
  if (size < 1 || size > 50) throw SnapError.malformed('pageSize', 'it must be from 1 to 50.');
  return size;
}

function addMonths(time: number, months: number): number {
  const date = new Date(time);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.getTime();
}
