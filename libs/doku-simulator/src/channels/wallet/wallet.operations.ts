import type { JsonObject } from '../../engine/json.js';
import type { HeaderForms, HeaderTable, SnapOperation } from '../../snap/snap-operation.js';

/** The tables of wallet reference A.1 and C.4. */
const B2B_HEADERS: HeaderTable = {
  'Authorization-Customer': 'forbidden',
  'X-IP-ADDRESS': 'optional',
  'X-DEVICE-ID': 'forbidden',
  'CHANNEL-ID': 'optional',
};
const B2B2C_HEADERS: HeaderTable = {
  ...B2B_HEADERS,
  'Authorization-Customer': 'required',
  'X-DEVICE-ID': 'optional',
};
const HEADER_FORMS: HeaderForms = {
  longestDeviceId: 400,
  channelId: /^.{1,5}$/,
  channelIdForm: 'at most 5 characters',
};

interface Line {
  readonly level: 'b2b' | 'b2b2c';
  /** After `/snap-adapter/<level>/v1.0/`. */
  readonly path: string;
  readonly serviceCode: string;
  /** What a foreign conflict shows. */
  readonly foreignAnswer: JsonObject;
}

const FOREIGN = 'REFERENCEOFSOMEBODYELSE';
const FOREIGN_AMOUNT = { value: '1.00', currency: 'IDR' };
const FOREIGN_REQUEST = {
  referenceNo: 'DokusReferenceOfSomebodyElse0001',
  partnerReferenceNo: FOREIGN,
};
const FOREIGN_ORIGINAL = {
  originalPartnerReferenceNo: FOREIGN,
  originalReferenceNo: 'DokusReferenceOfSomebodyElse0001',
};

const LINES = {
  createAccount: {
    level: 'b2b',
    path: 'registration-account-creation',
    serviceCode: '06',
    foreignAnswer: FOREIGN_REQUEST,
  },
  verifyOtp: {
    level: 'b2b',
    path: 'otp-verification',
    serviceCode: '04',
    foreignAnswer: FOREIGN_ORIGINAL,
  },
  bindAccount: {
    level: 'b2b',
    path: 'registration-account-binding',
    serviceCode: '07',
    foreignAnswer: {
      ...FOREIGN_REQUEST,
      linkId: 'LNK000000000000000000000',
      nextAction: 'https://elsewhere.invalid/wallet/binding?token=0',
    },
  },
  inquireAccount: {
    level: 'b2b',
    path: 'registration-account-inquiry',
    serviceCode: '08',
    foreignAnswer: {
      partnerReferenceNo: FOREIGN,
      additionalInfo: { linkId: 'LNK000000000000000000000' },
    },
  },
  unbindAccount: {
    level: 'b2b',
    path: 'registration-account-unbinding',
    serviceCode: '09',
    foreignAnswer: { ...FOREIGN_REQUEST, linkId: 'LNK000000000000000000000' },
  },
  inquireBalance: {
    level: 'b2b2c',
    path: 'balance-inquiry',
    serviceCode: '11',
    foreignAnswer: {
      ...FOREIGN_REQUEST,
      accountInfos: [{ balanceType: 'Cash', amount: FOREIGN_AMOUNT }],
    },
  },
  inquireBankAccount: {
    level: 'b2b2c',
    path: 'emoney/bank-account-inquiry',
    serviceCode: '42',
    foreignAnswer: { ...FOREIGN_REQUEST, beneficiaryAccountNumber: '0', amount: FOREIGN_AMOUNT },
  },
  transferToBank: {
    level: 'b2b2c',
    path: 'emoney/transfer-bank',
    serviceCode: '43',
    foreignAnswer: FOREIGN_REQUEST,
  },
  inquireTopUpAccount: {
    level: 'b2b2c',
    path: 'emoney/account-inquiry',
    serviceCode: '37',
    foreignAnswer: { ...FOREIGN_REQUEST, customerName: 'Somebody Else' },
  },
  topUp: {
    level: 'b2b2c',
    path: 'emoney/topup',
    serviceCode: '38',
    foreignAnswer: { ...FOREIGN_REQUEST, amount: FOREIGN_AMOUNT },
  },
  queryTopUp: {
    level: 'b2b2c',
    path: 'emoney/topup-status',
    serviceCode: '39',
    foreignAnswer: { ...FOREIGN_ORIGINAL, serviceCode: '38', latestTransactionStatus: '00' },
  },
  purchase: {
    level: 'b2b2c',
    path: 'debit/payment-host-to-host',
    serviceCode: '54',
    foreignAnswer: {
      ...FOREIGN_REQUEST,
      webRedirectUrl: 'https://elsewhere.invalid/wallet/purchase?token=0',
    },
  },
  queryPurchase: {
    level: 'b2b2c',
    path: 'debit/status',
    serviceCode: '55',
    foreignAnswer: {
      ...FOREIGN_ORIGINAL,
      serviceCode: '17',
      latestTransactionStatus: '00',
      transAmount: FOREIGN_AMOUNT,
    },
  },
  cancelPurchase: {
    level: 'b2b2c',
    path: 'debit/cancel',
    serviceCode: '57',
    foreignAnswer: { ...FOREIGN_ORIGINAL, cancelTime: '2024-01-01T09:09:00+07:00' },
  },
  refundPurchase: {
    level: 'b2b2c',
    path: 'debit/refund',
    serviceCode: '58',
    foreignAnswer: {
      ...FOREIGN_ORIGINAL,
      refundNo: 'DokusRefundNoOfSomebodyElse00001',
      partnerRefundNo: 'REFUNDOFSOMEBODYELSE',
      refundAmount: FOREIGN_AMOUNT,
      refundTime: '2024-01-01T09:09:00+07:00',
    },
  },
  listTransactions: {
    level: 'b2b2c',
    path: 'transaction-history-list',
    serviceCode: '12',
    foreignAnswer: { ...FOREIGN_REQUEST, detailData: [] },
  },
  getTransaction: {
    level: 'b2b2c',
    path: 'transaction-history-detail',
    serviceCode: '13',
    foreignAnswer: { ...FOREIGN_REQUEST, amount: FOREIGN_AMOUNT, status: 'SUCCESS' },
  },
} as const satisfies Record<string, Line>;

export type WalletOperationName = keyof typeof LINES;

/** The addresses of the wallet. */
export const WALLET_PATHS: readonly string[] = Object.values(LINES).map(pathOf);

/** All of an operation but its fields and its work. */
export function describeOperation(
  name: WalletOperationName,
): Omit<SnapOperation, 'fields' | 'handle'> {
  const line = LINES[name];
  const { level, serviceCode, foreignAnswer } = line;
  return {
    name: `wallet.${name}`,
    endpoint: { path: pathOf(line), serviceCode },
    headers: level === 'b2b' ? B2B_HEADERS : B2B2C_HEADERS,
    headerForms: HEADER_FORMS,
    successCode: () => `200${serviceCode}00`,
    foreignAnswer,
  };
}

function pathOf({ level, path }: Pick<Line, 'level' | 'path'>): string {
  return `/snap-adapter/${level}/v1.0/${path}`;
}
