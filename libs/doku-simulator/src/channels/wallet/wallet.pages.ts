import { WALLET_PIN, WALLET_RULES } from './wallet.sandbox-rules.js';
import type { Binding } from '../../bank/binding-book.js';
import type { SnapPayment } from '../../bank/snap-payment-book.js';
import type { Entry, Question } from '../../pages/question-page.js';
import type { WalletRegistration } from './wallet-registrations.js';

export const WALLET_BADGE = 'DOKU Wallet simulator';

const STANDS_IN = 'This page stands in for DOKU Wallet; no money is involved.';
const PIN: Entry = { name: 'pin', label: 'PIN', right: WALLET_PIN, isSecret: true };

/** Where a new customer sets the PIN; anything but the sandbox's counts as wrong. */
export function askForPin({ clientId, name, phoneNo }: WalletRegistration): Question {
  return {
    title: 'Set your PIN',
    intro: `Your wallet is almost ready. ${STANDS_IN}`,
    facts: [
      ['Merchant', clientId],
      ['Name', name],
      ['Phone', phoneNo],
    ],
    entries: [PIN],
    yes: 'Set PIN',
    no: 'Cancel',
    rules: WALLET_RULES,
  };
}

/** Whether a customer lets a merchant use their wallet. */
export function askForConsent({ clientId, customerName, phoneNo }: Binding): Question {
  return {
    title: 'Link your wallet',
    intro: `A merchant asks to use your wallet. ${STANDS_IN}`,
    facts: [
      ['Merchant', clientId],
      ['Name', customerName ?? ''],
      ['Phone', phoneNo],
    ],
    entries: [],
    yes: 'Agree',
    no: 'Decline',
    rules: WALLET_RULES,
  };
}

/** Whether a customer pays. */
export function askForPurchase(payment: SnapPayment): Question {
  return {
    title: 'Confirm your purchase',
    intro: `A merchant asks for a payment from your wallet. ${STANDS_IN}`,
    facts: [
      ['Merchant', payment.clientId],
      ['Reference', payment.partnerReferenceNo],
      ['Wallet', payment.account],
      ['Amount', `IDR ${payment.amount}`],
    ],
    entries: [PIN],
    yes: 'Pay',
    no: 'Decline',
    rules: WALLET_RULES,
  };
}
