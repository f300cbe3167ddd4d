import { Injectable } from '@nestjs/common';
import { textAt } from '../../engine/field-rules.js';
import { BALANCE_FIELDS, BINDING_FIELDS, UNBINDING_FIELDS } from '../../snap/account-fields.js';
import { AccountChannel, AccountChannelParts } from '../../snap/account-channel.js';
import type { HeaderTable } from '../../snap/snap-operation.js';
import { PAYMENT_FIELDS, REFUND_FIELDS } from './ovo.fields.js';

/** None but the customer's token is mandatory (snap reference 11). */
const HEADERS: HeaderTable = {
  'Authorization-Customer': 'forbidden',
  'X-IP-ADDRESS': 'optional',
  'X-DEVICE-ID': 'optional',
  'CHANNEL-ID': 'optional',
};
const CUSTOMER_HEADERS: HeaderTable = { ...HEADERS, 'Authorization-Customer': 'required' };

/** OVO (snap reference 11). */
@Injectable()
export class OvoChannel extends AccountChannel {
  constructor(parts: AccountChannelParts) {
    super(parts, {
      name: 'ovo',
      title: 'OVO',
      code: 'EMONEY_OVO_SNAP',
      acquirer: 'OVO',
      sources: { balance: 'CASH', points: 'POINTS' },
      headers: {
        bind: HEADERS,
        customer: CUSTOMER_HEADERS,
        pay: CUSTOMER_HEADERS,
        unbind: HEADERS,
      },
      fields: {
        bind: BINDING_FIELDS,
        balance: BALANCE_FIELDS,
        pay: PAYMENT_FIELDS,
        refund: REFUND_FIELDS,
        unbind: UNBINDING_FIELDS,
      },
      isWithoutPage: (body) => textAt(body, 'additionalInfo.paymentType') === 'RECURRING',
    });
  }
}
