import { HttpStatus, Inject, Injectable } from '@nestjs/common';
import type { DokuCallOptions } from 'nestjs-doku';

import { isDokuError, isUnknownToDoku, toShopError } from '../errors/gateway-failure.js';
import { ShopError } from '../errors/shop.error.js';
import { OneAtATime } from '../payments/one-at-a-time.js';
import { type ShopSettings, shopSettings } from '../settings/shop-settings.js';
import type { TransferDto } from './dto/transfer.dto.js';
import { TopUps } from './top-ups.js';
import { Transfers } from './transfers.js';
import { WalletAccountsService } from './wallet-accounts.service.js';
import type { MoveFinding, WalletMove } from './wallet-move.js';
import { WalletMovesStore } from './wallet-moves.store.js';

/**
 * Moves money into and out of wallets: DOKU is asked what it would be, the customer confirms, and it is sent
 * once. When the answer got lost, DOKU's own query tells before the same is sent again, under the same id.
 */
@Injectable()
export class WalletMoves {
  constructor(
    private readonly topUps: TopUps,
    private readonly transfers: Transfers,
    private readonly accounts: WalletAccountsService,
    private readonly moves: WalletMovesStore,
    private readonly steps: OneAtATime,
    @Inject(shopSettings.KEY) private readonly settings: ShopSettings,
  ) {}

  askTopUp(customerId: string, amount: number): Promise<WalletMove> {
    return this.ask(customerId, { amount }, () => this.topUps.ask(customerId, amount));
  }

  askTransfer(customerId: string, wanted: TransferDto): Promise<WalletMove> {
    return this.ask(customerId, wanted, () => this.transfers.ask(customerId, wanted));
  }

  /** Moves the money. Pressed again, it gives what came of it. */
  send(customerId: string, id: string): Promise<WalletMove> {
    return this.step(customerId, `send ${id}`, async () => {
      const move = this.moves.get(id, customerId);
      if (move.phase === 'done' || move.phase === 'refused') return move;
      if (move.phase === 'unknown' && !move.mayRepeat) throw notKnown(id);
      try {
        return await this.accounts.call(customerId, (options) => this.pass(move, options));
      } catch (error) {
        const failure = this.notDone(move, error);
        const now = this.moves.get(id, customerId);
        if (now.phase === 'done') return now;
        throw failure;
      }
    });
  }

  /** Asks DOKU what became of a movement whose answer got lost. */
  check(customerId: string, id: string): Promise<WalletMove> {
    return this.step(customerId, `check ${id}`, async () => {
      const move = this.moves.get(id, customerId);
      if (move.phase !== 'unknown') return move;
      switch (await this.accounts.call(customerId, (options) => this.find(move, options))) {
        case 'done':
          return this.moves.save({ ...move, phase: 'done' });
        case 'not-done':
          return this.moves.save({ ...move, phase: 'refused' });
        case 'nowhere':
          // DOKU may only not know it yet.
          return Date.now() - move.startedAt < this.settings.statusAfterMs
            ? move
            : this.moves.save({ ...move, mayRepeat: true });
        case 'open':
          return move;
      }
    });
  }

  /** Only one is under way: a second one beside it could be the same wish, expressed twice. */
  private ask(
    customerId: string,
    wanted: object,
    ask: () => Promise<WalletMove>,
  ): Promise<WalletMove> {
    // The same wish twice is one; another wish is told to wait.
    return this.step(customerId, `ask ${JSON.stringify(wanted)}`, async () => {
      const isOpen = this.moves.ofCustomer(customerId).some(({ phase }) => phase === 'unknown');
      if (isOpen) {
        throw new ShopError(
          'busy',
          HttpStatus.CONFLICT,
          'It is not known yet what became of the last one. Check that first.',
        );
      }
      const move = await ask();
      this.moves.forgetAsked(customerId);
      return this.moves.save(move);
    });
  }

  private async pass(move: WalletMove, options: DokuCallOptions): Promise<WalletMove> {
    const { phase } = move;
    const sent = { ...move, startedAt: Date.now() };
    // Whatever happens to this process now, the reference is on record.
    this.moves.save({ ...sent, phase: phase === 'unknown' ? phase : 'starting' });
    const { status } =
      sent.kind === 'top-up'
        ? await this.topUps.send(sent, options)
        : await this.transfers.send(sent, options);
    if (status !== 'accepted') {
      this.moves.save({ ...sent, phase: 'unknown', mayRepeat: false });
      throw notKnown(move.id);
    }
    return this.moves.save({ ...sent, phase: 'done' });
  }

  private async find(move: WalletMove, options: DokuCallOptions): Promise<MoveFinding | 'nowhere'> {
    try {
      return move.kind === 'top-up'
        ? await this.topUps.find(move, options)
        : await this.transfers.find(move, options);
    } catch (error) {
      if (isUnknownToDoku(error)) return 'nowhere';
      throw error;
    }
  }

  private notDone(move: WalletMove, error: unknown): unknown {
    // Of what was never sent, all holds that was known before.
    if (error instanceof ShopError) return error;
    if (isDokuError(error) && error.code === 'unavailable') {
      this.moves.save(move);
      return toShopError(error);
    }
    // Even a refusal tells nothing of an earlier sending that may come late.
    const isDefinite =
      isDokuError(error) && error.outcome === 'definite' && move.phase !== 'unknown';
    const { startedAt } = this.moves.get(move.id, move.customerId);
    const phase = isDefinite ? 'refused' : 'unknown';
    this.moves.save({ ...move, startedAt, phase, mayRepeat: false });
    if (isDefinite) return toShopError(error);
    return isDokuError(error) ? notKnown(move.id) : error;
  }

  private step<Result>(
    customerId: string,
    name: string,
    work: () => Promise<Result>,
  ): Promise<Result> {
    return this.steps.run(`wallet money ${customerId}`, name, work);
  }
}

function notKnown(id: string): ShopError {
  return new ShopError(
    'outcome-unknown',
    HttpStatus.BAD_GATEWAY,
    'DOKU did not answer, so we do not know yet whether the money has moved. Check it in a minute; do not begin another one.',
    id,
  );
}
