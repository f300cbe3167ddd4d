import { DEFAULT_ACCOUNT_NO, SANDBOX_RULES } from './cimb.sandbox-rules.js';
import { escapeHtml as escape, renderFrame } from '../../console/page-frame.js';
import type { Registration } from './cimb-registrations.js';

const BADGE = 'CIMB simulator';

/** The page that asks for an account number. */
export function renderRegistration(registration: Registration, problem?: string): string {
  const { clientId, customerId, customerName, phone } = registration;
  const customer = customerName === undefined ? customerId : `${customerName} (${customerId})`;
  const alert = problem === undefined ? '' : `<p class="alert" role="alert">${escape(problem)}</p>`;
  const rules = SANDBOX_RULES.map((rule) => `<li>${escape(rule)}</li>`).join('');
  return renderFrame(
    BADGE,
    'Register an account',
    `<p class="muted">A merchant asks to debit your account. This page stands in for CIMB Niaga; no bank is involved.</p>
    ${alert}
    <dl class="facts">
      <dt>Merchant</dt><dd>${escape(clientId)}</dd>
      <dt>Customer</dt><dd>${escape(customer)}</dd>
      <dt>Phone</dt><dd>${escape(phone)}</dd>
    </dl>
    <form method="post">
      <label for="account_no">Account number</label>
      <input id="account_no" name="account_no" value="${DEFAULT_ACCOUNT_NO}" inputmode="numeric" autocomplete="off" required>
      <div class="row">
        <button class="primary" name="action" value="approve">Approve</button>
        <button name="action" value="decline" formnovalidate>Decline</button>
      </div>
    </form>
    <details><summary>Sandbox rules</summary><ul>${rules}</ul></details>`,
  );
}

/** A page that only tells something. */
export function renderMessage(title: string, text: string): string {
  return renderFrame(BADGE, title, `<p>${escape(text)}</p>`);
}
