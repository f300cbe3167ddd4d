import { ALLO_OTP, ALLO_PIN, ALLO_RULES } from './allo.sandbox-rules.js';
import type { Binding } from '../../bank/binding-book.js';
import type { SnapPayment } from '../../bank/snap-payment-book.js';
import type { Entry, Question } from '../../pages/question-page.js';

/** @param title - name of the bank or wallet */
export function badgeOf(title: string): string {
  return `${title} simulator`;
}

const standsInFor = (title: string): string =>
  `This page stands in for ${title}; no bank is involved.`;
const ENTRIES: readonly Entry[] = [
  { name: 'otp', label: 'OTP', right: ALLO_OTP },
  { name: 'pin', label: 'PIN', right: ALLO_PIN, isSecret: true },
];

/** Whether a customer lets a merchant debit their account. */
export function askForBinding(binding: Binding, title: string): Question {
  const { clientId, custIdMerchant, customerName, phoneNo } = binding;
  const customer =
    customerName === undefined ? custIdMerchant : `${customerName} (${custIdMerchant})`;
  return {
    title: 'Link your account',
    intro: `A merchant asks to debit your account. ${standsInFor(title)}`,
    facts: [
      ['Merchant', clientId],
      ['Customer', customer],
      ['Phone', phoneNo],
    ],
    entries: ENTRIES,
    yes: 'Approve',
    no: 'Decline',
    rules: ALLO_RULES,
  };
}

/** Whether a customer agrees to a payment. */
export function askForPayment(payment: SnapPayment, title: string): Question {
  return {
    title: 'Confirm your payment',
    intro: `A merchant asks for a payment from your account. ${standsInFor(title)}`,
    facts: [
      ['Merchant', payment.clientId],
      ['Reference', payment.partnerReferenceNo],
      ['Account', payment.account],
      ['Amount', `IDR ${payment.amount}`],
    ],
    entries: ENTRIES,
    yes: 'Pay',
    no: 'Decline',
    rules: ALLO_RULES,
  };
}
