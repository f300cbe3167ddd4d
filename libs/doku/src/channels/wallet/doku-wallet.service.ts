import { Inject, Injectable } from '@nestjs/common';

import { DOKU_OPTIONS } from '../../doku.tokens.js';
import { DokuClient } from '../../http/doku-client.js';
import { dokuCall } from '../../http/doku-call.js';
import type { DokuCallOptions } from '../../http/doku-call-options.js';
import { DokuClock } from '../../http/doku-clock.js';
import { isObject } from '../../http/members.js';
import { MerchantRegistry } from '../../options/merchant-registry.js';
import type { ResolvedDokuOptions } from '../../options/resolved-doku-options.js';
import { snapTimestamp } from '../../signing/timestamp.js';
import { AccountAuthCodes } from '../../tokens/account-auth-codes.js';
import { rupiahText } from '../../validation/amount.js';
import { accountAuthCodes } from './account-auth-code.js';
import type {
  WalletInquireBankAccountDto,
  WalletTransferToBankDto,
} from './dto/bank-transfer.dto.js';
import type { WalletBindAccountDto } from './dto/bind-account.dto.js';
import type { WalletCreateAccountDto } from './dto/create-account.dto.js';
import type { WalletInquireAccountDto } from './dto/inquire-account.dto.js';
import type { WalletInquireBalanceDto } from './dto/inquire-balance.dto.js';
import type {
  WalletCancelPurchaseDto,
  WalletPurchaseDto,
  WalletQueryPurchaseDto,
  WalletRefundPurchaseDto,
} from './dto/purchase.dto.js';
import type {
  WalletInquireTopUpAccountDto,
  WalletQueryTopUpDto,
  WalletTopUpDto,
} from './dto/top-up.dto.js';
import type {
  WalletGetTransactionDto,
  WalletListTransactionsDto,
  WalletTransactionRangeDto,
} from './dto/transactions.dto.js';
import type { WalletUnbindAccountDto } from './dto/unbind-account.dto.js';
import type { WalletVerifyOtpDto } from './dto/verify-otp.dto.js';
import { rowsOfPages } from './transaction-pages.js';
import { walletOperations } from './wallet.operations.js';
import { resolveWalletOptions } from './wallet.options.js';
import type {
  WalletAccount,
  WalletAccountCreation,
  WalletBalance,
  WalletBankAccount,
  WalletBinding,
  WalletCancellation,
  WalletOtpVerification,
  WalletPurchase,
  WalletPurchaseStatus,
  WalletRefund,
  WalletTopUp,
  WalletTopUpAccount,
  WalletTopUpStatus,
  WalletTransaction,
  WalletTransactionDetail,
  WalletTransactionPage,
  WalletTransfer,
  WalletUnbinding,
} from './wallet.responses.js';

/**
 * DOKU Wallet: open an account for a customer, bind it, and move the customer's money.
 *
 * `createAccount` → OTP → `verifyOtp` → the customer sets a PIN on a page → `bindAccount` → the customer agrees
 * on a page → `customer: { accountId }` in the options of all that follows: `inquireBalance`;
 * `inquireBankAccount` → `transferToBank`; `inquireTopUpAccount` → `topUp` → `queryTopUp`; `purchase` → PIN page
 * → `queryPurchase`, and `cancelPurchase` or `refundPurchase`; `listTransactions`, `getTransaction`. In the end
 * `unbindAccount` → OTP → `verifyOtp`.
 *
 * Answers hold, in members that begin with `for`, what the next step needs. DOKU documents no notification of
 * the wallet: query. Every method throws what `DokuClient.request` throws.
 */
@Injectable()
export class DokuWalletService {
  private readonly operations: ReturnType<typeof walletOperations>;

  /** @internal Made by Nest. */
  constructor(
    private readonly client: DokuClient,
    private readonly merchants: MerchantRegistry,
    clock: DokuClock,
    authCodes: AccountAuthCodes,
    @Inject(DOKU_OPTIONS) { channels }: ResolvedDokuOptions,
  ) {
    const settings = resolveWalletOptions(channels.wallet);
    const now = () => clock.now();
    this.operations = walletOperations(settings, now);
    const tokenLevels = { ...settings.tokenLevels, inquireAccount: 'b2b' as const };
    const { inquireAccount } = walletOperations({ ...settings, tokenLevels }, now);
    authCodes.comeFrom(accountAuthCodes(client, inquireAccount));
  }

  /**
   * Opens an account: DOKU sends the customer an OTP. Called again, it sends another; do so after 300 seconds at
   * the earliest, with a new reference (reference wallet 2).
   */
  async createAccount(
    request: WalletCreateAccountDto,
    options?: DokuCallOptions,
  ): Promise<WalletAccountCreation> {
    const creation = await this.client.request(this.operations.createAccount, request, options);
    const { partnerReferenceNo } = request;
    const forVerifyOtp = {
      originalPartnerReferenceNo: partnerReferenceNo,
      originalReferenceNo: creation.referenceNo,
    };
    return Object.assign(creation, { partnerReferenceNo, forVerifyOtp });
  }

  /**
   * Passes on the OTP that the customer typed: `{ ...creation.forVerifyOtp, otp }`, or the same of an unbinding.
   * After a creation the answer has the page on which the customer sets a PIN (reference wallet 3).
   *
   * DOKU's document lost the path; ours is that of its SDKs.
   *
   * @throws DokuApiError with `otpProblem` `wrong` (`responseCode` 4040415: ask again), `blocked` (4030411) or
   * `expired` (4030412)
   */
  verifyOtp(
    request: WalletVerifyOtpDto,
    options?: DokuCallOptions,
  ): Promise<WalletOtpVerification> {
    return this.client.request(this.operations.verifyOtp, request, options);
  }

  /**
   * Starts a binding: store `linkId`, and send the browser to `nextAction`. The customer agrees there, and comes
   * back to your `redirectUrl` with an authCode; see `readWalletBindingRedirect` (reference wallet 4).
   */
  bindAccount(request: WalletBindAccountDto, options?: DokuCallOptions): Promise<WalletBinding> {
    return this.client.request(this.operations.bindAccount, request, options);
  }

  /** How an account stands, and whether there is one (reference wallet 5). */
  inquireAccount(
    request: WalletInquireAccountDto,
    options?: DokuCallOptions,
  ): Promise<WalletAccount> {
    return this.client.request(this.operations.inquireAccount, request, options);
  }

  /**
   * Starts to end a binding: the customer gets an OTP, and it ends with `verifyOtp`. Forget `linkId` then, and
   * the customer's token: `DokuAccessTokenService.invalidate` (reference wallet 6).
   */
  async unbindAccount(
    request: WalletUnbindAccountDto,
    options?: DokuCallOptions,
  ): Promise<WalletUnbinding> {
    const { clientId } = this.merchants.named(options?.merchant);
    // What is no object is refused by the check of the request.
    const given = isObject(request)
      ? Object.assign({}, request, { merchantId: request.merchantId ?? clientId })
      : request;
    const unbinding = await this.client.request(this.operations.unbindAccount, given, options);
    const { referenceNo } = unbinding;
    if (referenceNo === undefined) return unbinding;
    return Object.assign(unbinding, {
      forVerifyOtp: {
        originalPartnerReferenceNo: request.partnerReferenceNo,
        originalReferenceNo: referenceNo,
      },
    });
  }

  /**
   * What the customer has; needs `customer` (reference wallet 7).
   *
   * DOKU's document lost the path; ours is that of the SNAP standard, and of a third party's client of this API.
   */
  inquireBalance(
    request: WalletInquireBalanceDto = {},
    options?: DokuCallOptions,
  ): Promise<WalletBalance> {
    return this.client.request(this.operations.inquireBalance, request, options);
  }

  /**
   * Whose bank account it is: show it to the customer before `transferToBank`. Needs `customer`
   * (reference wallet 8).
   *
   * DOKU's Android SDK makes it without a customer, on another path: options `tokenLevels` and `paths`.
   */
  async inquireBankAccount(
    request: WalletInquireBankAccountDto,
    options?: DokuCallOptions,
  ): Promise<WalletBankAccount> {
    const account = await this.client.request(this.operations.inquireBankAccount, request, options);
    const { referenceNo, sessionId, beneficiaryBankCode } = account;
    const { customerNumber, beneficiaryAccountNumber, amount, additionalInfo } = request;
    return Object.assign(account, {
      forTransferToBank: {
        customerNumber,
        beneficiaryAccountNumber,
        beneficiaryBankCode: beneficiaryBankCode ?? additionalInfo.bankCode,
        amount,
        ...(sessionId === undefined ? {} : { sessionId }),
        additionalInfo: { referenceNo },
      },
    });
  }

  /**
   * Moves money from the wallet to a bank account, with what the inquiry gave:
   * `{ ...inquiry.forTransferToBank, partnerReferenceNo, accountType }`. Needs `customer` (reference wallet 9).
   *
   * DOKU's document lost the path; ours is that of its SDK for Android. There is no query of its own: after a
   * `DokuOutcomeUnknownError` look it up with `getTransaction`.
   */
  transferToBank(
    request: WalletTransferToBankDto,
    options?: DokuCallOptions,
  ): Promise<WalletTransfer> {
    return this.client.request(this.operations.transferToBank, request, options);
  }

  /**
   * Whose wallet it is, and the `sessionId` that `topUp` may need. Needs `customer` (reference wallet 10).
   *
   * DOKU does not document it, only that it exists: path, members and success code are those of the SNAP
   * standard. Try it in the sandbox before you rely on it; `topUp` works without.
   */
  async inquireTopUpAccount(
    request: WalletInquireTopUpAccountDto,
    options?: DokuCallOptions,
  ): Promise<WalletTopUpAccount> {
    const account = await this.client.request(
      this.operations.inquireTopUpAccount,
      request,
      options,
    );
    const { sessionId } = account;
    const { customerNumber, amount } = request;
    const fee = rupiahText(account.feeAmount?.value);
    return Object.assign(account, {
      forTopUp: {
        customerNumber,
        amount,
        ...(fee === undefined ? {} : { feeAmount: { value: fee } }),
        ...(sessionId === undefined ? {} : { sessionId }),
      },
    });
  }

  /**
   * Moves money from your corporate balance to the customer's wallet; store `forQueryTopUp` of the answer. Needs
   * `customer` (reference wallet 10).
   *
   * DOKU's document lost the path; ours follows the SNAP standard.
   */
  async topUp(request: WalletTopUpDto, options?: DokuCallOptions): Promise<WalletTopUp> {
    const topUp = await this.client.request(this.operations.topUp, request, options);
    const { referenceNo } = topUp;
    return Object.assign(topUp, {
      forQueryTopUp: {
        originalPartnerReferenceNo: request.partnerReferenceNo,
        ...(referenceNo === undefined ? {} : { originalReferenceNo: referenceNo }),
        originalExternalId: dokuCall(topUp).externalId,
      },
    });
  }

  /**
   * How a top-up stands: `topUp.forQueryTopUp`. Needs `customer` (reference wallet 11).
   *
   * DOKU's document lost the path; ours follows the SNAP standard.
   */
  queryTopUp(request: WalletQueryTopUpDto, options?: DokuCallOptions): Promise<WalletTopUpStatus> {
    return this.client.request(this.operations.queryTopUp, request, options);
  }

  /**
   * Starts a purchase: send the browser to `webRedirectUrl`, where the customer confirms with the PIN. Nothing
   * is paid before `queryPurchase` says so. Needs `customer` (reference wallet 12).
   */
  async purchase(request: WalletPurchaseDto, options?: DokuCallOptions): Promise<WalletPurchase> {
    const purchase = await this.client.request(this.operations.purchase, request, options);
    const { referenceNo } = purchase;
    return Object.assign(purchase, {
      forQueryPurchase: {
        originalPartnerReferenceNo: request.partnerReferenceNo,
        ...(referenceNo === undefined ? {} : { originalReferenceNo: referenceNo }),
        transactionDate: snapTimestamp(dokuCall(purchase).sentAt),
      },
    });
  }

  /**
   * How a purchase stands: `purchase.forQueryPurchase`; not before 60 seconds after the customer confirmed.
   * Needs `customer` (reference wallet 13).
   *
   * DOKU's document lost the path; ours follows the SNAP standard.
   */
  queryPurchase(
    request: WalletQueryPurchaseDto,
    options?: DokuCallOptions,
  ): Promise<WalletPurchaseStatus> {
    return this.client.request(this.operations.queryPurchase, request, options);
  }

  /**
   * Takes a purchase back right after it was made, all of it; once it has settled, `refundPurchase`. Where
   * settling begins is not documented. Needs `customer` (reference wallet 14, G.1).
   *
   * DOKU's document lost the path; ours follows the SNAP standard.
   */
  cancelPurchase(
    request: WalletCancelPurchaseDto,
    options?: DokuCallOptions,
  ): Promise<WalletCancellation> {
    return this.client.request(this.operations.cancelPurchase, request, options);
  }

  /**
   * Gives the money of a settled purchase back. Keep `partnerRefundNo` for a repeat; needs `customer`
   * (reference wallet 15).
   *
   * DOKU's document lost the path; ours follows the SNAP standard.
   */
  refundPurchase(
    request: WalletRefundPurchaseDto,
    options?: DokuCallOptions,
  ): Promise<WalletRefund> {
    return this.client.request(this.operations.refundPurchase, request, options);
  }

  /** One page of the customer's history, the newest first; needs `customer` (reference wallet 16). */
  listTransactions(
    request: WalletListTransactionsDto,
    options?: DokuCallOptions,
  ): Promise<WalletTransactionPage> {
    return this.client.request(this.operations.listTransactions, request, options);
  }

  /**
   * All rows of `listTransactions`, page by page as they are consumed. Choose a `toDateTime` in the past: what
   * happens meanwhile shifts the pages.
   *
   * @param options of every page; `timeoutMs` counts for each, `signal` ends the iteration
   * @throws DokuUnavailableError also when DOKU's pages repeat or never end
   */
  transactions(
    request: WalletTransactionRangeDto,
    options?: DokuCallOptions,
  ): AsyncGenerator<WalletTransaction, void, void> {
    return rowsOfPages(Number(request.pageSize ?? 10), (pageNumber) =>
      this.listTransactions(Object.assign({}, request, { pageNumber }), options),
    );
  }

  /** One transaction, by your reference of it; needs `customer` (reference wallet 17). */
  getTransaction(
    request: WalletGetTransactionDto,
    options?: DokuCallOptions,
  ): Promise<WalletTransactionDetail> {
    return this.client.request(this.operations.getTransaction, request, options);
  }
}
