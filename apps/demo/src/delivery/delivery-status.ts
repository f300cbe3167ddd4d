import { Inject, Injectable } from '@nestjs/common';
import { DokuHealthIndicator } from 'nestjs-doku/health';

import { Bookkeeping, type BooksView } from '../bookkeeping/bookkeeping.js';
import { type ShopSettings, shopSettings } from '../settings/shop-settings.js';

/** How events get to the shop's listeners, and how that is going, for the page. */
export interface DeliveryView {
  readonly engine: 'inline' | 'redis' | 'postgresql';
  /** Without credentials; `null` for inline. */
  readonly address: string | null;
  readonly state: 'ok' | 'degraded' | 'unreachable';
  /** In milliseconds; `null` where nobody knows. */
  readonly oldestWaitingMs: number | null;
  readonly deadLetters: number | null;
  readonly books: BooksView;
}

@Injectable()
export class DeliveryStatus {
  constructor(
    @Inject(shopSettings.KEY) private readonly settings: ShopSettings,
    private readonly health: DokuHealthIndicator,
    private readonly books: Bookkeeping,
  ) {}

  async view(): Promise<DeliveryView> {
    const { eventStore } = this.settings;
    const { doku: report } = await this.health.isHealthy();
    return {
      engine: eventStore.engine,
      address: eventStore.engine === 'inline' ? null : eventStore.address,
      state: report.state,
      oldestWaitingMs: report.oldestWaitingMs ?? null,
      deadLetters: report.deadLetters ?? null,
      books: this.books.view(),
    };
  }
}
