import { alert, button, element, show } from './dom.js';
import { rupiah } from './format.js';
import { activeOrder, state } from './state.js';

/** The step of the active order: pay, type the code, wait, done. */
export function showCheckout(container, actions) {
  const order = activeOrder();
  const { problem, hint, productId, cardId, products, cards } = state;
  const busy = ['pay', 'confirm', 'resend', 'check'].filter((name) => state.busy.has(name));
  show(container, { order, problem, hint, productId, cardId, products, cards, busy }, () => {
    const facts = { order, problem, hint, busy, actions };
    switch (stepOf(order)) {
      case 'code':
        return codeStep(facts);
      case 'confirming':
        return confirmingStep(facts);
      case 'unknown':
        return unknownStep(facts);
      case 'paid':
        return paidStep(facts);
      case 'review':
        return reviewStep(facts);
      default:
        return payStep(facts);
    }
  });
}

function stepOf(order) {
  if (order === undefined) return 'pay';
  if (order.status === 'open' && order.review) return 'review';
  if (order.status === 'paid' || order.status === 'refunded') return 'paid';
  if (order.status === 'failed') return 'pay';
  switch (order.payment?.phase) {
    case 'otp':
      return 'code';
    case 'confirming':
      return 'confirming';
    case 'unknown':
      return 'unknown';
    default:
      return 'pay';
  }
}

function payStep({ order, problem, busy, actions }) {
  const product = state.products.find(({ id }) => id === state.productId);
  const card = state.cards?.find(({ id }) => id === state.cardId);
  const failed = order?.status === 'failed' && !problem;
  return [
    failed
      ? alert('The bank declined the payment. Nothing was charged. Try again or pick another card.')
      : null,
    problem ? alert(problem.message) : null,
    product && card
      ? summary(product.name, card.label, product.price)
      : element(
          'p',
          { class: 'hint' },
          product ? 'Add or pick a card to pay with.' : 'Choose something first.',
        ),
    product && card
      ? button(`Pay ${rupiah(product.price)}`, {
          id: 'pay',
          kind: 'primary wide',
          busy: busy.includes('pay'),
          busyLabel: 'Asking your bank …',
          onpress: actions.pay,
        })
      : null,
  ];
}

function codeStep({ order, problem, hint, busy, actions }) {
  const isBusy = busy.includes('confirm');
  const input = element('input', {
    id: 'otp',
    name: 'otp',
    class: 'code',
    inputmode: 'numeric',
    autocomplete: 'one-time-code',
    maxlength: 6,
    required: true,
    'aria-describedby': problem ? 'otp-hint otp-problem' : 'otp-hint',
    'aria-invalid': problem?.code === 'otp-wrong' ? 'true' : undefined,
    readonly: isBusy,
    value: state.otp,
    oninput: (event) => {
      state.otp = event.target.value;
    },
  });
  const expired = problem?.code === 'otp-expired';
  const { wrongCodes } = order.payment;
  return [
    summary(order.productName, order.payment.cardLabel, order.amount),
    hint && !problem ? element('p', { class: 'message calm' }, hint.message) : null,
    element(
      'form',
      {
        class: 'code-form',
        onsubmit: (event) => {
          event.preventDefault();
          if (!isBusy) actions.confirm(input.value.trim());
        },
      },
      element('label', { for: 'otp' }, 'Code that your bank sent you'),
      input,
      element('p', { class: 'hint', id: 'otp-hint' }, 'The simulated bank always sends 999999.'),
      problem
        ? alert(
            problem.code === 'otp-wrong' && wrongCodes > 0
              ? `${problem.message} Wrong codes so far: ${wrongCodes}; the bank stops after a few.`
              : problem.message,
            'otp-problem',
          )
        : null,
      element(
        'div',
        { class: 'actions' },
        button('Confirm payment', {
          id: 'confirm',
          kind: expired ? 'plain' : 'primary',
          type: 'submit',
          busy: isBusy,
          busyLabel: 'Confirming …',
        }),
        button('Send a new code', {
          id: 'resend',
          kind: expired ? 'primary' : 'plain',
          busy: busy.includes('resend'),
          busyLabel: 'Sending …',
          onpress: actions.resend,
        }),
        button('Not now', { id: 'set-aside', kind: 'ghost', onpress: actions.setAside }),
      ),
    ),
  ];
}

function confirmingStep({ order, problem, hint, busy, actions }) {
  return [
    summary(order.productName, order.payment.cardLabel, order.amount),
    element(
      'p',
      { class: 'message calm' },
      element('span', { class: 'spinner', 'aria-hidden': 'true' }),
      'Waiting for the bank’s confirmation. This page changes by itself.',
    ),
    problem ? alert(problem.message) : null,
    hint ? element('p', { class: 'hint' }, hint.message) : null,
    element('div', { class: 'actions' }, checkButton(busy, actions), leaveButton(actions)),
  ];
}

function unknownStep({ order, problem, hint, busy, actions }) {
  const { cardLabel } = order.payment;
  return [
    summary(order.productName, cardLabel, order.amount),
    element(
      'div',
      { class: 'message warn', role: 'alert' },
      element('strong', {}, 'We do not know yet.'),
      ' The bank did not answer, so it may or may not have gone through. Please do not pay again: ',
      'this page turns to paid as soon as the bank confirms.',
    ),
    problem && problem.code !== 'outcome-unknown' ? alert(problem.message) : null,
    hint ? element('p', { class: 'message calm', id: 'status-hint' }, hint.message) : null,
    element(
      'div',
      { class: 'actions' },
      hint?.next === 'continue'
        ? button('Continue this payment', {
            id: 'continue',
            kind: 'primary',
            busy: busy.includes('pay'),
            busyLabel: 'Asking your bank …',
            onpress: actions.pay,
          })
        : null,
      checkButton(busy, actions, hint?.next === 'continue' ? 'plain' : 'primary'),
      leaveButton(actions),
    ),
  ];
}

/** The order stays in the list and turns paid on its own; the shop is not held up by it. */
function leaveButton(actions) {
  return button('Buy something else', {
    id: 'leave',
    kind: 'ghost',
    onpress: actions.setAside,
  });
}

function checkButton(busy, actions, kind = 'plain') {
  return button('Check with the bank', {
    id: 'check',
    kind,
    busy: busy.includes('check'),
    busyLabel: 'Checking …',
    onpress: actions.check,
  });
}

function paidStep({ order, actions }) {
  const { status, productName, amount, refunded } = order;
  const isBack = status === 'refunded';
  return element(
    'div',
    { class: 'done' },
    element('span', { class: `tick ${isBack ? 'back' : ''}`, 'aria-hidden': 'true' }),
    element(
      'div',
      {},
      element('p', { class: 'done-title' }, isBack ? 'Refunded' : 'Paid. Terima kasih!'),
      element(
        'p',
        { class: 'quiet' },
        isBack
          ? `${rupiah(refunded)} for ${productName} went back to you.`
          : `${productName} for ${rupiah(amount)} is yours.`,
      ),
    ),
    button('Buy something else', { id: 'again', onpress: actions.startOver }),
  );
}

function reviewStep({ order, actions }) {
  return [
    alert(`${order.review} Our staff will look at it. Please do not pay again.`),
    element(
      'div',
      { class: 'actions' },
      button('Buy something else', { id: 'again', onpress: actions.startOver }),
    ),
  ];
}

function summary(name, cardLabel, amount) {
  return element(
    'dl',
    { class: 'summary' },
    element('dt', {}, name),
    element('dd', { class: 'price' }, rupiah(amount)),
    element('dt', { class: 'quiet' }, 'Card'),
    element('dd', { class: 'quiet' }, cardLabel),
  );
}
