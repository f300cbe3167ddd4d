export { DokuWalletService } from './doku-wallet.service.js';
export type {
  DokuWalletOptions,
  WalletOperationName,
  WalletPurchaseMark,
  WalletTokenLevel,
} from './wallet.options.js';
export {
  readWalletAccountRedirect,
  readWalletBindingRedirect,
  type RedirectQuery,
  type UnverifiedWalletAccount,
  type UnverifiedWalletAuthCode,
} from './wallet-redirects.js';
export type {
  WalletAccount,
  WalletAccountCreation,
  WalletAccountInfo,
  WalletBalance,
  WalletBankAccount,
  WalletBinding,
  WalletCancellation,
  WalletOtpReferences,
  WalletOtpVerification,
  WalletPurchase,
  WalletPurchaseStatus,
  WalletRefund,
  WalletRefundHistoryEntry,
  WalletSourceOfFunds,
  WalletTopUp,
  WalletTopUpAccount,
  WalletTopUpStatus,
  WalletTransaction,
  WalletTransactionDetail,
  WalletTransactionPage,
  WalletTransfer,
  WalletUnbinding,
} from './wallet.responses.js';
export {
  WalletInquireBankAccountDto,
  WalletInquireBankAccountInfoDto,
  WalletTransferToBankDto,
  WalletTransferToBankInfoDto,
} from './dto/bank-transfer.dto.js';
export { WalletBindAccountDto, WalletSuccessParamsDto } from './dto/bind-account.dto.js';
export {
  WalletCreateAccountDto,
  WalletDeviceInfoDto,
  WalletRegistrationDto,
} from './dto/create-account.dto.js';
export { WalletInquireAccountDto, WalletInquireAccountInfoDto } from './dto/inquire-account.dto.js';
export { WalletInquireBalanceDto } from './dto/inquire-balance.dto.js';
export {
  WalletCancelPurchaseDto,
  WalletOriginalPurchaseDto,
  WalletPayOptionDto,
  WalletPurchaseDto,
  WalletQueryPurchaseDto,
  WalletRefundPurchaseDto,
  WalletUrlParamDto,
} from './dto/purchase.dto.js';
export {
  WalletInquireTopUpAccountDto,
  WalletQueryTopUpDto,
  WalletTopUpDto,
} from './dto/top-up.dto.js';
export {
  WalletGetTransactionDto,
  WalletListTransactionsDto,
  WalletTransactionRangeDto,
} from './dto/transactions.dto.js';
export { WalletUnbindAccountDto } from './dto/unbind-account.dto.js';
export { WalletVerifyOtpDto, WalletVerifyOtpInfoDto } from './dto/verify-otp.dto.js';
export { WalletMerchantPartsDto } from './dto/wallet-parts.dto.js';
