import { HttpStatus, Inject, Injectable } from '@nestjs/common';

import { ShopError } from '../errors/shop.error.js';
import { type ShopSettings, shopSettings } from '../settings/shop-settings.js';

/** Whether the shop's events outlive its process. */
@Injectable()
export class DurableDelivery {
  constructor(@Inject(shopSettings.KEY) private readonly settings: ShopSettings) {}

  /** @throws ShopError for what makes no sense without: inline, DOKU itself sends again what has failed */
  demand(): void {
    if (this.settings.eventStore.engine !== 'inline') return;
    throw new ShopError(
      'durable-delivery-needed',
      HttpStatus.CONFLICT,
      'Events are delivered inline. Start the shop with REDIS_URL or DATABASE_URL set.',
    );
  }
}
