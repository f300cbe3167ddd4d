import { Injectable } from '@nestjs/common';
import { requiredTextAt, textAt } from '../../engine/field-rules.js';
import { PublicAddress } from '../../engine/public-address.js';
import { CimbRegistrations } from './cimb-registrations.js';
import type { AcceptedCall } from '../../engine/operation.js';

/** Registering accounts on the bank's page. */
@Injectable()
export class CimbCards {
  constructor(
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
}
