import { Injectable } from '@nestjs/common';

import { AlloPaymentsService } from '../allo/allo-payments.service.js';
import { BriMethod } from '../bri/bri.method.js';
import { CimbMethod } from '../cimb/cimb.method.js';
import { KkiPaymentsService } from '../kki/kki-payments.service.js';
import type { PaymentMethodName } from '../orders/order.js';
import type { PaymentMethod } from '../payments/payment-method.js';
import { WalletPayments } from '../wallet/wallet-payments.service.js';

/** The ways to pay by their names. */
@Injectable()
export class PaymentMethods {
  private readonly methods: Readonly<Record<PaymentMethodName, PaymentMethod>>;

  constructor(
    cimb: CimbMethod,
    bri: BriMethod,
    allo: AlloPaymentsService,
    kki: KkiPaymentsService,
    wallet: WalletPayments,
  ) {
    this.methods = { cimb, bri, allo, kki, wallet };
  }

  named(name: PaymentMethodName): PaymentMethod {
    return this.methods[name];
  }
}
