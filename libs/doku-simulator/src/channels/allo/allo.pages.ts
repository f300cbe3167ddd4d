import { escapeHtml, renderFrame } from '../../console/page-frame.js';
import { ALLO_RULES } from './allo.sandbox-rules.js';
import type { Binding } from '../../bank/binding-book.js';
import type { SnapPayment } from '../../bank/snap-payment-book.js';

const BADGE = 'Allo Bank simulator';

/** The page where a customer lets a merchant debit their account. */
export function renderBinding(binding: Binding, problem?: string): string {
  const { clientId, custIdMerchant, customerName, phoneNo } = binding;
  const customer =
    customerName === undefined ? custIdMerchant : `${customerName} (${custIdMerchant})`;
  return renderQuestion({
    title: 'Link your account',
    intro: 'A merchant asks to debit your account.',
    facts: [
      ['Merchant', clientId],
      ['Customer', customer],
      ['Phone', phoneNo],
    ],
    yes: 'Approve',
    no: 'Decline',
    problem,
  });
}

/** The page where a customer agrees to a payment. */
export function renderPayment(payment: SnapPayment, problem?: string): string {
  return renderQuestion({
    title: 'Confirm your payment',
    intro: 'A merchant asks for a payment from your account.',
    facts: [
      ['Merchant', payment.clientId],
      ['Reference', payment.partnerReferenceNo],
      ['Account', payment.account],
      ['Amount', `IDR ${payment.amount}`],
    ],
    yes: 'Pay',
    no: 'Decline',
    problem,
  });
}

/** A page that only tells something. */
export function renderNotice(title: string, text: string): string {
  return renderFrame(BADGE, title, `<p>${escapeHtml(text)}</p>`);
}

interface Question {
  readonly title: string;
  readonly intro: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly yes: string;
  readonly no: string;
  readonly problem: string | undefined;
}

function renderQuestion({ title, intro, facts, yes, no, problem }: Question): string {
  const alert =
    problem === undefined ? '' : `<p class="alert" role="alert">${escapeHtml(problem)}</p>`;
  const list = facts
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`)
    .join('');
  const rules = ALLO_RULES.map((rule) => `<li>${escapeHtml(rule)}</li>`).join('');
  return renderFrame(
    BADGE,
    title,
    `<p class="muted">${escapeHtml(intro)} This page stands in for Allo Bank; no bank is involved.</p>
    ${alert}
    <dl class="facts">${list}</dl>
    <form method="post">
      <label for="otp">OTP</label>
      <input id="otp" name="otp" inputmode="numeric" autocomplete="one-time-code" maxlength="6" required autofocus>
      <label for="pin">PIN</label>
      <input id="pin" name="pin" type="password" inputmode="numeric" autocomplete="off" maxlength="6" required>
      <div class="row">
        <button class="primary" name="action" value="approve">${escapeHtml(yes)}</button>
        <button name="action" value="decline" formnovalidate>${escapeHtml(no)}</button>
      </div>
    </form>
    <details><summary>Sandbox rules</summary><ul>${rules}</ul></details>`,
  );
}
