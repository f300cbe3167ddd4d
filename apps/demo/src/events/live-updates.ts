import { setImmediate } from 'node:timers/promises';

import { type BeforeApplicationShutdown, Injectable, type MessageEvent } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { filter, map, merge, type Observable, of, ReplaySubject, Subject, takeUntil } from 'rxjs';

import { ALLO_CHANGED } from '../allo/allo-accounts.store.js';
import { DELIVERY_CHANGED } from '../delivery/delivery-news.js';
import { type Order, toOrderView } from '../orders/order.js';
import { ORDER_CHANGED, OrdersStore } from '../orders/orders.store.js';
import { EVENT_LOGGED, EventLog, type LoggedEvent } from './event-log.js';

interface Update {
  /** `undefined`: everybody. */
  readonly customerId: string | undefined;
  readonly message: MessageEvent;
}

/** How soon a browser comes back when the stream broke, in milliseconds. */
const RECONNECT_AFTER_MS = 1_000;

/** What open pages are told as it happens. */
@Injectable()
export class LiveUpdates implements BeforeApplicationShutdown {
  private readonly updates = new Subject<Update>();
  private readonly closed = new ReplaySubject<void>(1);

  constructor(
    private readonly orders: OrdersStore,
    private readonly log: EventLog,
  ) {}

  /** Begins with all there is, so that a page that comes back has missed nothing. */
  of(customerId: string): Observable<MessageEvent> {
    const snapshot: MessageEvent = {
      type: 'snapshot',
      retry: RECONNECT_AFTER_MS,
      data: {
        orders: this.orders.ofCustomer(customerId).map(toOrderView),
        events: this.log.ofCustomer(customerId),
      },
    };
    const later = this.updates.pipe(
      filter((update) => update.customerId === undefined || update.customerId === customerId),
      map(({ message }) => message),
    );
    return merge(of(snapshot), later).pipe(takeUntil(this.closed));
  }

  @OnEvent(ORDER_CHANGED)
  tellOrder(order: Order): void {
    const message = { type: 'order', data: toOrderView(order) };
    this.updates.next({ customerId: order.customerId, message });
  }

  @OnEvent(EVENT_LOGGED)
  tellEvent({ customerId, line }: LoggedEvent): void {
    this.updates.next({ customerId, message: { type: 'event', data: line } });
  }

  @OnEvent(ALLO_CHANGED)
  tellAlloAccount({ customerId }: { readonly customerId: string }): void {
    // Only that there is news: the account with its balance is asked for.
    this.updates.next({ customerId, message: { type: 'allo', data: {} } });
  }

  @OnEvent(DELIVERY_CHANGED)
  tellDelivery(): void {
    // Again only that there is news: how the engine is has to be asked.
    this.updates.next({ customerId: undefined, message: { type: 'delivery', data: {} } });
  }

  /** Ends the streams: an open one would hold the server's shutdown for ever. */
  async beforeApplicationShutdown(): Promise<void> {
    this.closed.next();
    this.updates.complete();
    // Let them end first: the server closes at once the connections that are idle when it is told to.
    await setImmediate();
  }
}
