import { type DokuOperation, operation } from '../../http/doku-operation.js';
import { configurePaths } from '../configure-paths.js';
import type { DirectDebitSettings } from '../non-snap-direct-debit/direct-debit.options.js';
import {
  directDebitOperation,
  directDebitOperations,
} from '../non-snap-direct-debit/direct-debit.operations.js';
import type {
  DirectDebitCard,
  DirectDebitDeletedToken,
  DirectDebitPayment,
  DirectDebitResentOtp,
} from '../non-snap-direct-debit/direct-debit.responses.js';
import type { DirectDebitCreatePaymentDto } from '../non-snap-direct-debit/dto/create-payment.dto.js';
import type { DirectDebitDeleteTokenDto } from '../non-snap-direct-debit/dto/delete-token.dto.js';
import type { DirectDebitListTokensDto } from '../non-snap-direct-debit/dto/list-tokens.dto.js';
import type {
  DirectDebitResendPaymentOtpDto,
  DirectDebitValidatePaymentOtpDto,
} from '../non-snap-direct-debit/dto/payment-otp.dto.js';
import type { CimbOperationName } from './cimb-direct-debit.options.js';
import type {
  CimbCardRegistration,
  CimbRefund,
  CimbValidatedPayment,
} from './cimb-direct-debit.responses.js';
import { CimbRefundDto } from './dto/refund.dto.js';
import { CimbRegisterCardDto } from './dto/register-card.dto.js';

/** CIMB direct debit, as DOKU's guide has it (reference non-snap 3.1 to 3.7). */
export function cimbOperations(settings: DirectDebitSettings<CimbOperationName>) {
  const bank = { bank: 'cimb', root: '/cimb-direct-debit/v1', settings };
  const shared = directDebitOperations(bank);
  const operations = {
    registerCard: operation<CimbRegisterCardDto, CimbCardRegistration>(
      directDebitOperation(bank, 'registerCard', '/token', {
        effect: 'change',
        request: CimbRegisterCardDto,
        mandatory: [['debit_card', 'cimb_registration_url']],
        proof: [['customer', 'id']],
      }),
    ),

    listTokens: operation<DirectDebitListTokensDto, DirectDebitCard[]>(shared.listTokens),
    createPayment: operation<DirectDebitCreatePaymentDto, DirectDebitPayment>(shared.createPayment),
    validatePaymentOtp: operation<DirectDebitValidatePaymentOtpDto, CimbValidatedPayment>(
      shared.validatePaymentOtp,
    ),
    resendPaymentOtp: operation<DirectDebitResendPaymentOtpDto, DirectDebitResentOtp>(
      shared.resendPaymentOtp,
    ),
    deleteToken: operation<DirectDebitDeleteTokenDto, DirectDebitDeletedToken>(shared.deleteToken),

    refund: operation<CimbRefundDto, CimbRefund>(
      directDebitOperation(bank, 'refund', '/payment-refund', {
        effect: 'change',
        request: CimbRefundDto,
        reference: ['order', 'invoice_number'],
        amounts: [['refund', 'amount']],
        mandatory: [
          ['order', 'invoice_number'],
          ['refund', 'amount'],
        ],
        proof: [
          ['order', 'invoice_number'],
          ['refund', 'amount'],
        ],
      }),
    ),
  } satisfies Record<CimbOperationName, DokuOperation>;
  return configurePaths(operations, settings.paths, `${settings.option}.paths`);
}
