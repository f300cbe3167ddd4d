import { Controller, Get } from '@nestjs/common';
import { SANDBOX_OTP, SANDBOX_RULES } from '../channels/cimb/cimb.sandbox-rules.js';
import { FAULT_KINDS } from '../engine/faults.js';
import { MerchantDirectory } from '../engine/merchants.js';
import { OperationCatalogue } from '../engine/operation-catalogue.js';
import { PublicAddress } from '../engine/public-address.js';
import { BREAKAGES } from '../notifications/notification.js';

/** What there is to choose from, for the console. Secrets stay out. */
@Controller('_simulator/info')
export class InfoController {
  constructor(
    private readonly address: PublicAddress,
    private readonly merchants: MerchantDirectory,
    private readonly catalogue: OperationCatalogue,
  ) {}

  @Get()
  read(): object {
    return {
      url: this.address.url,
      merchants: this.merchants.all.map(({ clientId, notificationUrl }) => ({
        clientId,
        notificationUrl: notificationUrl ?? null,
      })),
      operations: this.catalogue.names,
      faults: FAULT_KINDS,
      breakages: BREAKAGES,
      otp: SANDBOX_OTP,
      rules: SANDBOX_RULES,
    };
  }
}
