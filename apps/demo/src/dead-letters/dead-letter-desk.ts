import { HttpStatus, Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { type DokuDeadLetter, type DokuDeadLetterCause, DokuDeadLetterService } from 'nestjs-doku';

import { DELIVERY_CHANGED } from '../delivery/delivery-news.js';
import { DurableDelivery } from '../delivery/durable-delivery.js';
import { isDokuError } from '../errors/gateway-failure.js';
import { ShopError } from '../errors/shop.error.js';
import { OrdersStore } from '../orders/orders.store.js';

/** A dead letter as the page sees it. */
export interface DeadLetterView {
  readonly id: string;
  /** Type of the event. */
  readonly type: string;
  /** Of the order, where the shop knows it; else what DOKU calls it. */
  readonly reference: string | null;
  /** `null` where nobody listens to such an event. */
  readonly listener: string | null;
  readonly cause: DokuDeadLetterCause;
  readonly reason: string;
  readonly attempts: number;
  readonly deadLetteredAt: string;
}

/** Where the shop's staff decide on events that were given up. */
@Injectable()
export class DeadLetterDesk {
  constructor(
    private readonly letters: DokuDeadLetterService,
    private readonly durable: DurableDelivery,
    private readonly orders: OrdersStore,
    private readonly emitter: EventEmitter2,
  ) {}

  async list(): Promise<DeadLetterView[]> {
    const letters = await this.ask(() => this.letters.list());
    return letters.map((letter) => this.view(letter));
  }

  /** The event without what nobody has to see. */
  async inspect(id: string): Promise<unknown> {
    const { event } = await this.ask(() => this.letters.inspect(id));
    return event;
  }

  async replay(id: string): Promise<void> {
    if ((await this.ask(() => this.letters.replay(id))) === 'not-dead') throw gone();
    this.emitter.emit(DELIVERY_CHANGED);
  }

  /** @returns how many */
  async replayAll(): Promise<number> {
    const replayed = await this.ask(() => this.letters.replayAll());
    this.emitter.emit(DELIVERY_CHANGED);
    return replayed;
  }

  async discard(id: string, reason: string): Promise<void> {
    await this.ask(() => this.letters.discard(id, reason));
    this.emitter.emit(DELIVERY_CHANGED);
  }

  private view(letter: DokuDeadLetter): DeadLetterView {
    const { id, event, listener = null, cause, reason, attempts, deadLetteredAt } = letter;
    const { type, reference } = event;
    const order = reference === undefined ? undefined : this.orders.findForDoku(reference);
    return {
      id,
      type,
      reference: order?.reference ?? reference ?? null,
      listener,
      cause,
      reason,
      attempts,
      deadLetteredAt,
    };
  }

  /** @throws ShopError */
  private async ask<Result>(work: () => Promise<Result>): Promise<Result> {
    this.durable.demand();
    try {
      return await work();
    } catch (error) {
      if (isDokuError(error) && error.code === 'unavailable') throw unreachable();
      if (isDokuError(error) && error.code === 'validation') throw gone();
      throw error;
    }
  }
}

function gone(): ShopError {
  return new ShopError(
    'not-found',
    HttpStatus.NOT_FOUND,
    'This is no dead letter any more: somebody was faster.',
  );
}

function unreachable(): ShopError {
  return new ShopError(
    'events-unreachable',
    HttpStatus.SERVICE_UNAVAILABLE,
    'The place where the shop keeps its events cannot be reached. Nothing is lost; try again in a moment.',
  );
}
