import { HttpStatus, Injectable } from '@nestjs/common';

import { ShopError } from '../errors/shop.error.js';
import type { WalletMove } from './wallet-move.js';

/** Movements of money into and out of wallets, in memory. A real shop has a table here. */
@Injectable()
export class WalletMovesStore {
  private readonly moves = new Map<string, WalletMove>();

  /** What is done stays done: an event may have told it while a call was still under way. */
  save(move: WalletMove): WalletMove {
    const known = this.moves.get(move.id);
    if (known?.phase === 'done') return known;
    this.moves.set(move.id, move);
    return move;
  }

  find(id: string): WalletMove | undefined {
    return this.moves.get(id);
  }

  /** Those that were only asked about are forgotten with the next one. */
  forgetAsked(customerId: string): void {
    for (const { id, phase } of this.ofCustomer(customerId)) {
      if (phase === 'asked') this.moves.delete(id);
    }
  }

  /** @throws ShopError also for a movement of somebody else */
  get(id: string, customerId: string): WalletMove {
    const move = this.moves.get(id);
    if (move?.customerId === customerId) return move;
    throw new ShopError('not-found', HttpStatus.NOT_FOUND, 'This is no longer here. Begin again.');
  }

  /** Oldest first. */
  ofCustomer(customerId: string): readonly WalletMove[] {
    return [...this.moves.values()].filter((move) => move.customerId === customerId);
  }
}
