import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../../engine/change-feed.js';

/** Where the money of new wallets comes from. */
export const OUTSIDE = 'outside';

/** What each party holds, in sen. Money only moves between two of them: the sum stays 0. */
@Injectable()
export class WalletHoldings {
  private readonly sen = new Map<string, bigint>();

  constructor(private readonly feed: ChangeFeed) {}

  of(party: string): bigint {
    return this.sen.get(party) ?? 0n;
  }

  move(from: string, to: string, sen: bigint): void {
    this.sen.set(from, this.of(from) - sen);
    this.sen.set(to, this.of(to) + sen);
    this.feed.announce();
  }

  all(): readonly (readonly [party: string, sen: bigint])[] {
    return [...this.sen];
  }
}
