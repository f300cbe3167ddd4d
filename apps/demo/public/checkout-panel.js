import { briRules } from './bri-panel.js';
import { codeForm } from './code-form.js';
import { alert, button, element, show } from './dom.js';
import { rupiah } from './format.js';
import { kkiForm } from './kki-form.js';
import { methodOf } from './methods.js';
import { activeOrder, state } from './state.js';

/** The step of the active order: pay, type the code, wait, done. */
export function showCheckout(container, actions) {
  const order = activeOrder();
  const { problem, hint, productId, method, products, cards, withoutCode, bri } = state;
  const { allo, wallet } = state;
  const busy = ['pay', 'confirm', 'resend', 'check'].filter((name) => state.busy.has(name));
  const choice = { productId, method, cards, withoutCode };
  show(container, { order, problem, hint, choice, products, bri, allo, wallet, busy }, () => {
    const facts = { order, problem, hint, busy, actions };
    switch (stepOf(order)) {
      case 'code':
        return codeStep(facts);
      case 'page':
        return pageStep(facts);
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
    case 'page':
      return 'page';
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
  const source = sourceOf(state);
  const isBusy = busy.includes('pay');
  const failed = order?.status === 'failed' && !problem;
  const notes = [
    failed ? alert(failureOf(order.payment)) : null,
    problem ? alert(problem.message) : null,
  ];
  if (!product || source.missing) {
    const missing = product ? source.missing : 'Choose something first.';
    return [...notes, element('p', { class: 'hint' }, missing)];
  }
  const label = `Pay ${rupiah(product.price)}`;
  const { page, proof } = methodOf(state.method);
  return [
    ...notes,
    summary(product.name, source.label, product.price),
    state.method === 'bri' ? codeChoice(actions) : null,
    state.method === 'kki'
      ? kkiForm(label, { problem, isBusy, pay: actions.pay })
      : button(label, {
          id: 'pay',
          kind: 'primary wide',
          busy: isBusy,
          busyLabel: page === undefined ? 'Asking your bank …' : `Going to ${page} …`,
          onpress: actions.pay,
        }),
    page === undefined
      ? null
      : element(
          'p',
          { class: 'hint' },
          `You confirm on ${page}’s page with ${proof}, and come back here.`,
        ),
  ];
}

/** BRI charges a card again without its owner's code, as for a subscription. */
function codeChoice({ chooseCode }) {
  return element(
    'label',
    { class: 'check' },
    element('input', {
      type: 'checkbox',
      id: 'without-code',
      checked: state.withoutCode,
      onchange: (event) => chooseCode(event.target.checked),
    }),
    element(
      'span',
      {},
      'Charge without a code ',
      element('span', { class: 'quiet' }, 'as a recurring payment, such as a subscription'),
    ),
  );
}

/** What is charged by the chosen method, or what is missing for it. */
function sourceOf({ method, cards, allo, wallet }) {
  switch (method) {
    case 'allo':
      return allo?.state === 'linked'
        ? { label: `Allo Bank ${allo.phone}` }
        : { missing: 'Link your Allo account to pay with it.' };
    case 'wallet':
      return wallet?.state === 'linked'
        ? { label: `DOKU Wallet ${wallet.phone}` }
        : { missing: 'Open and link your wallet to pay with it.' };
    case 'kki':
      return { label: 'KKI card' };
    default: {
      const { saved, chosen } = cards[method];
      const card = saved?.find(({ id }) => id === chosen);
      return card ? { label: card.label } : { missing: 'Add or pick a card to pay with.' };
    }
  }
}

function failureOf({ method, wrongCodes }) {
  if (method === 'allo') {
    return 'The payment was declined at Allo. Nothing was charged. Try again or pay another way.';
  }
  if (method === 'wallet') {
    return 'The payment was not made at DOKU. Nothing was charged. Try again or pay another way.';
  }
  const { tries, blockHours } = state.bri?.otpRules ?? {};
  if (method === 'bri' && wrongCodes >= tries) {
    return `BRI has blocked the card for ${blockHours} hours after ${tries} wrong codes. Nothing was charged. Use another card, or pay another way.`;
  }
  return wrongCodes > 0
    ? `The bank ended the payment after ${wrongCodes === 1 ? 'a wrong code' : 'several wrong codes'}. Nothing was charged. Try again.`
    : 'The bank declined the payment. Nothing was charged. Try again or pay another way.';
}

function codeStep({ order, problem, hint, busy, actions }) {
  const { method, label, wrongCodes } = order.payment;
  const rules = method === 'bri' ? briRules() : 'The bank stops after a few.';
  return [
    summary(order.productName, label, order.amount),
    hint && !problem ? element('p', { class: 'message calm' }, hint.message) : null,
    codeForm({
      id: 'otp',
      label: 'Code that your bank sent you',
      value: state.otp,
      remember: (text) => {
        state.otp = text;
      },
      hint: `The simulated bank always sends 999999.${method === 'bri' && !problem ? ` ${rules}` : ''}`,
      problem,
      wrongCodes,
      rules,
      submit: {
        label: 'Confirm payment',
        busy: busy.includes('confirm'),
        busyLabel: 'Confirming …',
        onpress: actions.confirm,
      },
      resend: { busy: busy.includes('resend'), onpress: actions.resend },
      leave: { label: 'Not now', onpress: actions.setAside },
    }),
  ];
}

/** The customer is, or was, on the page of Allo or DOKU. */
function pageStep({ order, problem, hint, busy, actions }) {
  const { page, tells } = methodOf(order.payment.method);
  return [
    summary(order.productName, order.payment.label, order.amount),
    element(
      'p',
      { class: 'message calm' },
      tells ? element('span', { class: 'spinner', 'aria-hidden': 'true' }) : null,
      tells
        ? `${page} has not said yet that it is paid. If you have confirmed on its page, this page changes by itself; if not, go on there.`
        : `${page} has not said yet that it is paid. If you have confirmed on its page, check here; if not, go on there.`,
    ),
    problem ? alert(problem.message) : null,
    hint ? element('p', { class: 'hint', id: 'status-hint' }, hint.message) : null,
    element(
      'div',
      { class: 'actions' },
      button(`Go on at ${page}`, {
        id: 'go-on',
        kind: 'primary',
        onpress: () => actions.goTo(order.payment.pageUrl),
      }),
      checkButton(busy, actions),
      leaveButton(actions),
    ),
  ];
}

function confirmingStep({ order, problem, hint, busy, actions }) {
  return [
    summary(order.productName, order.payment.label, order.amount),
    element(
      'p',
      { class: 'message calm' },
      element('span', { class: 'spinner', 'aria-hidden': 'true' }),
      order.payment.method === 'kki'
        ? 'Waiting for the bank’s confirmation. Your bank may ask you to confirm in its app. This page changes by itself.'
        : 'Waiting for the bank’s confirmation. This page changes by itself.',
    ),
    problem ? alert(problem.message) : null,
    hint ? element('p', { class: 'hint' }, hint.message) : null,
    element('div', { class: 'actions' }, checkButton(busy, actions), leaveButton(actions)),
  ];
}

function unknownStep({ order, problem, hint, busy, actions }) {
  const { label, method } = order.payment;
  const mayContinue = hint?.next === 'continue';
  return [
    summary(order.productName, label, order.amount),
    element(
      'div',
      { class: 'message warn', role: 'alert' },
      element('strong', {}, 'We do not know yet.'),
      ' The bank did not answer, so it may or may not have gone through. Please do not pay again: ',
      'this page turns to paid as soon as the bank confirms.',
    ),
    problem && problem.code !== 'outcome-unknown' ? alert(problem.message) : null,
    hint ? element('p', { class: 'message calm', id: 'status-hint' }, hint.message) : null,
    mayContinue && method === 'kki'
      ? kkiForm('Send this payment again', {
          problem,
          isBusy: busy.includes('pay'),
          pay: actions.pay,
        })
      : null,
    element(
      'div',
      { class: 'actions' },
      mayContinue && method !== 'kki'
        ? button('Continue this payment', {
            id: 'continue',
            kind: 'primary',
            busy: busy.includes('pay'),
            busyLabel: 'Asking your bank …',
            onpress: actions.pay,
          })
        : null,
      checkButton(busy, actions, mayContinue ? 'plain' : 'primary'),
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

function summary(name, source, amount) {
  return element(
    'dl',
    { class: 'summary' },
    element('dt', {}, name),
    element('dd', { class: 'price' }, rupiah(amount)),
    element('dt', { class: 'quiet' }, 'From'),
    element('dd', { class: 'quiet' }, source),
  );
}
