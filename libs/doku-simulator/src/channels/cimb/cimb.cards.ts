import { Injectable } from '@nestjs/common';
import { CardBook, maskAccount } from '../../bank/card-book.js';
import { requiredTextAt, textAt } from '../../engine/field-rules.js';
import { GatewayError } from '../../engine/gateway-error.js';
import { PublicAddress } from '../../engine/public-address.js';
import { CimbRegistrations } from './cimb-registrations.js';
import type { AcceptedCall } from '../../engine/operation.js';

/** Saved cards: registering, listing, deleting. */
@Injectable()
export class CimbCards {
  constructor(
    private readonly cards: CardBook,
    private readonly registrations: CimbRegistrations,
    private readonly address: PublicAddress,
  ) {}

  register({ merchant, body }: AcceptedCall): unknown {
    const customerName = textAt(body, 'customer.name');
    const successUrl = textAt(body, 'debit_card.success_registration_url');
    const failedUrl = textAt(body, 'debit_card.failed_registration_url');
    const { id } = this.registrations.open({
      clientId: merchant.clientId,
      customerId: requiredTextAt(body, 'customer.id'),
      ...(customerName !== undefined && { customerName }),
      phone: requiredTextAt(body, 'debit_card.account_mobile_phone'),
      ...(successUrl !== undefined && { successUrl }),
      ...(failedUrl !== undefined && { failedUrl }),
    });
    return {
      customer: body.customer,
      debit_card: {
        cimb_registration_url: `${this.address.url}/cimb/register/${id}`,
        status: 'PENDING',
        message: 'Waiting for validated by CIMB',
      },
    };
  }

  list({ merchant, body }: AcceptedCall): unknown {
    const customerId = requiredTextAt(body, 'customer.id');
    return this.cards.ofCustomer(merchant.clientId, 'CIMB', customerId).map((card) => ({
      customer: { id: card.customerId, name: card.customerName },
      debit_card: { token_id: card.tokenId, account_no: maskAccount(card.accountNo) },
    }));
  }

  delete({ merchant, body }: AcceptedCall): unknown {
    const customerId = requiredTextAt(body, 'customer.id');
    const tokenId = requiredTextAt(body, 'debit_card.token_id');
    const card = this.cards.find(merchant.clientId, tokenId);
    if (card?.customerId !== customerId) {
      throw new GatewayError(
        'NOT_FOUND',
        'TOKEN_NOT_FOUND',
        `Customer "${customerId}" has no card with debit_card.token_id "${tokenId}".`,
      );
    }
    this.cards.remove(tokenId);
    return {
      customer: { id: customerId, name: textAt(body, 'customer.name') },
      debit_card: { token_id: tokenId, status: 'SUCCESS', message: 'Success Unbinding Card' },
    };
  }
}
