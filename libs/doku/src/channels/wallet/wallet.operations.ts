import { type DokuOperation, operation } from '../../http/doku-operation.js';
import { configurePaths } from '../configure-paths.js';
import { createPartnerReference } from '../partner-reference.js';
import { answerWithStatus, completeAnswer } from '../snap-direct-debit/snap-answer.js';
import { readTransactionStatus } from '../snap-direct-debit/transaction-status.js';
import { WalletInquireBankAccountDto, WalletTransferToBankDto } from './dto/bank-transfer.dto.js';
import { WalletBindAccountDto } from './dto/bind-account.dto.js';
import { WalletCreateAccountDto } from './dto/create-account.dto.js';
import { WalletInquireAccountDto } from './dto/inquire-account.dto.js';
import { WalletInquireBalanceDto } from './dto/inquire-balance.dto.js';
import {
  WalletCancelPurchaseDto,
  WalletPurchaseDto,
  WalletQueryPurchaseDto,
  WalletRefundPurchaseDto,
} from './dto/purchase.dto.js';
import {
  WalletInquireTopUpAccountDto,
  WalletQueryTopUpDto,
  WalletTopUpDto,
} from './dto/top-up.dto.js';
import { WalletGetTransactionDto, WalletListTransactionsDto } from './dto/transactions.dto.js';
import { WalletUnbindAccountDto } from './dto/unbind-account.dto.js';
import { WalletVerifyOtpDto } from './dto/verify-otp.dto.js';
import { historyRangeProblems } from './history-range.rule.js';
import {
  readBalance,
  readOtpVerification,
  readPurchase,
  readTransactionPage,
} from './wallet-answers.js';
import type { WalletOperationName, WalletSettings } from './wallet.options.js';
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
  WalletTransactionDetail,
  WalletTransactionPage,
  WalletTransfer,
  WalletUnbinding,
} from './wallet.responses.js';

/** An answer as DOKU sends it, without what the service adds for the next step. */
type Sent<Answer> = Omit<
  Answer,
  'forVerifyOtp' | 'forTransferToBank' | 'forTopUp' | 'forQueryTopUp' | 'forQueryPurchase'
>;

/** What a call's name and token level decide. */
type Wire = Pick<
  DokuOperation,
  'name' | 'method' | 'scheme' | 'headers' | 'customer' | 'doubtfulTokenCases'
>;

const PARTNER_REFERENCE = [['partnerReferenceNo']] as const;
const ORIGINAL_REFERENCE = [['originalPartnerReferenceNo']] as const;
const REFUND_REFERENCES = [['originalPartnerReferenceNo'], ['partnerRefundNo']] as const;

/**
 * DOKU Wallet (reference wallet), with the settings of the channel.
 *
 * Paths: 2, 4, 5, 6, 8, 12, 16 and 17 of the reference are those of DOKU's document. The document lost the
 * others, and the two of the tokens; each says where it is from.
 *
 * @param now the time that the limits of the history count from
 */
export function walletOperations(settings: WalletSettings, now: () => Date) {
  const wire = (name: WalletOperationName): Wire => ({
    name: `wallet.${name}`,
    method: 'POST',
    scheme: 'snap',
    ...(settings.tokenLevels[name] === 'b2b2c'
      ? { headers: settings.headers, customer: 'required', doubtfulTokenCases: DOUBTFUL }
      : { headers: { ...settings.headers, deviceId: 'never' } }),
  });

  const operations = {
    createAccount: operation<WalletCreateAccountDto, Sent<WalletAccountCreation>>({
      ...wire('createAccount'),
      path: '/snap-adapter/b2b/v1.0/registration-account-creation',
      effect: 'once',
      request: WalletCreateAccountDto,
      reference: ['partnerReferenceNo'],
      mandatory: [['referenceNo']],
      proof: PARTNER_REFERENCE,
      echo: PARTNER_REFERENCE,
      normalise: completeAnswer(),
      recovery:
        'There is no account before the customer sets a PIN. Call again with a new partnerReferenceNo: the customer gets a new OTP.',
    }),

    // Path of DOKU's SDKs for Android and iOS.
    verifyOtp: operation<WalletVerifyOtpDto, WalletOtpVerification>({
      ...wire('verifyOtp'),
      path: '/snap-adapter/b2b/v1.0/otp-verification',
      effect: 'once',
      request: WalletVerifyOtpDto,
      reference: ['originalPartnerReferenceNo'],
      echo: ORIGINAL_REFERENCE,
      normalise: completeAnswer(readOtpVerification),
      recovery:
        'The OTP may be used up. Ask DokuWalletService.inquireAccount how the account stands, or begin anew with a new partnerReferenceNo for a new OTP.',
    }),

    bindAccount: operation<WalletBindAccountDto, WalletBinding>({
      ...wire('bindAccount'),
      path: '/snap-adapter/b2b/v1.0/registration-account-binding',
      effect: 'once',
      request: WalletBindAccountDto,
      reference: ['partnerReferenceNo'],
      mandatory: [['linkId'], ['nextAction']],
      proof: PARTNER_REFERENCE,
      echo: PARTNER_REFERENCE,
      normalise: completeAnswer(),
      recovery:
        'Nothing is bound before the customer agrees on the page. Call again with a new partnerReferenceNo.',
    }),

    inquireAccount: operation<WalletInquireAccountDto, WalletAccount>({
      ...wire('inquireAccount'),
      path: '/snap-adapter/b2b/v1.0/registration-account-inquiry',
      effect: 'read',
      request: WalletInquireAccountDto,
      body: withReference,
      reference: ['partnerReferenceNo'],
      echo: PARTNER_REFERENCE,
      normalise: completeAnswer(),
    }),

    unbindAccount: operation<WalletUnbindAccountDto, Sent<WalletUnbinding>>({
      ...wire('unbindAccount'),
      path: '/snap-adapter/b2b/v1.0/registration-account-unbinding',
      effect: 'once',
      request: WalletUnbindAccountDto,
      reference: ['partnerReferenceNo'],
      proof: PARTNER_REFERENCE,
      echo: PARTNER_REFERENCE,
      normalise: answerWithStatus('otp-needed'),
      recovery:
        'The account stays bound until the OTP is verified. Call again with a new partnerReferenceNo: the customer gets a new OTP.',
    }),

    // Path of a third party's client of this API, and of the SNAP standard.
    inquireBalance: operation<WalletInquireBalanceDto, WalletBalance>({
      ...wire('inquireBalance'),
      path: '/snap-adapter/b2b2c/v1.0/balance-inquiry',
      effect: 'read',
      request: WalletInquireBalanceDto,
      body: withReference,
      reference: ['partnerReferenceNo'],
      amounts: BALANCES.map((name) => ['accountInfos', '*', name, 'value']),
      echo: PARTNER_REFERENCE,
      normalise: completeAnswer(readBalance),
    }),

    inquireBankAccount: operation<WalletInquireBankAccountDto, Sent<WalletBankAccount>>({
      ...wire('inquireBankAccount'),
      path: '/snap-adapter/b2b2c/v1.0/emoney/bank-account-inquiry',
      effect: 'read',
      request: WalletInquireBankAccountDto,
      body: withReference,
      reference: ['partnerReferenceNo'],
      amounts: [['amount', 'value']],
      mandatory: [['referenceNo']],
      echo: [...PARTNER_REFERENCE, ['beneficiaryAccountNumber']],
      normalise: completeAnswer(),
    }),

    // Path of DOKU's SDK for Android.
    transferToBank: operation<WalletTransferToBankDto, WalletTransfer>({
      ...wire('transferToBank'),
      path: '/snap-adapter/b2b2c/v1.0/emoney/transfer-bank',
      effect: 'once',
      request: WalletTransferToBankDto,
      reference: ['partnerReferenceNo'],
      proof: PARTNER_REFERENCE,
      echo: PARTNER_REFERENCE,
      normalise: answerWithStatus('accepted'),
      recovery: queryFirst(
        'Look the transfer up with DokuWalletService.getTransaction, or in listTransactions: DOKU has no query of its own for it.',
      ),
    }),

    // Not in DOKU's document at all: path, request and answer are those of the SNAP standard.
    inquireTopUpAccount: operation<WalletInquireTopUpAccountDto, Sent<WalletTopUpAccount>>({
      ...wire('inquireTopUpAccount'),
      path: '/snap-adapter/b2b2c/v1.0/emoney/account-inquiry',
      effect: 'read',
      request: WalletInquireTopUpAccountDto,
      body: withReference,
      reference: ['partnerReferenceNo'],
      amounts: ['minAmount', 'maxAmount', 'amount', 'feeAmount'].map((name) => [name, 'value']),
      echo: PARTNER_REFERENCE,
      normalise: completeAnswer(),
    }),

    // Path after the pattern of the SNAP standard.
    topUp: operation<WalletTopUpDto, Sent<WalletTopUp>>({
      ...wire('topUp'),
      path: '/snap-adapter/b2b2c/v1.0/emoney/topup',
      effect: 'once',
      request: WalletTopUpDto,
      reference: ['partnerReferenceNo'],
      amounts: [['amount', 'value']],
      proof: PARTNER_REFERENCE,
      echo: PARTNER_REFERENCE,
      normalise: answerWithStatus('accepted'),
      recovery: queryFirst(
        'Ask DokuWalletService.queryTopUp with your reference as originalPartnerReferenceNo; add externalId of this error as originalExternalId only if you called once.',
      ),
    }),

    // Path after the pattern of the SNAP standard.
    queryTopUp: operation<WalletQueryTopUpDto, WalletTopUpStatus>({
      ...wire('queryTopUp'),
      path: '/snap-adapter/b2b2c/v1.0/emoney/topup-status',
      effect: 'read',
      request: WalletQueryTopUpDto,
      body: withServiceCode(settings.topUpServiceCode),
      reference: ['originalPartnerReferenceNo'],
      amounts: [['amount', 'value']],
      mandatory: [['latestTransactionStatus']],
      echo: ORIGINAL_REFERENCE,
      normalise: completeAnswer(readTransactionStatus),
    }),

    purchase: operation<WalletPurchaseDto, Sent<WalletPurchase>>({
      ...wire('purchase'),
      path: '/snap-adapter/b2b2c/v1.0/debit/payment-host-to-host',
      effect: 'once',
      request: WalletPurchaseDto,
      body: (request) => ({ ...settings.purchaseMark, ...given(request) }),
      reference: ['partnerReferenceNo'],
      proof: PARTNER_REFERENCE,
      echo: PARTNER_REFERENCE,
      normalise: readPurchase,
      recovery: queryFirst('Ask DokuWalletService.queryPurchase, or cancel with cancelPurchase.'),
    }),

    // Path after the pattern of the SNAP standard.
    queryPurchase: operation<WalletQueryPurchaseDto, WalletPurchaseStatus>({
      ...wire('queryPurchase'),
      path: '/snap-adapter/b2b2c/v1.0/debit/status',
      effect: 'read',
      request: WalletQueryPurchaseDto,
      body: withServiceCode(settings.purchaseServiceCode),
      reference: ['originalPartnerReferenceNo'],
      amounts: [
        ['transAmount', 'value'],
        ['feeAmount', 'value'],
        ['refundHistory', '*', 'refundAmount', 'value'],
      ],
      mandatory: [['latestTransactionStatus']],
      echo: ORIGINAL_REFERENCE,
      normalise: completeAnswer(readTransactionStatus),
    }),

    // Path after the pattern of the SNAP standard.
    cancelPurchase: operation<WalletCancelPurchaseDto, WalletCancellation>({
      ...wire('cancelPurchase'),
      path: '/snap-adapter/b2b2c/v1.0/debit/cancel',
      effect: 'once',
      request: WalletCancelPurchaseDto,
      reference: ['originalPartnerReferenceNo'],
      proof: ORIGINAL_REFERENCE,
      echo: ORIGINAL_REFERENCE,
      normalise: answerWithStatus('accepted'),
      recovery:
        'Ask DokuWalletService.queryPurchase: "cancelled" means that it was done. If it was not, cancel again.',
    }),

    // Path after the pattern of the SNAP standard.
    refundPurchase: operation<WalletRefundPurchaseDto, WalletRefund>({
      ...wire('refundPurchase'),
      path: '/snap-adapter/b2b2c/v1.0/debit/refund',
      effect: 'once',
      request: WalletRefundPurchaseDto,
      reference: ['originalPartnerReferenceNo'],
      amounts: [['refundAmount', 'value']],
      proof: REFUND_REFERENCES,
      echo: REFUND_REFERENCES,
      normalise: answerWithStatus('accepted'),
      recovery:
        'Ask DokuWalletService.queryPurchase: refundHistory names the refund if it was made. If it was not, call again with the same partnerRefundNo.',
    }),

    listTransactions: operation<WalletListTransactionsDto, WalletTransactionPage>({
      ...wire('listTransactions'),
      path: '/snap-adapter/b2b2c/v1.0/transaction-history-list',
      effect: 'read',
      request: WalletListTransactionsDto,
      rules: (request) => historyRangeProblems(request, now()),
      body: withReference,
      reference: ['partnerReferenceNo'],
      amounts: [
        ['detailData', '*', 'amount', 'value'],
        ['detailData', '*', 'sourceOfFunds', '*', 'amount', 'value'],
      ],
      echo: PARTNER_REFERENCE,
      normalise: completeAnswer(readTransactionPage),
    }),

    getTransaction: operation<WalletGetTransactionDto, WalletTransactionDetail>({
      ...wire('getTransaction'),
      path: '/snap-adapter/b2b2c/v1.0/transaction-history-detail',
      effect: 'read',
      request: WalletGetTransactionDto,
      reference: ['originalPartnerReferenceNo'],
      amounts: [
        ['amount', 'value'],
        ['refundAmount', 'value'],
        ['sourceOfFunds', '*', 'amount', 'value'],
      ],
      mandatory: [['status']],
      normalise: completeAnswer(),
    }),
  } satisfies Record<WalletOperationName, DokuOperation>;
  return configurePaths(operations, settings.paths, 'channels.wallet.paths');
}

/** DOKU's own app takes 401 with case 01 for the customer's token, the standard has it for the merchant's. */
const DOUBTFUL = ['01', '03'] as const;

const BALANCES = [
  'amount',
  'floatAmount',
  'holdAmount',
  'availableBalance',
  'ledgerBalance',
  'currentMultilateralLimit',
];

/** An id of something that moves nothing need not be the caller's own. */
function withReference<Body extends { readonly partnerReferenceNo?: string }>(body: Body): Body {
  return { ...body, partnerReferenceNo: body.partnerReferenceNo ?? createPartnerReference() };
}

function withServiceCode(serviceCode: string) {
  return <Body extends { readonly serviceCode?: string }>(body: Body): Body => ({
    ...body,
    serviceCode: body.serviceCode ?? serviceCode,
  });
}

/** Without the members that a caller wrote down and left undefined. */
function given(request: object): object {
  return Object.fromEntries(
    Object.entries(request).filter(([, value]: [string, unknown]) => value !== undefined),
  );
}

function queryFirst(how: string): string {
  return `${how} Only if DOKU does not know it, call again, with the same partnerReferenceNo; never with a new one.`;
}
