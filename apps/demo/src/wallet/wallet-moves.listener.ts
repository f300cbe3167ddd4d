import { Injectable, Logger } from '@nestjs/common';
import {
  type DokuEventMatching,
  type DokuPaymentStatus,
  mergePaymentStatus,
  OnDokuEvent,
} from 'nestjs-doku';

import { OrdersStore } from '../orders/orders.store.js';
import type { WalletMove } from './wallet-move.js';
import { WalletMovesStore } from './wallet-moves.store.js';

type MovePhase = WalletMove['phase'];

const STATUSES: Readonly<Record<MovePhase, DokuPaymentStatus>> = {
  asked: 'pending',
  starting: 'pending',
  unknown: 'pending',
  refused: 'failed',
  done: 'succeeded',
};

const PHASES: Readonly<Record<DokuPaymentStatus, MovePhase>> = {
  pending: 'unknown',
  unresolved: 'unknown',
  failed: 'refused',
  expired: 'refused',
  cancelled: 'refused',
  succeeded: 'done',
  refunded: 'done',
};

/**
 * Hears how top-ups and transfers have ended. DOKU tells of none by itself: these events come of asking, and only
 * with durable delivery.
 */
@Injectable()
export class WalletMovesListener {
  private readonly logger = new Logger(WalletMovesListener.name);

  constructor(
    private readonly moves: WalletMovesStore,
    private readonly orders: OrdersStore,
  ) {}

  /** Heard twice, or late, it changes nothing: what is done stays done. */
  @OnDokuEvent('payment.*', { channel: 'wallet' })
  settle(event: DokuEventMatching<'payment.*'>): void {
    const { type, reference } = event;
    const move = this.moves.find(reference);
    if (move) {
      const phase = PHASES[mergePaymentStatus(STATUSES[move.phase], event)];
      if (phase !== move.phase) this.moves.save({ ...move, phase, mayRepeat: false });
    } else if (!this.orders.findForDoku(reference)) {
      // What was moved before the demo was restarted.
      this.logger.warn(`${type} for an unknown movement reference=${JSON.stringify(reference)}`);
    }
  }
}
