import { Injectable } from '@nestjs/common';
import { CardBook, maskAccount, type Card } from '../bank/card-book.js';
import { requiredTextAt, textAt } from '../engine/field-rules.js';
import { GatewayError } from '../engine/gateway-error.js';
import type { AcceptedCall } from '../engine/operation.js';
import type { DirectDebitBank } from './direct-debit-bank.js';

/** Saved cards of whatever bank: finding, listing, deleting. */
@Injectable()
export class DirectDebitCards {
  constructor(private readonly cards: CardBook) {}

  list({ merchant, body }: AcceptedCall, { channel }: DirectDebitBank): unknown {
    const customerId = requiredTextAt(body, 'customer.id');
    return this.cards.ofCustomer(merchant.clientId, channel.acquirer, customerId).map((card) => ({
      customer: { id: card.customerId, name: card.customerName },
      debit_card: { token_id: card.tokenId, account_no: maskAccount(card.accountNo) },
    }));
  }

  delete(call: AcceptedCall, bank: DirectDebitBank): unknown {
    const { customerId, tokenId } = this.find(call, bank, 'debit_card.token_id');
    this.cards.remove(tokenId);
    return {
      customer: { id: customerId, name: textAt(call.body, 'customer.name') },
      debit_card: { token_id: tokenId, status: 'SUCCESS', message: 'Success Unbinding Card' },
    };
  }

  /**
   * The card that a call names.
   * @param field - where its token stands
   */
  find({ merchant, body }: AcceptedCall, bank: DirectDebitBank, field: string): Card {
    const customerId = requiredTextAt(body, 'customer.id');
    const tokenId = requiredTextAt(body, field);
    const card = this.cards.find(merchant.clientId, tokenId);
    // A stranger's token is answered like an unknown one, so that nothing is given away.
    if (card?.customerId !== customerId || card.acquirer !== bank.channel.acquirer) {
      throw new GatewayError(
        'NOT_FOUND',
        'TOKEN_NOT_FOUND',
        `Customer "${customerId}" has no card with ${field} "${tokenId}"; list the customer's cards with ${bank.basePath}/tokens.`,
      );
    }
    return card;
  }
}
