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
import { type Members, membersOf, type Progress } from '../snap-direct-debit/snap-answer.js';
import { OvoBindAccountDto } from './dto/bind-account.dto.js';
import { OvoCreatePaymentDto } from './dto/create-payment.dto.js';
import type { OvoOperationName, OvoSettings } from './ovo.options.js';
import type { OvoPayment } from './ovo.responses.js';

/** Of the payment that a refund is for; its own number may have 64 (reference snap 11, C33). */
const REFUNDED_REFERENCE: ReferenceForm = { min: 1, max: 32, alphanumeric: false };

const SERVICE = 'OvoService';

/** OVO (reference snap 11), with the settings of the channel. */
export function ovoOperations({ channel, checkPayOptions, statusServiceCode, paths }: OvoSettings) {
  // None is mandatory; an integrator sends the address with payments.
  const headers = { ipAddress: 'optional', deviceId: 'optional' } as const;

  const operations = {
    bindAccount: bindAccountOperation({
      name: 'ovo.bindAccount',
      channel,
      headers,
      request: OvoBindAccountDto,
    }),

    inquireBalance: inquireBalanceOperation({ name: 'ovo.inquireBalance', channel, headers }),

    createPayment: accountPaymentOperation<OvoCreatePaymentDto, OvoPayment>({
      name: 'ovo.createPayment',
      service: SERVICE,
      channel,
      headers,
      request: OvoCreatePaymentDto,
      rules: (request) => [
        ...redirectProblems(request),
        ...(checkPayOptions ? payOptionsAddUp(request) : []),
      ],
      normalise: readPayment,
    }),

    refund: refundOperation({
      name: 'ovo.refund',
      service: SERVICE,
      channel,
      customer: 'required',
      headers,
      references: ({ originalPartnerReferenceNo }) =>
        referenceProblems(
          'originalPartnerReferenceNo',
          originalPartnerReferenceNo,
          REFUNDED_REFERENCE,
        ),
      echo: REFUND_REFERENCES,
    }),

    unbindAccount: unbindAccountOperation({ name: 'ovo.unbindAccount', channel, headers }),

    checkStatus: checkStatusOperation({
      name: 'ovo.checkStatus',
      channel,
      serviceCode: statusServiceCode,
    }),
  } satisfies Record<OvoOperationName, DokuOperation>;
  return configurePaths(operations, paths, 'channels.ovo.paths');
}

/** A page that nobody can come back from would strand the customer. */
function redirectProblems({ additionalInfo }: OvoCreatePaymentDto): readonly string[] {
  if (additionalInfo.paymentType !== 'SALE') return [];
  return (['successPaymentUrl', 'failedPaymentUrl'] as const)
    .filter((member) => typeof additionalInfo[member] !== 'string')
    .map((member) => `additionalInfo.${member} is mandatory for paymentType SALE`);
}

/** Only a `SALE` has a page. */
function readPayment(answer: unknown, progress: Progress): Members | undefined {
  const members = membersOf(answer, progress);
  if (!members) return undefined;
  if (progress === 'in-progress') return { ...members, status: 'in-progress' };
  const hasPage = typeof members.webRedirectUrl === 'string' && members.webRedirectUrl !== '';
  return { ...members, status: hasPage ? 'page-created' : 'accepted' };
}
