import { Injectable } from '@nestjs/common';
import { EventEmitter2, OnEvent } from '@nestjs/event-emitter';
import type { DokuEvent } from 'nestjs-doku';

import { OrdersStore } from '../orders/orders.store.js';

/** A line of the live log. */
export interface EventLine {
  readonly id: string;
  readonly type: string;
  /** Of the order; a link of an account has none. */
  readonly reference: string | null;
  /** IDR with two decimals. */
  readonly amount: string | null;
  readonly receivedAt: string;
}

/** Emitted with a line and the customer it concerns. */
export const EVENT_LOGGED = 'shop.event-logged';

/** A line and whom it concerns. */
export interface LoggedEvent {
  readonly customerId: string;
  readonly line: EventLine;
}

const KEPT = 500;

/**
 * Looks on as DOKU's events pass by. Uses the plain emitter, on which `nestjs-doku` repeats every
 * delivered event: good for looking on, while work that must not be lost belongs to `@OnDokuEvent`.
 */
@Injectable()
export class EventLog {
  private readonly events: LoggedEvent[] = [];

  constructor(
    private readonly orders: OrdersStore,
    private readonly emitter: EventEmitter2,
  ) {}

  /** Oldest first. */
  ofCustomer(customerId: string): EventLine[] {
    return this.events.filter((event) => event.customerId === customerId).map(({ line }) => line);
  }

  @OnEvent('doku.**')
  record({ id, type, reference, amount, receivedAt }: DokuEvent): void {
    const order = reference === undefined ? undefined : this.orders.findForDoku(reference);
    // What happens to a link goes by the customer's own id.
    const customerId = type.startsWith('binding.') ? reference : order?.customerId;
    if (customerId === undefined) return;
    const line = {
      id,
      type,
      reference: order?.reference ?? null,
      amount: amount?.value ?? null,
      receivedAt,
    };
    const logged: LoggedEvent = { customerId, line };
    this.events.push(logged);
    if (this.events.length > KEPT) this.events.shift();
    this.emitter.emit(EVENT_LOGGED, logged);
  }
}
