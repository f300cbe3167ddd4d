export {
  SnapBindAccountInfoDto,
  SnapInquireBalanceDto,
  SnapUnbindAccountDto,
} from './account.dto.js';
export type {
  SnapAccountInfo,
  SnapBalance,
  SnapBinding,
  SnapBindingCreated,
  SnapBindingInfo,
  SnapBindingInProgress,
  SnapPaymentCreated,
  SnapPaymentInProgress,
  SnapUnbinding,
} from './account.responses.js';
export type { ChannelCode } from './channel-code.js';
export type { ChannelIdOption } from './channel-id-header.js';
export { SnapChannelInfoDto } from './channel-info.dto.js';
export { SnapCheckStatusDto, SnapCheckStatusInfoDto } from './check-status.dto.js';
export { SnapPayOptionDto } from './pay-option.dto.js';
export type { ReferenceRule } from './references.rule.js';
export { SnapRefundDto } from './refund.dto.js';
export type { SnapRefund } from './refund.operation.js';
export { SnapAmountDto, SnapFeeDto } from './snap-amount.dto.js';
export type { SnapAmount, SnapAnswer } from './snap-answer.js';
export type {
  SnapPaymentStatus,
  SnapRefundHistoryEntry,
  SnapTransactionStatus,
} from './transaction-status.js';
