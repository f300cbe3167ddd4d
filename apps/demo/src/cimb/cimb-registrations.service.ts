import { Inject, Injectable } from '@nestjs/common';
import { CimbDirectDebitService } from 'nestjs-doku';

import { type ShopSettings, shopSettings } from '../settings/shop-settings.js';

/** Saves cards at CIMB, where the customer approves on the bank's page. */
@Injectable()
export class CimbRegistrations {
  constructor(
    private readonly cimb: CimbDirectDebitService,
    @Inject(shopSettings.KEY) private readonly settings: ShopSettings,
  ) {}

  /** @returns where the browser has to go */
  async begin(customerId: string, mobilePhone: string): Promise<string> {
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
}
