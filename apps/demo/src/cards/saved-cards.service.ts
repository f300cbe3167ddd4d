import { createHash } from 'node:crypto';

import { HttpStatus, Injectable } from '@nestjs/common';

import { ShopError } from '../errors/shop.error.js';
import type { CardBank } from './card-bank.js';

/** A card as the page sees it. */
export interface SavedCard {
  readonly id: string;
  /** Such as `CIMB ···· 2800`. */
  readonly label: string;
}

/** A saved card with the token that charges it; stays on the server. */
interface ChargeableCard extends SavedCard {
  readonly tokenId: string;
}

/** Cards that customers saved at a bank. DOKU keeps them; the shop stores none. */
@Injectable()
export class SavedCards {
  async list(bank: CardBank, customerId: string): Promise<SavedCard[]> {
    const cards = await this.ask(bank, customerId);
    return cards.map(({ id, label }) => ({ id, label }));
  }

  /** @throws ShopError when the customer has no such card, though another customer may */
  async find(bank: CardBank, customerId: string, cardId: string): Promise<ChargeableCard> {
    const card = (await this.ask(bank, customerId)).find(({ id }) => id === cardId);
    if (card) return card;
    throw new ShopError('not-found', HttpStatus.NOT_FOUND, 'This card is no longer saved.');
  }

  async remove(bank: CardBank, customerId: string, cardId: string): Promise<void> {
    const { tokenId } = await this.find(bank, customerId, cardId);
    const { debit_card } = await bank.service.deleteToken({
      customer: { id: customerId },
      debit_card: { token_id: tokenId },
    });
    if (debit_card?.status !== 'FAILED') return;
    throw new ShopError(
      'refused',
      HttpStatus.UNPROCESSABLE_ENTITY,
      'The bank did not forget the card. Try again later.',
    );
  }

  private async ask({ name, service }: CardBank, customerId: string): Promise<ChargeableCard[]> {
    const cards = await service.listTokens({ customer: { id: customerId } });
    return cards.map(({ debit_card: { token_id, account_no } }) => ({
      // The browser names a card by a fingerprint; the token itself never leaves the server.
      id: createHash('sha256').update(token_id).digest('hex').slice(0, 16),
      label: account_no === undefined ? name : labelOf(name, account_no),
      tokenId: token_id,
    }));
  }
}

/** Such as `CIMB ···· 2800`, of a number whole or masked. */
export function labelOf(bank: string, cardNumber: string): string {
  return `${bank} ···· ${cardNumber.slice(-4)}`;
}
