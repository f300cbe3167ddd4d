import { Controller, Get } from '@nestjs/common';
import { ALLO_PIN, ALLO_RULES } from '../channels/allo/allo.sandbox-rules.js';
import { BRI_RULES } from '../channels/bri/bri.sandbox-rules.js';
import { SANDBOX_RULES } from '../channels/cimb/cimb.sandbox-rules.js';
import { SANDBOX_OTP } from '../direct-debit/direct-debit.rules.js';
import { KKI_OTP, KKI_RULES } from '../channels/kki/kki.sandbox-rules.js';
import { WALLET_RULES } from '../channels/wallet/wallet.sandbox-rules.js';
import { FAULT_KINDS } from '../engine/faults.js';
import { MerchantDirectory } from '../engine/merchants.js';
import { OperationCatalogue } from '../engine/operation-catalogue.js';
import { PublicAddress } from '../engine/public-address.js';
import * as settings from '../engine/settings.js';
import { DEFAULT_AUTH_CODE_SECRET_KEY } from '../simulator-options.js';
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
      merchants: this.merchants.all.map(({ clientId, ...merchant }) => ({
        clientId,
        notificationUrl: merchant.notificationUrl ?? null,
        snapNotificationUrl: merchant.snapNotificationUrl ?? null,
        tokenUrl: merchant.tokenUrl ?? null,
        hasPublicKey: merchant.merchantPublicKey !== undefined,
        // Only the default, which opens nothing but this simulator.
        authCodeSecretKey:
          merchant.authCodeSecretKey === undefined ? DEFAULT_AUTH_CODE_SECRET_KEY : null,
      })),
      operations: this.catalogue.names,
      faults: FAULT_KINDS,
      breakages: BREAKAGES,
      settingChoices: {
        customerTokenExpiry: settings.CUSTOMER_TOKEN_EXPIRIES,
        expiresInAs: settings.EXPIRES_IN_FORMS,
        alloSpelling: settings.ALLO_SPELLINGS,
        refundSuccessCode: settings.REFUND_SUCCESS_CODES,
        kkiConfirmation: settings.KKI_CONFIRMATIONS,
        walletConfirmation: settings.WALLET_CONFIRMATIONS,
        walletSpelling: settings.WALLET_SPELLINGS,
        notificationToken: settings.NOTIFICATION_TOKENS,
        snapNotificationSignature: settings.SNAP_SIGNATURES,
      },
      otp: SANDBOX_OTP,
      pin: ALLO_PIN,
      kkiOtp: KKI_OTP,
      rules: [...SANDBOX_RULES, ...BRI_RULES, ...ALLO_RULES, ...KKI_RULES, ...WALLET_RULES],
    };
  }
}
