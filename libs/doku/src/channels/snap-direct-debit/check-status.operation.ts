import { type DokuOperation, operation } from '../../http/doku-operation.js';
import { type ChannelCode, channelProblems, withChannel } from './channel-code.js';
import { SnapCheckStatusDto } from './check-status.dto.js';
import { membersOf } from './snap-answer.js';
import { readTransactionStatus, type SnapTransactionStatus } from './transaction-status.js';

/** What differs between the channels. */
interface CheckStatusOfChannel {
  readonly name: string;
  readonly channel: ChannelCode;
  /** Two digits (reference snap C14). */
  readonly serviceCode: string;
}

/** `POST /orders/v1.0/debit/status`, for every SNAP channel (reference snap 9.7). */
export function checkStatusOperation({
  name,
  channel,
  serviceCode,
}: CheckStatusOfChannel): DokuOperation<SnapCheckStatusDto, SnapTransactionStatus> {
  return operation<SnapCheckStatusDto, SnapTransactionStatus>({
    name,
    method: 'POST',
    path: '/orders/v1.0/debit/status',
    scheme: 'snap',
    effect: 'read',
    headers: { ipAddress: 'never', deviceId: 'never' },
    request: SnapCheckStatusDto,
    rules: (request) => [...identifierProblems(request), ...channelProblems(request, channel)],
    body: ({ serviceCode: given, ...request }) =>
      withChannel({ ...request, serviceCode: given ?? serviceCode }, channel),
    reference: ['originalPartnerReferenceNo'],
    amounts: [
      ['transAmount', 'value'],
      ['feeAmount', 'value'],
      ['refundHistory', '*', 'refundAmount', 'value'],
    ],
    mandatory: [['latestTransactionStatus']],
    echo: [['originalPartnerReferenceNo']],
    normalise: (answer, progress) => {
      const members = membersOf(answer, progress);
      return members && readTransactionStatus(members);
    },
  });
}

function identifierProblems(request: SnapCheckStatusDto): readonly string[] {
  const { originalPartnerReferenceNo, originalReferenceNo, originalExternalId } = request;
  return (originalPartnerReferenceNo ?? originalReferenceNo ?? originalExternalId) === undefined
    ? ['give originalPartnerReferenceNo, originalReferenceNo or originalExternalId']
    : [];
}
