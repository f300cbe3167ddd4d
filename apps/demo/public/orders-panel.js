import { alert, button, element, show } from './dom.js';
import { ending, rupiah, time } from './format.js';
import { methodOf } from './methods.js';
import { isUnderWay, state } from './state.js';

export function showOrders(container, actions) {
  // An order that was never tried is a draft; it would only puzzle.
  const orders = [...state.orders.values()].filter(({ payment }) => payment !== null).reverse();
  const { refunding, activeReference } = state;
  const busy = [...state.busy].filter((name) => name.startsWith('refund'));
  const problems = [...state.refundProblems];
  show(container, { orders, refunding, activeReference, busy, problems }, () =>
    orders.length === 0
      ? element('p', { class: 'hint' }, 'What you buy shows up here.')
      : element(
          'ul',
          { class: 'orders' },
          orders.map((order) => row(order, actions)),
        ),
  );
}

function row(order, actions) {
  const { reference, productName, amount, refunded, createdAt, refund, review, payment } = order;
  const { label, tone } = pill(order);
  const problem = state.refundProblems.get(reference);
  return element(
    'li',
    { class: 'order', 'data-reference': reference },
    element(
      'div',
      { class: 'order-head' },
      element('span', { class: 'order-name' }, productName),
      element('span', { class: `pill ${tone}` }, label),
    ),
    element(
      'p',
      { class: 'quiet' },
      `${rupiah(amount)} · ${payment.label} · ${time(createdAt)} · `,
      element('code', { title: reference }, ending(reference)),
    ),
    refunded > 0 && refunded < amount
      ? element('p', { class: 'quiet' }, `${rupiah(refunded)} of it given back`)
      : null,
    review ? alert(`${review} Our staff will look at it.`) : null,
    refund?.phase === 'confirming'
      ? element(
          'p',
          { class: 'quiet' },
          element('span', { class: 'spinner', 'aria-hidden': 'true' }),
          `Refund of ${rupiah(refund.amount)}: waiting for the bank’s confirmation`,
        )
      : null,
    problem ? alert(problem.message) : null,
    buttons(order, actions),
  );
}

function buttons(order, actions) {
  const { reference, status, refund, productName, payment } = order;
  if (status === 'paid' && refund?.phase !== 'confirming') {
    if (!methodOf(payment.method).refunds) return null;
    if (state.refunding === reference) return refundForm(order, actions);
    return element(
      'div',
      { class: 'actions' },
      button('Refund …', {
        id: `open-refund-${reference}`,
        kind: 'small',
        onpress: () => actions.openRefund(reference),
      }),
    );
  }
  const canResume = ['open', 'failed'].includes(status) && reference !== state.activeReference;
  if (!canResume) return null;
  const resume = button(isUnderWay(order) ? 'Continue' : 'Try again', {
    id: `resume-${reference}`,
    kind: 'small',
    onpress: () => actions.resume(reference),
  });
  resume.setAttribute('aria-label', `${resume.textContent}: ${productName}`);
  return element('div', { class: 'actions' }, resume);
}

function refundForm(order, actions) {
  const { reference, amount, refunded, refund } = order;
  const left = amount - refunded;
  const busy = state.busy.has(`refund-${reference}`);
  const id = `refund-amount-${reference}`;
  // Until the bank has said what became of it, only the same refund can be repeated.
  const isFixed = refund?.phase === 'unknown';
  const input = element('input', {
    id,
    name: 'amount',
    type: 'number',
    inputmode: 'numeric',
    min: 1,
    max: left,
    step: 1,
    required: true,
    readonly: busy || isFixed,
    value: isFixed ? refund.amount : (state.refundAmount ?? left),
    oninput: (event) => {
      state.refundAmount = event.target.value;
    },
  });
  return element(
    'form',
    {
      class: 'refund-form',
      onsubmit: (event) => {
        event.preventDefault();
        if (!busy) actions.refund(reference, Number(input.value));
      },
    },
    element('label', { for: id }, `Rupiah to give back, up to ${rupiah(left)}`),
    input,
    element(
      'div',
      { class: 'actions' },
      button(isFixed ? 'Repeat the refund' : 'Refund', {
        id: `refund-${reference}`,
        kind: 'secondary small',
        type: 'submit',
        busy,
        busyLabel: 'Refunding …',
      }),
      button('Cancel', {
        id: `close-refund-${reference}`,
        kind: 'ghost small',
        onpress: () => actions.openRefund(undefined),
      }),
    ),
  );
}

function pill({ status, payment, refunded, review }) {
  if (review) return { label: 'Needs review', tone: 'warn' };
  switch (status) {
    case 'paid':
      return refunded > 0
        ? { label: 'Partly refunded', tone: 'info' }
        : { label: 'Paid', tone: 'good' };
    case 'refunded':
      return { label: 'Refunded', tone: 'info' };
    case 'failed':
      return { label: 'Failed', tone: 'bad' };
    default:
      return payment.phase === 'page'
        ? { label: `Waiting at ${methodOf(payment.method).page}`, tone: 'still' }
        : (PHASES[payment.phase] ?? { label: 'Not paid', tone: 'still' });
  }
}

const PHASES = {
  otp: { label: 'Waiting for code', tone: 'still' },
  confirming: { label: 'Confirming', tone: 'still' },
  unknown: { label: 'Not known yet', tone: 'warn' },
};
