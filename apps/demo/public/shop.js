/* global location, history, URLSearchParams */
import * as api from './api.js';
import { greetFromAllo, linkAllo, loadAllo, unlinkAllo } from './allo.js';
import { showAllo } from './allo-panel.js';
import { confirmBriCard, forgetBriCard, registerBriCard, resendBriCode } from './bri.js';
import { showBri } from './bri-panel.js';
import { chooseCard, loadCards, removeCard } from './cards.js';
import { showCheckout } from './checkout-panel.js';
import { greetFromCimb, registerCimbCard } from './cimb.js';
import { showCimb } from './cimb-panel.js';
import { showDeadLetters } from './dead-letters-panel.js';
import {
  discard,
  failBookkeeping,
  inspect,
  loadDelivery,
  openDiscard,
  replay,
  replayAll,
  watchDelivery,
} from './delivery.js';
import { showDeliveryLine } from './delivery-line.js';
import { showEvents } from './events-panel.js';
import { rupiah } from './format.js';
import { methodOf } from './methods.js';
import { showMethods } from './methods-panel.js';
import { showOrders } from './orders-panel.js';
import { announce, at, drawWith, focusOn, notify, once, redraw } from './page.js';
import { showProducts } from './products-panel.js';
import { loadWallet } from './wallet.js';
import { showWalletMethod } from './wallet-method-panel.js';
import { activeOrder, isUnderWay, newDraftId, state } from './state.js';

/** The order that was gone on with last. */
let shownReference;
/** Whether the browser came back to an order, and nothing has been asked about it yet. */
let isBackFromPage = false;

drawWith(() => {
  showProducts(at('products'), { choose: chooseProduct });
  showMethods(at('methods'), { choose: chooseMethod });
  showCimb(at('cimb'), { ...cardActions('cimb'), register: registerCimbCard });
  showBri(at('bri'), {
    ...cardActions('bri'),
    register: registerBriCard,
    confirm: confirmBriCard,
    resend: resendBriCode,
    forget: forgetBriCard,
  });
  showAllo(at('allo'), { link: linkAllo, unlink: unlinkAllo, reload: loadAllo });
  showWalletMethod(at('wallet'), { reload: loadWallet });
  showCheckout(at('checkout'), {
    pay,
    confirm: confirmCode,
    resend,
    check,
    goTo,
    setAside,
    startOver,
    chooseCode,
  });
  showOrders(at('orders'), { openRefund, refund, resume });
  showEvents(at('events'));
  showDeliveryLine(at('delivery'));
  showDeadLetters(at('dead-letters'), {
    fail: failBookkeeping,
    inspect,
    replay,
    replayAll,
    openDiscard,
    discard,
  });
});

function cardActions(bank) {
  return {
    choose: (id) => chooseCard(bank, id),
    remove: (id, label) => removeCard(bank, id, label),
    reload: () => loadCards(bank),
  };
}

function chooseProduct(id) {
  state.productId = id;
  startDraft();
  redraw();
}

function chooseMethod(method) {
  state.method = method;
  state.problem = undefined;
  forgetKkiCard();
  redraw();
}

function pay() {
  return once('pay', () =>
    tellProblem(async () => {
      const reference = state.activeReference ?? (await openOrder());
      const order = await send(reference, activeOrder()?.payment);
      state.otp = '';
      notify('');
      keep(order);
      if (order.payment?.phase === 'otp') focusOn('otp');
      if (order.payment?.phase === 'page') goTo(order.payment.pageUrl);
    }),
  ).then(() => {
    if (state.problem?.code === 'otp-wrong') focusOn('kki-otp');
  });
}

/** Pays by the chosen method; what may have arrived is only ever sent again as it was. */
async function send(reference, payment) {
  const isUnknown = payment?.phase === 'unknown';
  const method = isUnknown ? payment.method : state.method;
  switch (method) {
    case 'allo':
      return api.payByAllo(reference);
    case 'wallet':
      return api.payByWallet(reference);
    case 'kki':
      return sendKkiCard(reference);
    default: {
      const cardId = isUnknown ? payment.cardId : state.cards[method].chosen;
      const { withoutCode } = state;
      return api.payByCard(
        reference,
        method,
        method === 'bri' ? { cardId, withoutCode } : { cardId },
      );
    }
  }
}

async function sendKkiCard(reference) {
  const { cpan, 'kki-otp': otp } = state.kki;
  // A code is good for one try; the number is kept until the bank has taken it.
  state.kki['kki-otp'] = '';
  const order = await api.payByKki(reference, cpan, otp);
  forgetKkiCard();
  return order;
}

function forgetKkiCard() {
  state.kki = { cpan: '', 'kki-otp': '' };
}

function goTo(pageUrl) {
  if (/^https?:\/\//.test(pageUrl ?? '')) location.assign(pageUrl);
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
      keep(await api.confirmPayment(state.activeReference, bankOf(activeOrder()), otp));
    }),
  ).then(() => {
    if (state.problem?.code !== 'otp-wrong') return;
    // The bank may have ended the payment for it meanwhile, which says more.
    if (activeOrder()?.payment?.phase !== 'otp') {
      state.problem = undefined;
      redraw();
      return;
    }
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
      keep(await api.resendCode(state.activeReference, bankOf(activeOrder())));
      state.otp = '';
      state.hint = { message: 'A new code is on its way.' };
      focusOn('otp');
    }),
  );
}

function bankOf(order) {
  return order.payment.method;
}

function chooseCode(withoutCode) {
  state.withoutCode = withoutCode;
  redraw();
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
  redraw();
}

function startOver() {
  startDraft();
  redraw();
  at(`product-${state.productId}`)?.focus();
}

function startDraft() {
  state.draftId = newDraftId();
  state.activeReference = undefined;
  state.problem = undefined;
  state.hint = undefined;
  state.otp = '';
  forgetKkiCard();
}

function resume(reference) {
  startDraft();
  state.activeReference = reference;
  showAsActive(activeOrder());
  redraw();
  at('checkout-title').scrollIntoView({ block: 'nearest' });
}

/** Shows product and method of the order that is gone on with; a method chosen since then stays. */
function showAsActive(order) {
  if (order === undefined) return;
  state.productId = order.productId;
  const isNew = shownReference !== order.reference;
  shownReference = order.reference;
  if (order.payment && (isNew || isUnderWay(order))) state.method = order.payment.method;
}

function openRefund(reference) {
  state.refunding = reference;
  state.refundAmount = undefined;
  state.refundProblems.clear();
  redraw();
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
  const hasMoved = before?.status !== order.status || before.refunded !== order.refunded;
  // Its balance is another now.
  if (hasMoved && before && order.payment?.method === 'allo') void loadAllo();
  if (hasMoved && before && order.payment?.method === 'wallet') void loadWallet();
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

/** Where nobody tells how a payment ended, the customer's return is the time to ask. */
function askAboutReturn(order) {
  if (!isBackFromPage) return;
  isBackFromPage = false;
  const { method, phase } = order?.payment ?? {};
  if (phase === 'page' && !methodOf(method).tells) void check();
}

/** Back from a bank's page. */
async function greetReturn() {
  const search = new URLSearchParams(location.search);
  if (search.size > 0) history.replaceState(null, '', '/');
  if (search.get('back') === 'allo') greetFromAllo();
  // A hint only: the shop shows no order of somebody else, and tells itself how this one stands.
  state.activeReference = search.get('order') ?? undefined;
  isBackFromPage = state.activeReference !== undefined;
  if (search.has('registration')) await greetFromCimb(search.get('registration'));
  else await loadCards('cimb');
}

api.listen({
  snapshot: ({ orders, events }) => {
    const known = state.orders;
    state.orders = new Map(orders.map((order) => [order.reference, newest(order, known)]));
    state.events = events;
    // After a reload, go on where the customer was.
    if (!state.orders.has(state.activeReference)) {
      state.activeReference = unfinished(orders)?.reference;
    }
    showAsActive(activeOrder());
    askAboutReturn(activeOrder());
    void loadAllo();
    void loadDelivery();
    redraw();
  },
  order: (order) => {
    keep(order);
    redraw();
  },
  event: (event) => {
    state.events.push(event);
    redraw();
  },
  allo: () => void loadAllo(),
  delivery: () => void loadDelivery(),
  connection: (now) => {
    at('connection').dataset.state = now;
    at('connection').textContent = now === 'live' ? 'Live' : 'Reconnecting';
  },
});

redraw();
void greetReturn();
void loadCards('bri');
void loadWallet();
watchDelivery();
api.listProducts().then(
  (products) => {
    state.products = products;
    state.productId ??= products[0]?.id;
    redraw();
  },
  (problem) => notify(problem.message, 'bad'),
);
