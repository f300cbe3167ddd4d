import { Module } from '@nestjs/common';

import { AlloModule } from '../allo/allo.module.js';
import { BriModule } from '../bri/bri.module.js';
import { CimbModule } from '../cimb/cimb.module.js';
import { KkiModule } from '../kki/kki.module.js';
import { PaymentsModule } from '../payments/payments.module.js';
import { WalletModule } from '../wallet/wallet.module.js';
import { CheckoutController } from './checkout.controller.js';
import { PaymentMethods } from './payment-methods.js';
import { RefundsService } from './refunds.service.js';

@Module({
  imports: [PaymentsModule, CimbModule, BriModule, AlloModule, KkiModule, WalletModule],
  controllers: [CheckoutController],
  providers: [PaymentMethods, RefundsService],
})
export class CheckoutModule {}
