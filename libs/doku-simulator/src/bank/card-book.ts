import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../engine/change-feed.js';

/** A saved card or account of a customer. */
export interface Card {
  readonly tokenId: string;
  /** Owner on the side of DOKU: tokens of one merchant mean nothing to another. */
  readonly clientId: string;
  readonly acquirer: string;
  readonly customerId: string;
  readonly customerName?: string;
  readonly accountNo: string;
}

/** The saved cards of all customers. */
@Injectable()
export class CardBook {
  private readonly cards = new Map<string, Card>();

  constructor(private readonly feed: ChangeFeed) {}

  save(card: Omit<Card, 'tokenId'>): Card {
    const saved = { ...card, tokenId: randomBytes(16).toString('hex') };
    this.cards.set(saved.tokenId, saved);
    this.feed.announce();
    return saved;
  }

  find(clientId: string, tokenId: string): Card | undefined {
    const card = this.cards.get(tokenId);
    return card?.clientId === clientId ? card : undefined;
  }

  ofCustomer(clientId: string, acquirer: string, customerId: string): Card[] {
    return this.all().filter(
      (card) =>
        card.clientId === clientId && card.acquirer === acquirer && card.customerId === customerId,
    );
  }

  remove(tokenId: string): void {
    this.cards.delete(tokenId);
    this.feed.announce();
  }

  all(): Card[] {
    return [...this.cards.values()];
  }
}

/** As CIMB shows account numbers: `XXXXXXXX2800`. */
export function maskAccount(accountNo: string): string {
  return `XXXXXXXX${accountNo.slice(-4)}`;
}
