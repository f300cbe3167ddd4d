import { type DokuOperation, operation } from '../../http/doku-operation.js';
import { configurePaths } from '../configure-paths.js';
import type { DirectDebitSettings } from '../non-snap-direct-debit/direct-debit.options.js';
import {
  directDebitOperation,
  directDebitOperations,
} from '../non-snap-direct-debit/direct-debit.operations.js';
import type { DirectDebitValidatedPayment } from '../non-snap-direct-debit/direct-debit.responses.js';
import type { DirectDebitDeleteTokenDto } from '../non-snap-direct-debit/dto/delete-token.dto.js';
import type { DirectDebitListTokensDto } from '../non-snap-direct-debit/dto/list-tokens.dto.js';
import type {
  DirectDebitResendPaymentOtpDto,
  DirectDebitValidatePaymentOtpDto,
} from '../non-snap-direct-debit/dto/payment-otp.dto.js';
import type { BriOperationName } from './bri-direct-debit.options.js';
import type {
  BriCard,
  BriCardRegistration,
  BriDeletedToken,
  BriPayment,
  BriRecurringPayment,
  BriResentOtp,
  BriResentRegistrationOtp,
  BriValidatedRegistration,
} from './bri-direct-debit.responses.js';
import { BriCreatePaymentDto } from './dto/create-payment.dto.js';
import { BriRegisterCardDto } from './dto/register-card.dto.js';
import {
  BriResendRegistrationOtpDto,
  BriValidateRegistrationOtpDto,
} from './dto/registration-otp.dto.js';

/**
 * BRI direct debit (reference non-snap 3.8 to 3.16). DOKU documents `validatePaymentOtp` and, of the others,
 * two requests: an answer counts as one by what the next step needs, and no more.
 */
export function briOperations(settings: DirectDebitSettings<BriOperationName>) {
  const bank = { bank: 'bri', root: '/direct-debit/v1', settings };
  const shared = directDebitOperations(bank);
  const operations = {
    registerCard: operation<BriRegisterCardDto, BriCardRegistration>(
      directDebitOperation(bank, 'registerCard', '/token', {
        effect: 'change',
        request: BriRegisterCardDto,
        proof: [['customer', 'id']],
      }),
    ),

    validateRegistrationOtp: operation<BriValidateRegistrationOtpDto, BriValidatedRegistration>(
      directDebitOperation(bank, 'validateRegistrationOtp', '/token/validate', {
        effect: 'once',
        request: BriValidateRegistrationOtpDto,
        recovery: 'Ask BriDirectDebitService.listTokens whether the card is there.',
      }),
    ),

    resendRegistrationOtp: operation<BriResendRegistrationOtpDto, BriResentRegistrationOtp>(
      directDebitOperation(bank, 'resendRegistrationOtp', '/token-otp', {
        effect: 'once',
        request: BriResendRegistrationOtpDto,
      }),
    ),

    listTokens: operation<DirectDebitListTokensDto, BriCard[]>(shared.listTokens),

    createPayment: operation<BriCreatePaymentDto, BriPayment>({
      ...shared.createPayment,
      request: BriCreatePaymentDto,
      mandatory: [
        ['payment', 'token'],
        ['payment', 'status'],
      ],
    }),

    validatePaymentOtp: operation<DirectDebitValidatePaymentOtpDto, DirectDebitValidatedPayment>(
      shared.validatePaymentOtp,
    ),

    resendPaymentOtp: operation<DirectDebitResendPaymentOtpDto, BriResentOtp>({
      ...shared.resendPaymentOtp,
      mandatory: [],
    }),

    createRecurringPayment: operation<BriCreatePaymentDto, BriRecurringPayment>({
      ...shared.createPayment,
      name: 'bri.createRecurringPayment',
      path: '/direct-debit/v1/payment-recurring',
      request: BriCreatePaymentDto,
      mandatory: [['payment', 'status']],
    }),

    deleteToken: operation<DirectDebitDeleteTokenDto, BriDeletedToken>({
      ...shared.deleteToken,
      mandatory: [],
    }),
  } satisfies Record<BriOperationName, DokuOperation>;
  return configurePaths(operations, settings.paths, `${settings.option}.paths`);
}
