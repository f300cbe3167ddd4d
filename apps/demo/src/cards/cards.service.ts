import { createHash } from 'node:crypto';

import { HttpStatus, Inject, Injectable } from '@nestjs/common';
import { type CimbCard, CimbDirectDebitService } from 'nestjs-doku';

import { ShopError } from '../errors/shop.error.js';
import { type ShopSettings, shopSettings } from '../settings/shop-settings.js';

/** A card as the page sees it. */
export interface SavedCard {
  readonly id: string;
  /** Such as `CIMB ···· 2800`. */
  readonly label: string;
}

/** A saved card with the token that charges it; stays on the server. */
export interface ChargeableCard extends SavedCard {
  readonly tokenId: string;
}

/** Cards that the customer saved at CIMB. DOKU keeps them; the shop stores none. */
@Injectable()
export class CardsService {
  constructor(
    private readonly cimb: CimbDirectDebitService,
    @Inject(shopSettings.KEY) private readonly settings: ShopSettings,
  ) {}

  /** @returns where the browser has to go, so that the customer approves on the bank's page */
  async register(customerId: string, mobilePhone: string): Promise<string> {
    const { debit_card } = await this.cimb.registerCard({
      customer: { id: customerId, name: 'Demo Customer', country: 'ID' },
      debit_card: {
        account_mobile_phone: mobilePhone,
        success_registration_url: `${this.settings.shopUrl}/?registration=approved`,
        failed_registration_url: `${this.settings.shopUrl}/?registration=declined`,
      },
    });
    return debit_card.cimb_registration_url;
  }

  async list(customerId: string): Promise<ChargeableCard[]> {
    const cards = await this.cimb.listTokens({ customer: { id: customerId } });
    return cards.map(toChargeableCard);
  }

  /** @throws ShopError when the customer has no such card, though another customer may */
  async find(customerId: string, cardId: string): Promise<ChargeableCard> {
    const card = (await this.list(customerId)).find(({ id }) => id === cardId);
    if (card) return card;
    throw new ShopError('not-found', HttpStatus.NOT_FOUND, 'This card is no longer saved.');
  }

  async remove(customerId: string, cardId: string): Promise<void> {
    const { tokenId } = await this.find(customerId, cardId);
    const { debit_card } = await this.cimb.deleteToken({
      customer: { id: customerId },
      debit_card: { token_id: tokenId },
    });
    if (debit_card.status === 'SUCCESS') return;
    throw new ShopError(
      'refused',
      HttpStatus.UNPROCESSABLE_ENTITY,
      'The bank did not forget the card. Try again later.',
    );
  }
}

function toChargeableCard({ debit_card: { token_id, account_no } }: CimbCard): ChargeableCard {
  return {
    // The browser names a card by a fingerprint; the token itself never leaves the server.
    id: createHash('sha256').update(token_id).digest('hex').slice(0, 16),
    label: account_no === undefined ? 'CIMB' : `CIMB ···· ${account_no.slice(-4)}`,
    tokenId: token_id,
  };
}
