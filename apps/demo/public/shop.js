/* global document, location, history, URLSearchParams, confirm, setTimeout */
import * as api from './api.js';
import { showCards } from './cards-panel.js';
import { showCheckout } from './checkout-panel.js';
import { alert, element, show } from './dom.js';
import { showEvents } from './events-panel.js';
import { rupiah } from './format.js';
import { showOrders } from './orders-panel.js';
import { showProducts } from './products-panel.js';
import { activeOrder, isUnderWay, newDraftId, state } from './state.js';

const at = (id) => document.getElementById(id);

function render() {
  showProducts(at('products'), { choose: chooseProduct });
  showCards(at('cards'), {
    choose: chooseCard,
    remove: removeCard,
    register: registerCard,
    reload: loadCards,
  });
  showCheckout(at('checkout'), { pay, confirm: confirmCode, resend, check, setAside, startOver });
  showOrders(at('orders'), { openRefund, refund, resume });
  showEvents(at('events'));
}

/** Does one thing at a time under a name: a second press while it is under way does nothing. */
async function once(name, work) {
  if (state.busy.has(name)) return;
  state.busy.add(name);
  render();
  try {
    await work();
  } finally {
    state.busy.delete(name);
    render();
  }
}

function chooseProduct(id) {
  state.productId = id;
  startDraft();
  render();
}

function chooseCard(id) {
  state.cardId = id;
  state.problem = undefined;
  render();
}

function loadCards() {
  return once('cards', async () => {
    try {
      state.cards = await api.listCards();
      state.cardsProblem = undefined;
      if (!state.cards.some(({ id }) => id === state.cardId)) state.cardId = state.cards.at(-1)?.id;
    } catch (problem) {
      state.cardsProblem = { message: problem.message };
    }
  });
}

function registerCard(mobilePhone) {
  return once('card', async () => {
    try {
      const { registrationUrl } = await api.registerCard(mobilePhone);
      if (/^https?:\/\//.test(registrationUrl)) location.assign(registrationUrl);
    } catch (problem) {
      notify(problem.message, 'bad');
    }
  });
}

function removeCard(id, label) {
  if (!confirm(`Remove ${label}?`)) return undefined;
  return once(`card-${id}`, async () => {
    try {
      await api.removeCard(id);
      announce(`${label} is removed.`);
    } catch (problem) {
      notify(problem.message, 'bad');
    }
    await loadCards();
  });
}

function pay() {
  return once('pay', () =>
    tellProblem(async () => {
      const reference = state.activeReference ?? (await openOrder());
      const cardId = activeOrder()?.payment?.cardId;
      const isUnknown = activeOrder()?.payment?.phase === 'unknown';
      const order = await api.payOrder(reference, isUnknown ? cardId : state.cardId);
      state.otp = '';
      notify('');
      keep(order);
      if (order.payment?.phase === 'otp') focusOn('otp');
    }),
  );
}

async function openOrder() {
  const order = await api.openOrder(state.productId, state.draftId);
  keep(order);
  state.activeReference = order.reference;
  return order.reference;
}

function confirmCode(otp) {
  return once('confirm', () =>
    tellProblem(async () => {
      keep(await api.confirmPayment(state.activeReference, otp));
    }),
  ).then(() => {
    if (state.problem?.code !== 'otp-wrong') return;
    state.otp = '';
    const input = at('otp');
    if (input === null) return;
    input.value = '';
    input.focus();
  });
}

function resend() {
  return once('resend', () =>
    tellProblem(async () => {
      keep(await api.resendCode(state.activeReference));
      state.otp = '';
      state.hint = { message: 'A new code is on its way.' };
      focusOn('otp');
    }),
  );
}

function check() {
  return once('check', () =>
    tellProblem(async () => {
      const { message, next, order } = await api.checkStatus(state.activeReference);
      state.hint = { message, next };
      keep(order);
      announce(message);
    }),
  );
}

/** Runs a step of the active order; what goes wrong is shown in its panel. */
async function tellProblem(work) {
  state.problem = undefined;
  state.hint = undefined;
  try {
    await work();
  } catch (problem) {
    state.problem = { code: problem.code ?? 'internal', message: problem.message };
  }
}

function setAside() {
  startDraft();
  render();
}

function startOver() {
  startDraft();
  render();
  at(`product-${state.productId}`)?.focus();
}

function startDraft() {
  state.draftId = newDraftId();
  state.activeReference = undefined;
  state.problem = undefined;
  state.hint = undefined;
  state.otp = '';
}

function resume(reference) {
  startDraft();
  state.activeReference = reference;
  state.productId = activeOrder().productId;
  render();
  at('checkout-title').scrollIntoView({ block: 'nearest' });
}

function openRefund(reference) {
  state.refunding = reference;
  state.refundAmount = undefined;
  state.refundProblems.clear();
  render();
  if (reference !== undefined) at(`refund-amount-${reference}`)?.select();
}

function refund(reference, amount) {
  return once(`refund-${reference}`, async () => {
    state.refundProblems.delete(reference);
    try {
      keep(await api.refundOrder(reference, amount));
      state.refunding = undefined;
    } catch (problem) {
      state.refundProblems.set(reference, { code: problem.code, message: problem.message });
    }
  });
}

/** Takes in an order, and tells those who cannot see the page what became of it. */
function keep(order) {
  const before = state.orders.get(order.reference);
  // An answer can be overtaken by the live update that came after it.
  if (before !== undefined && before.version >= order.version) return;
  state.orders.set(order.reference, order);
  if (before === undefined || before.status === order.status) {
    if (before?.refunded !== order.refunded && order.refunded > 0) settleRefund(order);
    return;
  }
  if (order.reference === state.activeReference) state.problem = undefined;
  if (order.status === 'paid') announce(`${order.productName} is paid.`);
  if (order.status === 'failed') announce(`The payment of ${order.productName} failed.`);
  if (order.status === 'refunded') settleRefund(order);
}

/** The order to go on with: one under way, or the last one if it is not paid yet. */
function unfinished(orders) {
  const last = orders.at(-1);
  const isUnpaid = last?.payment && ['open', 'failed'].includes(last.status);
  return orders.findLast(isUnderWay) ?? (isUnpaid ? last : undefined);
}

function newest(order, known) {
  const other = known.get(order.reference);
  return other !== undefined && other.version > order.version ? other : order;
}

function settleRefund({ reference, productName, refunded }) {
  state.refundProblems.delete(reference);
  if (state.refunding === reference) state.refunding = undefined;
  announce(`${rupiah(refunded)} of ${productName} refunded.`);
}

function announce(text) {
  at('announcer').textContent = text;
}

/** Tells something about the page as a whole; an empty text takes it away. */
function notify(text, tone) {
  show(at('notice'), text, () => {
    if (text === '') return null;
    return tone === 'bad' ? alert(text) : element('p', { class: `message ${tone}` }, text);
  });
}

/** Focuses once the element is there: it is drawn after the step has ended. */
function focusOn(id) {
  setTimeout(() => at(id)?.focus());
}

/** Back from the bank's page. Where the browser landed is a hint only: the cards tell. */
function greetReturn() {
  const outcome = new URLSearchParams(location.search).get('registration');
  if (outcome === null) return;
  history.replaceState(null, '', '/');
  if (outcome === 'approved') notify('Your card is saved.', 'good');
  else notify('The card was not added: it was declined at the bank.', 'warn');
}

api.listen({
  snapshot: ({ orders, events }) => {
    const known = state.orders;
    state.orders = new Map(orders.map((order) => [order.reference, newest(order, known)]));
    state.events = events;
    // After a reload, go on where the customer was.
    if (!state.orders.has(state.activeReference)) {
      state.activeReference = unfinished(orders)?.reference;
      state.productId = activeOrder()?.productId ?? state.productId;
    }
    render();
  },
  order: (order) => {
    keep(order);
    render();
  },
  event: (event) => {
    state.events.push(event);
    render();
  },
  connection: (now) => {
    at('connection').dataset.state = now;
    at('connection').textContent = now === 'live' ? 'Live' : 'Reconnecting';
  },
});

greetReturn();
render();
void loadCards();
api.listProducts().then(
  (products) => {
    state.products = products;
    state.productId ??= products[0]?.id;
    render();
  },
  (problem) => notify(problem.message, 'bad'),
);
