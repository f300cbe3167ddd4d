import { Injectable } from '@nestjs/common';
import { requiredTextAt } from '../../engine/field-rules.js';
import { SnapError } from '../../snap/snap-error.js';
import { isNumberOf, WalletAccounts, type WalletAccount } from './wallet-accounts.js';
import { WALLET } from './wallet.sandbox-rules.js';
import type { Binding } from '../../bank/binding-book.js';
import type { SnapCall } from '../../snap/snap-operation.js';

/** Whose token came with a call. */
export interface WalletCustomer {
  readonly account: WalletAccount;
  readonly binding: Binding;
}

/** Finds the customer behind a call. */
@Injectable()
export class WalletCustomers {
  constructor(private readonly accounts: WalletAccounts) {}

  /** The header table has made sure of a customer, but not of their channel. */
  of({ customer, merchant }: SnapCall): WalletCustomer {
    const account =
      customer?.channel === WALLET
        ? this.accounts.find(customer.custIdMerchant, merchant.clientId)
        : undefined;
    if (customer === undefined || account === undefined) {
      throw new SnapError(401, '04', 'Customer Token Not Found: it belongs to another channel.');
    }
    return { account, binding: customer };
  }

  /** The same for calls that name the customer in their body too. */
  named(call: SnapCall): WalletCustomer {
    const found = this.of(call);
    const number = requiredTextAt(call.body, 'customerNumber');
    if (!isNumberOf(found.account, number)) {
      throw new SnapError(
        404,
        '11',
        `Invalid Card/Account/Customer: customerNumber "${number}" is not the customer of Authorization-Customer; send their phone number or account id.`,
      );
    }
    return found;
  }
}
