import { Injectable } from '@nestjs/common';
import { BALANCE_FIELDS, UNBINDING_FIELDS } from '../../snap/account-fields.js';
import { AccountChannel, AccountChannelParts } from '../../snap/account-channel.js';
import type { HeaderTable } from '../../snap/snap-operation.js';
import { BINDING_FIELDS, PAYMENT_FIELDS, REFUND_FIELDS } from './allo.fields.js';

/** The table of snap reference 5. */
const BINDING_HEADERS: HeaderTable = {
  'Authorization-Customer': 'forbidden',
  'X-IP-ADDRESS': 'required',
  'X-DEVICE-ID': 'required',
  'CHANNEL-ID': 'forbidden',
};
const CUSTOMER_HEADERS: HeaderTable = {
  ...BINDING_HEADERS,
  'Authorization-Customer': 'required',
  'X-DEVICE-ID': 'forbidden',
};

/** Direct debit of Allo Bank (snap reference 9). */
@Injectable()
export class AlloChannel extends AccountChannel {
  constructor(parts: AccountChannelParts) {
    super(parts, {
      name: 'allo',
      title: 'Allo Bank',
      code: 'DIRECT_DEBIT_ALLO_SNAP',
      acquirer: 'ALLO_BANK',
      sources: { balance: 'BALANCE', points: 'POINT' },
      headers: {
        bind: BINDING_HEADERS,
        customer: CUSTOMER_HEADERS,
        pay: { ...CUSTOMER_HEADERS, 'CHANNEL-ID': 'optional' },
        unbind: { ...BINDING_HEADERS, 'X-DEVICE-ID': 'forbidden' },
      },
      fields: {
        bind: BINDING_FIELDS,
        balance: BALANCE_FIELDS,
        pay: PAYMENT_FIELDS,
        refund: REFUND_FIELDS,
        unbind: UNBINDING_FIELDS,
      },
    });
  }
}
