import { Injectable } from '@nestjs/common';
import { Ledger, merchantParty } from '../../bank/ledger.js';
import { requiredTextAt, textAt } from '../../engine/field-rules.js';
import { Settings } from '../../engine/settings.js';
import { SimulatorClock } from '../../engine/simulator-clock.js';
import { createDigits, createReferenceNo } from '../../snap/reference-numbers.js';
import { senAt, toAmount, toRupiah, toSen } from '../../snap/snap-amount.js';
import { SnapError } from '../../snap/snap-error.js';
import { POOR_AMOUNT } from '../../snap/snap-payments.js';
import { toJakartaTime } from '../../snap/snap-time.js';
import { partyOf, WalletAccounts } from './wallet-accounts.js';
import { WalletCustomers, type WalletCustomer } from './wallet-customer.js';
import { WalletHistory } from './wallet-history.js';
import { WalletHoldings } from './wallet-holdings.js';
import { WalletReferences } from './wallet-references.js';
import {
  BENEFICIARY_NAME,
  LARGEST_TOP_UP,
  SMALLEST_TOP_UP,
  UNKNOWN_BANK_ACCOUNT_ENDING,
} from './wallet.sandbox-rules.js';
import type { LedgerEntry } from '../../bank/ledger.js';
import type { JsonObject } from '../../engine/json.js';
import type { SnapCall } from '../../snap/snap-operation.js';

/** What an inquiry has promised: it is good for one transfer or top-up. */
interface Inquiry {
  readonly kind: 'bank' | 'top-up';
  readonly clientId: string;
  readonly accountId: string;
  readonly referenceNo: string;
  readonly sessionId: string;
  readonly sen: bigint;
  readonly bankCode?: string;
  readonly beneficiary?: string;
  isUsed: boolean;
}

interface TopUp {
  readonly clientId: string;
  readonly accountId: string;
  readonly partnerReferenceNo: string;
  readonly referenceNo: string;
  readonly externalId: string;
  readonly sen: bigint;
}

/** Balance, transfers to banks and top-ups (wallet reference E and F). */
@Injectable()
export class WalletTransfers {
  private readonly inquiries: Inquiry[] = [];
  private readonly topUps: TopUp[] = [];

  constructor(
    private readonly customers: WalletCustomers,
    private readonly accounts: WalletAccounts,
    private readonly holdings: WalletHoldings,
    private readonly references: WalletReferences,
    private readonly history: WalletHistory,
    private readonly ledger: Ledger,
    private readonly settings: Settings,
    private readonly clock: SimulatorClock,
  ) {}

  inquireBalance(call: SnapCall): JsonObject {
    const { account } = this.customers.of(call);
    const balance = toAmount(this.accounts.balanceOf(account));
    const none = toAmount(0n);
    return {
      referenceNo: createReferenceNo(),
      partnerReferenceNo: requiredTextAt(call.body, 'partnerReferenceNo'),
      accountNo: account.accountId,
      name: account.name,
      accountInfos: [
        {
          balanceType: 'Cash',
          amount: balance,
          floatAmount: none,
          holdAmount: none,
          availableBalance: balance,
          ledgerBalance: balance,
          currentMultilateralLimit: none,
          registrationStatusCode: '0001',
          status: '0001',
        },
      ],
      additionalInfo: {},
    };
  }

  inquireBankAccount(call: SnapCall): JsonObject {
    const { body } = call;
    const beneficiary = requiredTextAt(body, 'beneficiaryAccountNumber');
    const bankCode = requiredTextAt(body, 'additionalInfo.bankCode');
    const customer = this.customers.named(call);
    if (beneficiary.endsWith(UNKNOWN_BANK_ACCOUNT_ENDING)) {
      throw new SnapError(
        404,
        '11',
        `Invalid Card/Account/Customer: bank ${bankCode} has no account "${beneficiary}".`,
      );
    }
    const inquiry = this.promise('bank', call, customer, { bankCode, beneficiary });
    return {
      referenceNo: inquiry.referenceNo,
      partnerReferenceNo: requiredTextAt(body, 'partnerReferenceNo'),
      beneficiaryAccountNumber: beneficiary,
      beneficiaryAccountName: BENEFICIARY_NAME,
      beneficiaryBankCode: bankCode,
      sessionId: inquiry.sessionId,
      amount: toAmount(inquiry.sen),
      additionalInfo: {},
    };
  }

  transferToBank(call: SnapCall): JsonObject {
    return this.references.once('wallet.transferToBank', call, () => {
      const { body } = call;
      const customer = this.customers.named(call);
      const inquiry = this.findBankInquiry(call, customer);
      const bankCode = requiredTextAt(body, 'beneficiaryBankCode');
      const beneficiary = requiredTextAt(body, 'beneficiaryAccountNumber');
      if (bankCode !== inquiry.bankCode || beneficiary !== inquiry.beneficiary) {
        throw new SnapError(
          404,
          '11',
          'Invalid Card/Account/Customer: the inquiry was about another bank account.',
        );
      }
      const { sen } = inquiry;
      const wallet = partyOf(customer.account);
      if (toAmount(sen).value === POOR_AMOUNT || sen > this.holdings.of(wallet)) {
        throw new SnapError(403, '14', 'Insufficient Funds: the wallet holds less than that.');
      }
      inquiry.isUsed = true;
      const referenceNo = createReferenceNo();
      const dateTime = this.move(call, customer, {
        kind: 'debit',
        operation: 'wallet.transferToBank',
        from: wallet,
        to: `bank:${bankCode}:${beneficiary}`,
        sen,
      });
      const partnerReferenceNo = requiredTextAt(body, 'partnerReferenceNo');
      this.history.note({
        ...ownerOf(call, customer),
        partnerReferenceNo,
        referenceNo,
        dateTime,
        type: 'DISBURSMENT',
        amount: toAmount(sen),
        remark: `Transfer to ${bankCode} ${beneficiary}`,
      });
      return {
        referenceNo,
        partnerReferenceNo,
        transactionDate: dateTime,
        referenceNumber: createDigits(12),
        additionalInfo: {},
      };
    });
  }

  inquireTopUpAccount(call: SnapCall): JsonObject {
    const { body } = call;
    const customer = this.customers.named(call);
    const { referenceNo, sessionId, sen } = this.promise('top-up', call, customer);
    return {
      referenceNo,
      partnerReferenceNo: textAt(body, 'partnerReferenceNo'),
      sessionId,
      customerNumber: requiredTextAt(body, 'customerNumber'),
      customerName: customer.account.name,
      minAmount: toAmount(toSen(SMALLEST_TOP_UP)),
      maxAmount: toAmount(toSen(LARGEST_TOP_UP)),
      amount: toAmount(sen),
      feeAmount: toAmount(0n),
      feeType: 'OUR',
      additionalInfo: {},
    };
  }

  topUp(call: SnapCall): JsonObject {
    return this.references.once('wallet.topUp', call, () => {
      const { body, externalId } = call;
      const customer = this.customers.named(call);
      const sen = senAt(body, 'amount');
      const sessionId = textAt(body, 'sessionId');
      const inquiry =
        sessionId === undefined || sessionId === ''
          ? undefined
          : this.findInquiry('top-up', call, customer, { sessionId });
      demandTopUpAmount(sen);
      if (inquiry !== undefined) inquiry.isUsed = true;
      const partnerReferenceNo = requiredTextAt(body, 'partnerReferenceNo');
      const referenceNo = createReferenceNo();
      const dateTime = this.move(call, customer, {
        kind: 'top-up',
        operation: 'wallet.topUp',
        from: merchantParty(call.merchant.clientId),
        to: partyOf(customer.account),
        sen,
      });
      const owner = ownerOf(call, customer);
      this.topUps.push({ ...owner, partnerReferenceNo, referenceNo, externalId, sen });
      this.history.note({
        ...owner,
        partnerReferenceNo,
        referenceNo,
        dateTime,
        type: 'TOP_UP',
        amount: toAmount(sen),
        remark: textAt(body, 'notes') ?? 'Top up',
      });
      return {
        referenceNo,
        partnerReferenceNo,
        ...(sessionId !== undefined && { sessionId }),
        customerNumber: requiredTextAt(body, 'customerNumber'),
        amount: toAmount(sen),
        additionalInfo: {},
      };
    });
  }

  queryTopUp(call: SnapCall): JsonObject {
    const { body, merchant } = call;
    const { accountId } = this.customers.of(call).account;
    const fits = (field: string, value: string): boolean => {
      const wanted = textAt(body, field);
      return wanted === undefined || wanted === '' || wanted === value;
    };
    const found = this.topUps.findLast(
      (each) =>
        each.clientId === merchant.clientId &&
        each.accountId === accountId &&
        fits('originalPartnerReferenceNo', each.partnerReferenceNo) &&
        fits('originalReferenceNo', each.referenceNo) &&
        fits('originalExternalId', each.externalId),
    );
    if (found === undefined) {
      throw new SnapError(
        404,
        '01',
        'Transaction Not Found: no top-up of this customer has these references.',
      );
    }
    return {
      originalPartnerReferenceNo: found.partnerReferenceNo,
      originalReferenceNo: found.referenceNo,
      originalExternalId: found.externalId,
      serviceCode: textAt(body, 'serviceCode'),
      amount: toAmount(found.sen),
      latestTransactionStatus: '00',
      transactionStatusDesc: 'Success',
      additionalInfo: {},
    };
  }

  private promise(
    kind: Inquiry['kind'],
    call: SnapCall,
    customer: WalletCustomer,
    more: Pick<Inquiry, 'bankCode' | 'beneficiary'> = {},
  ): Inquiry {
    const inquiry: Inquiry = {
      kind,
      ...ownerOf(call, customer),
      referenceNo: createReferenceNo(),
      sessionId: `SESSION${createDigits(16)}`,
      sen: senAt(call.body, 'amount'),
      ...more,
      isUsed: false,
    };
    this.inquiries.push(inquiry);
    return inquiry;
  }

  private findBankInquiry(call: SnapCall, customer: WalletCustomer): Inquiry {
    const referenceNo = requiredTextAt(call.body, 'additionalInfo.referenceNo');
    const sessionId = textAt(call.body, 'sessionId');
    return this.findInquiry('bank', call, customer, {
      referenceNo,
      ...(sessionId !== undefined && sessionId !== '' && { sessionId }),
    });
  }

  /** All that is given must fit one inquiry, about the same amount, that was not used yet. */
  private findInquiry(
    kind: Inquiry['kind'],
    call: SnapCall,
    customer: WalletCustomer,
    wanted: { readonly referenceNo?: string; readonly sessionId?: string },
  ): Inquiry {
    const { clientId, accountId } = ownerOf(call, customer);
    const inquiry = this.inquiries.find(
      (each) =>
        each.kind === kind &&
        each.clientId === clientId &&
        each.accountId === accountId &&
        (wanted.referenceNo ?? each.referenceNo) === each.referenceNo &&
        (wanted.sessionId ?? each.sessionId) === each.sessionId,
    );
    const names = kind === 'bank' ? 'additionalInfo.referenceNo and sessionId' : 'sessionId';
    if (inquiry === undefined) {
      throw new SnapError(
        404,
        '01',
        `Transaction Not Found: no inquiry for this customer answered ${names} as given.`,
      );
    }
    if (inquiry.isUsed && this.settings.current.idempotency) {
      throw new SnapError(
        404,
        '00',
        `Invalid Transaction Status: the inquiry behind ${names} was used already; inquire again.`,
      );
    }
    const sen = senAt(call.body, 'amount');
    if (sen !== inquiry.sen) {
      throw new SnapError(
        404,
        '13',
        `Invalid Amount: the inquiry was about ${toAmount(inquiry.sen).value}, not ${toAmount(sen).value}.`,
      );
    }
    return inquiry;
  }

  /** Moves money and tells the ledger; answers when, as on the wire. */
  private move(
    { merchant, body, externalId }: SnapCall,
    { account, binding }: WalletCustomer,
    {
      sen,
      ...movement
    }: Pick<LedgerEntry, 'kind' | 'operation' | 'from' | 'to'> & { readonly sen: bigint },
  ): string {
    this.holdings.move(movement.from, movement.to, sen);
    this.ledger.record({
      ...movement,
      at: this.clock.now().toISOString(),
      clientId: merchant.clientId,
      requestId: externalId,
      invoiceNumber: requiredTextAt(body, 'partnerReferenceNo'),
      tokenId: binding.authCode,
      accountNo: account.phoneNo,
      amount: toRupiah(sen),
    });
    return toJakartaTime(this.clock.wireNow());
  }
}

function ownerOf(
  { merchant }: SnapCall,
  { account }: WalletCustomer,
): { readonly clientId: string; readonly accountId: string } {
  return { clientId: merchant.clientId, accountId: account.accountId };
}

function demandTopUpAmount(sen: bigint): void {
  if (toAmount(sen).value === POOR_AMOUNT) {
    throw new SnapError(403, '14', `Insufficient Funds: so the sandbox answers ${POOR_AMOUNT}.`);
  }
  if (sen < toSen(SMALLEST_TOP_UP) || sen > toSen(LARGEST_TOP_UP)) {
    throw new SnapError(
      403,
      '02',
      `Exceeds Transaction Amount Limit: from ${SMALLEST_TOP_UP} to ${LARGEST_TOP_UP}.`,
    );
  }
}
