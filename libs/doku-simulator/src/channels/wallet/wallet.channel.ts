import { Injectable } from '@nestjs/common';
import { merchantParty } from '../../bank/ledger.js';
import { toSen } from '../../snap/snap-amount.js';
import { SnapChannels, type SnapChannel } from '../../snap/snap-channels.js';
import { partyOf } from './wallet-accounts.js';
import * as fields from './wallet.fields.js';
import { WalletHistory } from './wallet-history.js';
import { WalletHoldings } from './wallet-holdings.js';
import { WalletOnboarding } from './wallet-onboarding.js';
import { describeOperation } from './wallet.operations.js';
import { WalletPurchases } from './wallet-purchases.js';
import { WALLET } from './wallet.sandbox-rules.js';
import { WalletTransfers } from './wallet-transfers.js';
import type { SnapPayment } from '../../bank/snap-payment-book.js';
import type { SnapCall, SnapOperation } from '../../snap/snap-operation.js';
import type { JsonObject } from '../../engine/json.js';
import type { FieldRule } from '../../engine/field-rules.js';
import type { WalletOperationName } from './wallet.operations.js';

/** DOKU Wallet (wallet reference). */
@Injectable()
export class WalletChannel implements SnapChannel {
  readonly code = WALLET;
  readonly acquirer = WALLET;
  readonly standsAlone = true;
  readonly operations: readonly SnapOperation[];

  constructor(
    private readonly holdings: WalletHoldings,
    onboarding: WalletOnboarding,
    transfers: WalletTransfers,
    purchases: WalletPurchases,
    history: WalletHistory,
    channels: SnapChannels,
  ) {
    const work: Readonly<Record<WalletOperationName, Work>> = {
      createAccount: [fields.CREATION, (call) => onboarding.createAccount(call)],
      verifyOtp: [fields.OTP_VERIFICATION, (call) => onboarding.verifyOtp(call)],
      bindAccount: [fields.BINDING, (call) => onboarding.bindAccount(call)],
      inquireAccount: [fields.ACCOUNT_INQUIRY, (call) => onboarding.inquireAccount(call)],
      unbindAccount: [fields.UNBINDING, (call) => onboarding.unbindAccount(call)],
      inquireBalance: [fields.BALANCE_INQUIRY, (call) => transfers.inquireBalance(call)],
      inquireBankAccount: [
        fields.BANK_ACCOUNT_INQUIRY,
        (call) => transfers.inquireBankAccount(call),
      ],
      transferToBank: [fields.BANK_TRANSFER, (call) => transfers.transferToBank(call)],
      inquireTopUpAccount: [fields.TOP_UP_INQUIRY, (call) => transfers.inquireTopUpAccount(call)],
      topUp: [fields.TOP_UP, (call) => transfers.topUp(call)],
      queryTopUp: [fields.TOP_UP_QUERY, (call) => transfers.queryTopUp(call)],
      purchase: [fields.PURCHASE, (call) => purchases.purchase(call)],
      queryPurchase: [fields.PURCHASE_QUERY, (call) => purchases.query(call)],
      cancelPurchase: [fields.CANCELLATION, (call) => purchases.cancel(call)],
      refundPurchase: [fields.REFUND, (call) => purchases.refund(call)],
      listTransactions: [fields.HISTORY, (call) => history.list(call)],
      getTransaction: [fields.HISTORY_DETAIL, (call) => history.get(call)],
    };
    this.operations = Object.entries(work).map(([name, [rules, handle]]) => ({
      // Entries forget that the names are those of the table.
      ...describeOperation(name as WalletOperationName),
      fields: () => rules,
      handle,
    }));
    channels.add(this);
  }

  debit(payment: SnapPayment): string | undefined {
    const wallet = partyOf({ phoneNo: payment.account });
    const sen = toSen(payment.amount);
    if (sen > this.holdings.of(wallet)) return 'Insufficient balance';
    this.holdings.move(wallet, merchantParty(payment.clientId), sen);
    return undefined;
  }

  credit(payment: SnapPayment, sen: bigint): void {
    const wallet = partyOf({ phoneNo: payment.account });
    this.holdings.move(merchantParty(payment.clientId), wallet, sen);
  }
}

type Work = readonly [readonly FieldRule[], (call: SnapCall) => JsonObject];
