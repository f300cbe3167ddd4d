import { type DokuOperation, operation } from '../../http/doku-operation.js';
import { channelProblems, withChannel } from '../snap-direct-debit/channel-code.js';
import { checkStatusOperation } from '../snap-direct-debit/check-status.operation.js';
import { payOptionsAddUp } from '../snap-direct-debit/pay-options.rule.js';
import { askForStatus } from '../snap-direct-debit/recovery.js';
import { type ReferenceForm, referenceProblems } from '../snap-direct-debit/references.rule.js';
import { REFUND_REFERENCES, refundOperation } from '../snap-direct-debit/refund.operation.js';
import { type Members, membersOf, named, namedWithin } from '../snap-direct-debit/snap-answer.js';
import { isObject } from '../../http/members.js';
import type { AlloOperationName, AlloSettings } from './allo-direct-debit.options.js';
import type {
  AlloBalance,
  AlloBinding,
  AlloPayment,
  AlloUnbinding,
} from './allo-direct-debit.responses.js';
import { AlloBindAccountDto } from './dto/bind-account.dto.js';
import { AlloCreatePaymentDto } from './dto/create-payment.dto.js';
import { AlloInquireBalanceDto } from './dto/inquire-balance.dto.js';
import { AlloUnbindAccountDto } from './dto/unbind-account.dto.js';

/** What DOKU's documents ask of a reference (reference snap 9.4). */
export const DOCUMENTED_REFERENCE: ReferenceForm = { min: 32, max: 64, alphanumeric: true };

const SERVICE = 'AlloDirectDebitService';

/** Allo Bank direct debit, as DOKU's guide has it (reference snap 9), with the settings of the channel. */
export function alloOperations(settings: AlloSettings) {
  const { channel } = settings;
  const reference = (member: string, given: string): readonly string[] =>
    settings.references === 'strict' ? referenceProblems(member, given, DOCUMENTED_REFERENCE) : [];

  return {
    bindAccount: operation<AlloBindAccountDto, AlloBinding>({
      name: 'allo.bindAccount',
      method: 'POST',
      path: '/direct-debit/core/v1/registration-account-binding',
      scheme: 'snap',
      headers: { ipAddress: 'required', deviceId: 'required' },
      effect: 'once',
      request: AlloBindAccountDto,
      rules: (request) => channelProblems(request, channel),
      body: (request) => withChannel(request, channel),
      mandatory: [['redirectUrl'], ['additionalInfo', 'authCode']],
      normalise: (answer, progress) => {
        const members = membersOf(answer, progress);
        return (
          members && {
            ...namedWithin('additionalInfo', 'accountStatus', 'status', members),
            status: progress === 'done' ? 'page-created' : 'in-progress',
          }
        );
      },
      recovery: 'Nothing is bound before the customer agrees. Call again: it makes a new page.',
    }),

    inquireBalance: operation<AlloInquireBalanceDto, AlloBalance>({
      name: 'allo.inquireBalance',
      method: 'POST',
      path: '/direct-debit/core/v1/balance-inquiry',
      scheme: 'snap',
      customer: 'required',
      headers: { ipAddress: 'required', deviceId: 'never' },
      effect: 'read',
      request: AlloInquireBalanceDto,
      rules: (request) => channelProblems(request, channel),
      body: (request) => withChannel(request, channel),
      amounts: ['amount', 'flatAmount', 'holdAmount'].map((name) => [
        'accountInfos',
        '*',
        name,
        'value',
      ]),
      normalise: readBalance,
    }),

    createPayment: operation<AlloCreatePaymentDto, AlloPayment>({
      name: 'allo.createPayment',
      method: 'POST',
      path: '/direct-debit/core/v1/debit/payment-host-to-host',
      scheme: 'snap',
      customer: 'required',
      headers: { ipAddress: 'required', deviceId: 'never', ...settings.channelId },
      effect: 'once',
      request: AlloCreatePaymentDto,
      rules: (request) => [
        ...reference('partnerReferenceNo', request.partnerReferenceNo),
        ...(settings.checkPayOptions ? payOptionsAddUp(request) : []),
        ...channelProblems(request, channel),
      ],
      body: (request) => withChannel(request, channel),
      reference: ['partnerReferenceNo'],
      mandatory: [['webRedirectUrl']],
      proof: [['partnerReferenceNo']],
      echo: [['partnerReferenceNo']],
      normalise: (answer, progress) => {
        const members = membersOf(answer, progress);
        const status = progress === 'done' ? 'page-created' : 'in-progress';
        return members && { ...members, status };
      },
      recovery: askForStatus(SERVICE),
    }),

    refund: refundOperation({
      name: 'allo.refund',
      service: SERVICE,
      channel,
      customer: 'required',
      headers: { ipAddress: 'required', deviceId: 'never' },
      references: (request) =>
        reference('originalPartnerReferenceNo', request.originalPartnerReferenceNo),
      echo: REFUND_REFERENCES,
    }),

    unbindAccount: operation<AlloUnbindAccountDto, AlloUnbinding>({
      name: 'allo.unbindAccount',
      method: 'POST',
      path: '/direct-debit/core/v1/registration-account-unbinding',
      scheme: 'snap',
      // The customer's token goes into the body here.
      headers: { ipAddress: 'required', deviceId: 'never' },
      effect: 'once',
      request: AlloUnbindAccountDto,
      rules: (request) => channelProblems(request, channel),
      body: (request) => withChannel(request, channel),
      normalise: (answer, progress) => {
        const members = membersOf(answer, progress);
        return members && { ...members, status: progress === 'done' ? 'accepted' : 'in-progress' };
      },
      recovery:
        "Call again. A refusal because the customer's token is not found (4017400, or 401 with case 04) then means that it was done.",
    }),

    checkStatus: checkStatusOperation({
      name: 'allo.checkStatus',
      channel,
      serviceCode: settings.statusServiceCode,
    }),
  } satisfies Record<AlloOperationName, DokuOperation>;
}

/** A balance that is "in progress" is none: the caller asks again, and learns nothing wrong. */
function readBalance(answer: unknown): Members | undefined {
  if (!isObject(answer) || !Array.isArray(answer.accountInfos)) return undefined;
  return {
    ...answer,
    accountInfos: answer.accountInfos.map((info: unknown) =>
      isObject(info) ? named('flatAmount', 'floatAmount', info) : info,
    ),
  };
}
