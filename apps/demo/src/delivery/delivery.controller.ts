import { Controller, Get } from '@nestjs/common';

import { DeliveryStatus, type DeliveryView } from './delivery-status.js';

@Controller('api/delivery')
export class DeliveryController {
  constructor(private readonly status: DeliveryStatus) {}

  @Get()
  show(): Promise<DeliveryView> {
    return this.status.view();
  }
}
