import { Injectable } from '@nestjs/common';
import { EventEmitter2, OnEvent } from '@nestjs/event-emitter';
import type { DokuEvent } from 'nestjs-doku';

import { OrdersStore } from '../orders/orders.store.js';

/** A line of the live log. */
export interface EventLine {
  /** Of the event; `null` for an alarm. */
  readonly id: string | null;
  readonly type: string;
  /** Of the order; a link of an account has none, and no alarm. */
  readonly reference: string | null;
  /** IDR with two decimals. */
  readonly amount: string | null;
  /** What else there is to say. */
  readonly detail: string | null;
  readonly receivedAt: string;
}

/** Emitted with a line and whom it concerns. */
export const EVENT_LOGGED = 'shop.event-logged';

/** A line and whom it concerns. */
export interface LoggedEvent {
  /** `undefined`: everybody, since in this demo everybody is also the shop's staff. */
  readonly customerId: string | undefined;
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
    return this.events
      .filter((event) => event.customerId === undefined || event.customerId === customerId)
      .map(({ line }) => line);
  }

  @OnEvent('doku.**')
  record({ id, type, source, reference, amount, receivedAt }: DokuEvent): void {
    const order = reference === undefined ? undefined : this.orders.findForDoku(reference);
    // What happens to a link goes by the customer's own id.
    const customerId = type.startsWith('binding.') ? reference : order?.customerId;
    if (customerId === undefined) return;
    const line = {
      id,
      type,
      reference: order?.reference ?? null,
      amount: amount?.value ?? null,
      detail: source === 'reconciliation' ? 'learnt by asking the bank' : null,
      receivedAt,
    };
    this.add({ customerId, line });
  }

  add(logged: LoggedEvent): void {
    this.events.push(logged);
    if (this.events.length > KEPT) this.events.shift();
    this.emitter.emit(EVENT_LOGGED, logged);
  }
}
