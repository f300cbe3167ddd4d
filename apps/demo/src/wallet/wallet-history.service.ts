import { HttpStatus, Injectable } from '@nestjs/common';
import { DokuWalletService, type WalletTransaction } from 'nestjs-doku';

import { isUnknownToDoku } from '../errors/gateway-failure.js';
import { ShopError } from '../errors/shop.error.js';
import { wholeRupiah } from '../orders/rupiah.js';
import type { HistoryPageDto } from './dto/history-page.dto.js';
import { WalletAccountsService } from './wallet-accounts.service.js';

/** For how long pages that were begun can be gone on with. */
const KEPT_MS = 24 * 60 * 60 * 1000;
/** Rows of a page. */
const PAGE_SIZE = 5;
/** DOKU shows a month at once. */
const RANGE_MS = 30 * 24 * 60 * 60 * 1000;
/** DOKU's clock may be ahead: what happened just now is wanted too. */
const CLOCK_DIFFERENCE_MS = 60_000;

/** A row of the history as the page sees it. */
interface HistoryRow {
  /** As DOKU spells it. */
  readonly type: string;
  readonly status: string;
  /** Whole rupiah. */
  readonly amount: number | null;
  readonly remark: string | null;
  readonly dateTime: string | null;
}

export interface HistoryPage {
  readonly rows: readonly HistoryRow[];
  readonly page: number;
  /** Where the history of all these pages ends; give it back, so that what happens meanwhile shifts none. */
  readonly until: string;
  /** Whether there may be another page. */
  readonly hasMore: boolean;
}

/** What happened in a customer's wallet through this shop. */
@Injectable()
export class WalletHistory {
  constructor(
    private readonly wallet: DokuWalletService,
    private readonly accounts: WalletAccountsService,
  ) {}

  async page(customerId: string, { page = 0, until }: HistoryPageDto): Promise<HistoryPage> {
    const end = until === undefined ? new Date(Date.now() + CLOCK_DIFFERENCE_MS) : endOf(until);
    const found = await this.find(customerId, end, page);
    return {
      rows: found.map(({ type, status, amount, remark, dateTime }) => ({
        type: type ?? 'UNKNOWN',
        status,
        amount: wholeRupiah(amount?.value) ?? null,
        remark: remark ?? null,
        dateTime: dateTime ?? null,
      })),
      page,
      until: end.toISOString(),
      hasMore: found.length === PAGE_SIZE,
    };
  }

  private async find(
    customerId: string,
    end: Date,
    pageNumber: number,
  ): Promise<readonly WalletTransaction[]> {
    const wanted = {
      fromDateTime: new Date(end.getTime() - RANGE_MS),
      toDateTime: end,
      pageSize: PAGE_SIZE,
      pageNumber,
    };
    try {
      const { detailData } = await this.accounts.call(customerId, (options) =>
        this.wallet.listTransactions(wanted, options),
      );
      return detailData;
    } catch (error) {
      // So DOKU may say that there is nothing on this page.
      if (isUnknownToDoku(error)) return [];
      throw error;
    }
  }
}

function endOf(until: string): Date {
  const end = new Date(until);
  const age = Date.now() - end.getTime();
  // There is no age of an instant that there is not.
  if (age <= KEPT_MS && age >= -CLOCK_DIFFERENCE_MS) return end;
  throw new ShopError(
    'invalid-input',
    HttpStatus.BAD_REQUEST,
    'This page of the history is too old. Begin at the first one.',
  );
}
