export { AlloDirectDebitService } from './allo-direct-debit.service.js';
export type { AlloDirectDebitOptions, AlloOperationName } from './allo-direct-debit.options.js';
export type { AlloPayment } from './allo-direct-debit.responses.js';
export { AlloBindAccountDto, AlloBindAccountInfoDto } from './dto/bind-account.dto.js';
export {
  AlloCreatePaymentDto,
  AlloLineItemDto,
  AlloPaymentInfoDto,
  AlloPayOptionDto,
} from './dto/create-payment.dto.js';

// What Allo shares with other accounts.
export {
  SnapInquireBalanceDto as AlloInquireBalanceDto,
  SnapUnbindAccountDto as AlloUnbindAccountDto,
} from '../snap-direct-debit/account.dto.js';
export type {
  SnapAccountInfo as AlloAccountInfo,
  SnapBalance as AlloBalance,
  SnapBinding as AlloBinding,
  SnapBindingCreated as AlloBindingCreated,
  SnapBindingInfo as AlloBindingInfo,
  SnapBindingInProgress as AlloBindingInProgress,
  SnapPaymentCreated as AlloPaymentCreated,
  SnapPaymentInProgress as AlloPaymentInProgress,
  SnapUnbinding as AlloUnbinding,
} from '../snap-direct-debit/account.responses.js';
