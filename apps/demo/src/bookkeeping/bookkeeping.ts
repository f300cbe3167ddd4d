import { Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { type DokuPaymentEvent, OnDokuEvent } from 'nestjs-doku';

import { DELIVERY_CHANGED } from '../delivery/delivery-news.js';
import { wholeRupiah } from '../orders/rupiah.js';

/** What the books say, for the page. */
export interface BooksView {
  readonly isFailing: boolean;
  readonly entries: number;
  /** Whole rupiah. */
  readonly total: number;
}

/**
 * Books what came in and what was given back. A second listener beside the one that settles orders: when it fails
 * it is tried again alone, and orders are paid all the same.
 */
@Injectable()
export class Bookkeeping {
  /** Whole rupiah by the event's id, so that an event that comes twice is booked once. */
  private readonly entries = new Map<string, number>();
  private isFailing = false;

  constructor(private readonly emitter: EventEmitter2) {}

  /** Lets a person see what becomes of an event whose listener fails. */
  fail(isFailing: boolean): void {
    this.isFailing = isFailing;
    this.emitter.emit(DELIVERY_CHANGED);
  }

  @OnDokuEvent(['payment.succeeded', 'payment.refunded'])
  record({ id, type, amount }: DokuPaymentEvent<'payment.succeeded' | 'payment.refunded'>): void {
    if (this.isFailing) throw new Error('the bookkeeping is switched off on the page of the shop');
    const rupiah = wholeRupiah(amount?.value) ?? 0;
    this.entries.set(id, type === 'payment.refunded' ? -rupiah : rupiah);
    this.emitter.emit(DELIVERY_CHANGED);
  }

  view(): BooksView {
    const { isFailing, entries } = this;
    const total = [...entries.values()].reduce((sum, rupiah) => sum + rupiah, 0);
    return { isFailing, entries: entries.size, total };
  }
}
