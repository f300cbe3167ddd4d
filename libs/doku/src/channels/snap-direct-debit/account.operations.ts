import type { Type } from '@nestjs/common';

import { type DokuOperation, operation } from '../../http/doku-operation.js';
import { isObject } from '../../http/members.js';
import type { SnapBalance, SnapBinding, SnapUnbinding } from './account.responses.js';
import { SnapInquireBalanceDto, SnapUnbindAccountDto } from './account.dto.js';
import { type ChannelCode, channelProblems, withChannel } from './channel-code.js';
import { askForStatus } from './recovery.js';
import {
  answerWithStatus,
  type Members,
  membersOf,
  named,
  namedWithin,
  type Progress,
} from './snap-answer.js';

/** What differs between the channels that bind accounts. */
interface OperationOfChannel {
  readonly name: string;
  readonly channel: ChannelCode;
  readonly headers: NonNullable<DokuOperation['headers']>;
}

interface WithInfo {
  readonly additionalInfo?: object;
}

/** `POST …/registration-account-binding` (reference snap 9.1). */
export function bindAccountOperation<Request extends WithInfo>({
  channel,
  ...differing
}: OperationOfChannel & { readonly request: Type<Request> }): DokuOperation<Request, SnapBinding> {
  return operation<Request, SnapBinding>({
    ...differing,
    method: 'POST',
    path: '/direct-debit/core/v1/registration-account-binding',
    scheme: 'snap',
    effect: 'once',
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
  });
}

/** `POST …/balance-inquiry` (reference snap 9.3). */
export function inquireBalanceOperation({
  channel,
  ...differing
}: OperationOfChannel): DokuOperation<SnapInquireBalanceDto, SnapBalance> {
  return operation<SnapInquireBalanceDto, SnapBalance>({
    ...differing,
    method: 'POST',
    path: '/direct-debit/core/v1/balance-inquiry',
    scheme: 'snap',
    customer: 'required',
    effect: 'read',
    request: SnapInquireBalanceDto,
    rules: (request) => channelProblems(request, channel),
    body: (request) => withChannel(request, channel),
    amounts: ['amount', 'flatAmount', 'holdAmount'].map((name) => [
      'accountInfos',
      '*',
      name,
      'value',
    ]),
    normalise: readBalance,
  });
}

/** What differs between the payments of such channels. */
interface PaymentOfChannel<Request extends WithInfo>
  extends OperationOfChannel, Pick<DokuOperation, 'mandatory'> {
  /** The service to ask when the outcome is unknown. */
  readonly service: string;
  readonly request: Type<Request>;
  /** Beside the channel's code. */
  readonly rules: (request: Request) => readonly string[];
  readonly normalise: (answer: unknown, progress: Progress) => Members | undefined;
}

/** `POST …/debit/payment-host-to-host` from a bound account (reference snap 9.4). */
export function accountPaymentOperation<Request extends WithInfo, Response>({
  channel,
  service,
  rules,
  ...differing
}: PaymentOfChannel<Request>): DokuOperation<Request, Response> {
  return operation<Request, Response>({
    ...differing,
    method: 'POST',
    path: '/direct-debit/core/v1/debit/payment-host-to-host',
    scheme: 'snap',
    customer: 'required',
    effect: 'once',
    rules: (request) => [...rules(request), ...channelProblems(request, channel)],
    body: (request) => withChannel(request, channel),
    reference: ['partnerReferenceNo'],
    proof: [['partnerReferenceNo']],
    echo: [['partnerReferenceNo']],
    recovery: askForStatus(service),
  });
}

/** `POST …/registration-account-unbinding` (reference snap 9.6). */
export function unbindAccountOperation({
  channel,
  ...differing
}: OperationOfChannel): DokuOperation<SnapUnbindAccountDto, SnapUnbinding> {
  return operation<SnapUnbindAccountDto, SnapUnbinding>({
    ...differing,
    method: 'POST',
    path: '/direct-debit/core/v1/registration-account-unbinding',
    // The customer's token goes into the body here.
    scheme: 'snap',
    effect: 'once',
    request: SnapUnbindAccountDto,
    rules: (request) => channelProblems(request, channel),
    body: (request) => withChannel(request, channel),
    normalise: answerWithStatus('accepted'),
    recovery:
      "Call again. A refusal because the customer's token is not found (4017400, or 401 with case 04) then means that it was done.",
  });
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
