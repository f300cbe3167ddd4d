import { type DokuOperation, operation } from '../../http/doku-operation.js';
import { type ChannelCode, channelProblems, withChannel } from './channel-code.js';
import { askForStatus } from './recovery.js';
import { SnapRefundDto } from './refund.dto.js';
import { membersOf, type SnapAmount, type SnapAnswer } from './snap-answer.js';

/** Answer of `refund`; DOKU need not echo what was asked (reference snap 9.5, 10.2). */
export interface SnapRefund extends SnapAnswer {
  /** Ours. `accepted`: DOKU took the refund. `in-progress`: ask `checkStatus` how it ended. */
  readonly status: 'accepted' | 'in-progress';
  readonly refundAmount?: SnapAmount;
  readonly originalPartnerReferenceNo?: string;
  /** DOKU's reference of the payment. */
  readonly originalReferenceNo?: string;
  /** DOKU's number of the refund. */
  readonly refundNo?: string;
  readonly partnerRefundNo?: string;
  /** As sent: DOKU's text promises a zone, its sample has none (reference snap C7). */
  readonly refundTime?: string;
}

/** What differs between the channels. */
interface RefundOfChannel extends Required<
  Pick<DokuOperation<SnapRefundDto, SnapRefund>, 'name' | 'customer'>
> {
  readonly channel: ChannelCode;
  /** The service to ask when the outcome is unknown. */
  readonly service: string;
  readonly headers?: NonNullable<DokuOperation['headers']>;
  readonly echo?: NonNullable<DokuOperation['echo']>;
  /** Rules for the two references. */
  readonly references: (request: SnapRefundDto) => readonly string[];
}

/** Members of a refund that name it. */
export const REFUND_REFERENCES = [['originalPartnerReferenceNo'], ['partnerRefundNo']] as const;

/** `POST /direct-debit/core/v1/debit/refund`, for every SNAP direct-debit channel. */
export function refundOperation({
  channel,
  service,
  references,
  ...differing
}: RefundOfChannel): DokuOperation<SnapRefundDto, SnapRefund> {
  return operation<SnapRefundDto, SnapRefund>({
    ...differing,
    method: 'POST',
    path: '/direct-debit/core/v1/debit/refund',
    scheme: 'snap',
    effect: 'once',
    request: SnapRefundDto,
    rules: (request) => [...references(request), ...channelProblems(request, channel)],
    body: (request) => withChannel(request, channel),
    reference: ['originalPartnerReferenceNo'],
    amounts: [['refundAmount', 'value']],
    proof: REFUND_REFERENCES,
    normalise: (answer, progress) => {
      const members = membersOf(answer, progress);
      return members && { ...members, status: progress === 'done' ? 'accepted' : 'in-progress' };
    },
    recovery: askForStatus(service),
  });
}
