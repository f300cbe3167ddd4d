import type { DokuOperation } from '../../http/doku-operation.js';
import { configurePaths } from '../configure-paths.js';
import {
  accountPaymentOperation,
  bindAccountOperation,
  inquireBalanceOperation,
  unbindAccountOperation,
} from '../snap-direct-debit/account.operations.js';
import { checkStatusOperation } from '../snap-direct-debit/check-status.operation.js';
import { payOptionsAddUp } from '../snap-direct-debit/pay-options.rule.js';
import { type ReferenceForm, referenceProblems } from '../snap-direct-debit/references.rule.js';
import { REFUND_REFERENCES, refundOperation } from '../snap-direct-debit/refund.operation.js';
import { answerWithStatus } from '../snap-direct-debit/snap-answer.js';
import type { AlloOperationName, AlloSettings } from './allo-direct-debit.options.js';
import type { AlloPayment } from './allo-direct-debit.responses.js';
import { AlloBindAccountDto } from './dto/bind-account.dto.js';
import { AlloCreatePaymentDto } from './dto/create-payment.dto.js';

/** What DOKU's documents ask of a reference (reference snap 9.4). */
export const DOCUMENTED_REFERENCE: ReferenceForm = { min: 32, max: 64, alphanumeric: true };

const SERVICE = 'AlloDirectDebitService';

/** Allo Bank direct debit, as DOKU's guide has it (reference snap 9), with the settings of the channel. */
export function alloOperations(settings: AlloSettings) {
  const { channel } = settings;
  const headers = { ipAddress: 'required', deviceId: 'never' } as const;
  const reference = (member: string, given: string): readonly string[] =>
    settings.references === 'strict' ? referenceProblems(member, given, DOCUMENTED_REFERENCE) : [];

  const operations = {
    bindAccount: bindAccountOperation({
      name: 'allo.bindAccount',
      channel,
      headers: { ipAddress: 'required', deviceId: 'required' },
      request: AlloBindAccountDto,
    }),

    inquireBalance: inquireBalanceOperation({ name: 'allo.inquireBalance', channel, headers }),

    createPayment: accountPaymentOperation<AlloCreatePaymentDto, AlloPayment>({
      name: 'allo.createPayment',
      service: SERVICE,
      channel,
      headers: { ...headers, ...settings.channelId },
      request: AlloCreatePaymentDto,
      rules: (request) => [
        ...reference('partnerReferenceNo', request.partnerReferenceNo),
        ...(settings.checkPayOptions ? payOptionsAddUp(request) : []),
      ],
      mandatory: [['webRedirectUrl']],
      normalise: answerWithStatus('page-created'),
    }),

    refund: refundOperation({
      name: 'allo.refund',
      service: SERVICE,
      channel,
      customer: 'required',
      headers,
      references: (request) =>
        reference('originalPartnerReferenceNo', request.originalPartnerReferenceNo),
      echo: REFUND_REFERENCES,
    }),

    unbindAccount: unbindAccountOperation({ name: 'allo.unbindAccount', channel, headers }),

    checkStatus: checkStatusOperation({
      name: 'allo.checkStatus',
      channel,
      serviceCode: settings.statusServiceCode,
    }),
  } satisfies Record<AlloOperationName, DokuOperation>;
  return configurePaths(operations, settings.paths, 'channels.alloDirectDebit.paths');
}
