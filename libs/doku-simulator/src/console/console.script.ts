/**
 * The console's script. Data reaches the page through `textContent` only. Plain browser JavaScript
 * without back quotes, so that it can stand in a template string and need no copying of files.
 */
export const CONSOLE_SCRIPT = `'use strict';
const $ = (id) => document.getElementById(id);
const opened = new Set();
let info = { breakages: [], settingChoices: {}, clockOffset: 0 };

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined) node.append(child);
  }
  return node;
}

async function api(method, path, body) {
  const response = await fetch('_simulator/' + path, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const answer = text === '' ? undefined : JSON.parse(text);
  if (!response.ok) throw new Error((answer && answer.message) || response.statusText);
  return answer;
}

let toastTimer;
function toast(text) {
  $('toast').textContent = text;
  $('toast').classList.add('shown');
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => $('toast').classList.remove('shown'), 4000);
}

function act(work, done) {
  return async (event) => {
    if (event) event.preventDefault();
    try {
      const answer = await work(event);
      if (done) toast(typeof done === 'function' ? done(answer) : done);
      refresh();
    } catch (error) {
      toast(error.message);
      // What was chosen but refused must not stay on the page.
      delete shown.settings;
      refresh();
    }
  };
}

const button = (text, work, done) => el('button', { class: 'small', type: 'button', onclick: act(work, done) }, text);
const badge = (text, tone) => el('span', { class: 'badge ' + (tone || '') }, String(text));
const time = (iso) => (iso ? iso.slice(5, 19).replace('T', ' ') : '');
const money = (amount) => 'Rp ' + Number(amount).toLocaleString('id-ID');
const toneOf = (status) =>
  ['SUCCESS', 'delivered', 'accepted', 'APPROVED', 'BOUND', '00'].includes(status) ? 'good'
  : ['FAILED', 'failed', 'refused', 'DECLINED', 'UNBOUND', 'CANCELLED', 'undeliverable', '06'].includes(status) ? 'bad' : 'warn';
const wordOf = (value, fallback) => (['string', 'number'].includes(typeof value) && value !== '' ? String(value) : fallback);
const pretty = (text) => {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
};
const titled = (title, content) => [el('h3', {}, title), el('pre', {}, content)];

const shown = {};
/** Draws a part anew only when its data changed: drawing takes focus and selection away. */
function draw(id, data, render) {
  const text = JSON.stringify(data);
  if (shown[id] === text) return;
  render();
  shown[id] = text;
}

/** Data may have any shape, as made-up notifications do; what cannot be shown hides nothing else. */
function drawable(render) {
  return (data) => {
    try { return render(data); }
    catch (error) { return el('p', { class: 'empty' }, 'Cannot be shown: ' + error.message); }
  };
}

function fill(id, items, render, emptyText) {
  draw(id, items, () => {
    const nodes = items.map(drawable(render));
    $(id).replaceChildren(...(nodes.length ? nodes : [el('p', { class: 'empty' }, emptyText)]));
  });
}

function item(id, summary, detail) {
  const node = el('details', { class: 'item', open: opened.has(id) }, el('summary', {}, summary), el('div', { class: 'detail' }, detail));
  node.addEventListener('toggle', () => { if (node.open) opened.add(id); else opened.delete(id); });
  return node;
}

function table(heads, rows) {
  return el('table', {}, el('thead', {}, el('tr', {}, heads.map((head) => el('th', {}, head)))), el('tbody', {}, rows));
}

const facts = (pairs) => el('dl', { class: 'facts' }, pairs.filter(([, value]) => value !== undefined && value !== '')
  .flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, String(value))]));

function renderRequest(record) {
  const headers = Object.entries(record.headers).map(([name, value]) => [].concat(value).map((each) => name + ': ' + each).join('\\n')).join('\\n');
  return item(record.id, [
    badge(record.status === null ? 'no answer' : record.status, record.status === null || record.status >= 400 ? (record.replayed ? 'warn' : 'bad') : 'good'),
    el('span', { class: 'name grow' }, record.operation),
    record.replayed ? badge('replayed', 'warn') : null,
    record.fault ? badge(record.fault, 'warn') : null,
    badge(record.verdict, toneOf(record.verdict)),
    el('span', { class: 'muted mono' }, time(record.at)),
    record.reason ? el('span', { class: 'reason' }, record.reason) : null,
  ], [
    el('code', {}, record.method + ' ' + record.path),
    record.externalId ? facts([['X-EXTERNAL-ID', record.externalId], ['B2B token', record.b2bTokenId], ['Customer token', record.customerTokenId],
      ['Customer', record.customer && record.customer.custIdMerchant], ['Account', record.customer && record.customer.account], ['authCode', record.customer && record.customer.authCode]]) : null,
    record.stringToSign ? titled('String to sign', record.stringToSign) : null,
    record.body ? titled('Body', pretty(record.body)) : null,
    titled('Headers', headers),
  ].flat());
}

function renderSnapPayment(payment) {
  const path = 'payments/' + encodeURIComponent(payment.partnerReferenceNo);
  const merchant = { clientId: payment.clientId };
  const isPending = payment.status === 'PENDING';
  return item('snap-' + payment.referenceNo, [
    badge(payment.status, toneOf(payment.status)),
    el('span', { class: 'name grow' }, payment.partnerReferenceNo),
    badge('SNAP'),
    el('span', { class: 'mono' }, money(payment.amount)),
    payment.failure ? el('span', { class: 'reason' }, payment.failure) : null,
  ], [
    facts([['Channel', payment.channel], ['Customer', payment.custIdMerchant], ['Account', payment.account], ['referenceNo', payment.referenceNo],
      ['X-EXTERNAL-ID', payment.externalId], ['authCode', payment.authCode], ['Paid', payment.paidTime], ['Refunded', money(payment.refunded)]]),
    payment.refunds.length ? titled('Refunds', payment.refunds.map((refund) => refund.partnerRefundNo + '  ' + money(refund.amount) + (refund.reason ? '  ' + refund.reason : '')).join('\\n')) : null,
    el('div', { class: 'actions' },
      isPending ? button('Approve', () => api('POST', path + '/approve', merchant), (answer) => 'Payment ' + answer.payment.status) : null,
      isPending ? button('Decline', () => api('POST', path + '/decline', merchant), 'Declined') : null,
      isPending && payment.pageId ? el('a', { href: payment.page || 'direct-debit/ui/payment/core/' + encodeURIComponent(payment.pageId), target: '_blank', rel: 'noopener' }, 'Open page') : null,
      button('Notify now', () => api('POST', 'notifications', { scheme: 'snap', partnerReferenceNo: payment.partnerReferenceNo, clientId: payment.clientId }), (sent) => 'Notification ' + sent.id + ': ' + sent.state)),
  ].flat());
}

function renderPayment(payment) {
  if (payment.scheme === 'snap') return renderSnapPayment(payment);
  return item('pay-' + payment.token, [
    badge(payment.status, toneOf(payment.status)),
    el('span', { class: 'name grow' }, payment.invoiceNumber),
    el('span', { class: 'mono' }, money(payment.amount)),
    payment.failure ? el('span', { class: 'reason' }, payment.failure) : null,
  ], [
    facts([
      ['Customer', payment.customer.id], ['Account', payment.accountNo], ['Request-Id', payment.requestId],
      ['Payment id', payment.paymentId], ['Transaction token', payment.token],
      ['OTP', payment.otpsSent === 0 ? 'not asked for' : info.otp + ', until ' + time(payment.otpExpiresAt) + ', ' + payment.wrongOtps + ' wrong so far'],
      ['Refunded', money(payment.refunded)],
    ]),
    el('div', { class: 'actions' }, button('Notify now', () => api('POST', 'notifications', { invoiceNumber: payment.invoiceNumber, originalRequestId: payment.requestId, clientId: payment.clientId }), (sent) => 'Notification ' + sent.id + ': ' + sent.state)),
  ]);
}

/** What a notification is about, and the status that it tells; made-up ones may lack either. */
function subjectOf({ scheme, body }) {
  if (scheme === 'snap') {
    const about = body.additionalInfo || {};
    return [wordOf(body.originalPartnerReferenceNo, about.authCode ? 'Binding of ' + wordOf(about.custIdMerchant, 'nobody') : 'no reference'),
      wordOf(body.latestTransactionStatus, wordOf(about.status, 'no status'))];
  }
  const { order, transaction } = body;
  return [wordOf(order && order.invoice_number, 'no invoice number'), wordOf(transaction && transaction.status, 'no status')];
}

function renderNotification(notification) {
  const isSnap = notification.scheme === 'snap';
  const [invoiceNumber, status] = subjectOf(notification);
  const path = 'notifications/' + notification.id + '/resend';
  const outcome = (answer) => 'Answered ' + answer.attempts.map((attempt) => attempt.status === null ? attempt.answer : attempt.status).join(', ');
  const broken = el('select', { class: 'small', 'aria-label': 'Send it spoilt', onchange: act((event) => api('POST', path, { break: event.target.value }), outcome) },
    el('option', { value: '', disabled: true, selected: true }, 'Break…'), info.breakages.filter((each) => isSnap || each !== 'token').map((each) => el('option', { value: each }, each)));
  return item(notification.id, [
    badge(notification.state, toneOf(notification.state)),
    el('span', { class: 'name grow' }, invoiceNumber),
    badge(status, toneOf(status)),
    isSnap ? badge('SNAP') : null,
    el('span', { class: 'muted' }, notification.attempts.length + (notification.attempts.length === 1 ? ' attempt' : ' attempts')),
    el('span', { class: 'muted mono' }, notification.nextAttemptAt ? 'next ' + time(notification.nextAttemptAt) : time(notification.createdAt)),
    el('span', { class: 'actions', style: 'margin:0' },
      button('Resend', () => api('POST', path, {}), outcome),
      button('×5', () => api('POST', path, { copies: 5 }), outcome), broken),
  ], [
    el('p', { class: 'mono muted' }, notification.url || 'No notification URL is set.'),
    titled('Body', JSON.stringify(notification.body, null, 2)),
    notification.attempts.length ? el('div', { class: 'scroll' }, table(['At', isSnap ? 'Token' : '', 'Status', 'Answer', 'Took', ''], notification.attempts.map((attempt) => el('tr', {},
      el('td', { class: 'mono' }, time(attempt.at)), el('td', {}, tokenOf(attempt)), el('td', {}, attempt.status === null ? 'none' : String(attempt.status)),
      el('td', { class: 'wide' }, attempt.answer), el('td', { class: 'amount' }, attempt.durationMs + ' ms'), el('td', {}, attempt.broken ? badge(attempt.broken, 'warn') : ''))))) : null,
  ].flat());
}

const tokenOf = ({ token }) => (!token ? '' : token.isKept ? 'kept' : token.status === null ? 'none' : String(token.status));

function renderBinding(binding) {
  const path = 'bindings/' + encodeURIComponent(binding.authCode);
  const isPending = binding.state === 'PENDING';
  return el('div', { class: 'item' },
    el('div', { class: 'row' }, badge(binding.state, toneOf(binding.state)),
      el('span', { class: 'name grow' }, binding.customerName || binding.custIdMerchant), el('span', { class: 'muted mono' }, binding.phoneNo)),
    isPending ? el('div', { class: 'actions' },
      button('Approve', () => api('POST', path + '/approve', {}), 'Account bound'),
      button('Decline', () => api('POST', path + '/decline', {}), 'Declined'),
      el('a', { href: binding.page || 'direct-debit/ui/binding/core/' + encodeURIComponent(binding.authCode), target: '_blank', rel: 'noopener' }, 'Open page')) : null);
}

/** Those of CIMB and of the wallet are decided on a page; BRI's take an OTP. */
function renderRegistration(registration) {
  const isWallet = registration.page !== undefined;
  const path = (isWallet ? 'wallet-registrations/' : 'registrations/') + registration.id;
  const isPending = registration.state === 'PENDING' && registration.acquirer !== 'BRI';
  return el('div', { class: 'item' },
    el('div', { class: 'row' }, badge(registration.state, toneOf(registration.state)),
      el('span', { class: 'name grow' }, registration.name || registration.customerName || registration.customerId),
      badge(isWallet ? 'Wallet' : registration.acquirer || 'CIMB'), el('span', { class: 'muted mono' }, registration.phoneNo || registration.phone || registration.accountNo)),
    isPending ? el('div', { class: 'actions' },
      button('Approve', () => api('POST', path + '/approve', {}), 'Account saved'),
      button('Decline', () => api('POST', path + '/decline', {}), 'Declined'),
      el('a', { href: registration.page || 'cimb/register/' + registration.id, target: '_blank', rel: 'noopener' }, 'Open page')) : null);
}

function renderSettings(settings) {
  const labels = {
    idempotency: 'Notice a repeated Request-Id or X-EXTERNAL-ID', notifications: 'Send notifications (off: hold them)',
    notifyRefunds: 'Notify refunds', checkLineItems: 'Line items must add up to the amount',
    notifyBindings: 'Notify bindings (SNAP)', newestTokenWins: 'A new token ends the ones before (SNAP)',
    bareCustomerToken: 'Authorization-Customer may lack Bearer (SNAP)',
  };
  const choices = {
    kkiConfirmation: 'KKI customers confirm', walletConfirmation: 'Wallet purchases are paid', walletSpelling: 'Spelling of wallet PIN pages', alloSpelling: 'Spelling of Allo', refundSuccessCode: 'Success code of SNAP refunds',
    expiresInAs: 'expiresIn of B2B tokens', customerTokenExpiry: 'Expiry of customer tokens', notificationToken: 'Token of SNAP notifications',
    snapNotificationSignature: 'Signature of SNAP notifications',
  };
  $('settings').replaceChildren(...Object.entries(labels).map(([name, text]) => {
    const box = el('input', { type: 'checkbox', onchange: act(() => api('POST', 'settings', { [name]: box.checked })) });
    box.checked = settings[name];
    return el('label', { class: 'switch' }, box, text);
  }), ...Object.entries(choices).map(([name, text]) => {
    const select = el('select', { class: 'small', onchange: act(() => api('POST', 'settings', { [name]: select.value })) },
      info.settingChoices[name].map((each) => el('option', { value: each, selected: each === settings[name] }, each)));
    return el('label', { class: 'switch' }, select, text);
  }));
}

function renderLedger(ledger) {
  const twice = ledger.debitedTwice.map((each) => each.invoiceNumber);
  $('alarm').hidden = twice.length === 0;
  $('alarm').textContent = 'Debited more than once: ' + twice.join(', ');
  $('ledger').replaceChildren(ledger.entries.length === 0 ? el('p', { class: 'empty' }, 'No money has moved yet.')
    : table(['At', 'What', 'Invoice', 'From', 'To', 'Amount'], [...ledger.entries].reverse().slice(0, 100).map((entry) => el('tr', {},
      el('td', { class: 'mono' }, time(entry.at)), el('td', {}, badge(entry.kind, entry.kind === 'refund' ? 'warn' : 'good')),
      el('td', { class: 'wide' }, entry.invoiceNumber), el('td', { class: 'wide mono' }, entry.from), el('td', { class: 'wide mono' }, entry.to), el('td', { class: 'amount' }, (entry.kind === 'refund' ? '−' : '+') + money(entry.amount))))));
}

let running = false;
let again = false;
async function refresh() {
  if (running) { again = true; return; }
  running = true;
  try {
    const filter = $('request-filter').value;
    const [requests, payments, notifications, registrations, cards, faults, ledger, settings, clock, bindings, accounts, wallets, walletRegistrations] = await Promise.all([
      api('GET', 'requests?last=100' + (filter ? '&operation=' + encodeURIComponent(filter) : '')), api('GET', 'payments'), api('GET', 'notifications'),
      api('GET', 'registrations'), api('GET', 'cards'), api('GET', 'faults'), api('GET', 'ledger'), api('GET', 'settings'), api('GET', 'clock'),
      api('GET', 'bindings'), api('GET', 'accounts'), api('GET', 'wallets'), api('GET', 'wallet-registrations')]);
    const newest = (list) => [...list].reverse().slice(0, 100);
    fill('requests', newest(requests), renderRequest, 'Nothing has arrived. Point your app at the base URL above.');
    const ageOf = (payment) => Date.parse(payment.createdAt || payment.statusDate);
    fill('payments', newest(payments).sort((a, b) => ageOf(b) - ageOf(a)), renderPayment, 'No payment yet.');
    fill('notifications', newest(notifications), renderNotification, 'No notification yet.');
    fill('bindings', newest(bindings), renderBinding, 'No binding yet.');
    const holders = [...accounts, ...wallets.wallets];
    draw('accounts', holders, () => $('accounts').replaceChildren(...(holders.length === 0 ? [] : [table(['Account', 'Balance', 'Points'],
      newest(holders).map((each) => el('tr', {}, el('td', { class: 'mono' }, each.phoneNo), el('td', { class: 'amount' }, money(each.balance)), el('td', { class: 'amount' }, each.points === undefined ? 'wallet' : money(each.points)))))])));
    fill('registrations', newest([...registrations, ...walletRegistrations]).sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt)), renderRegistration, 'No registration yet.');
    fill('faults', faults, (fault) => el('div', { class: 'item row' }, badge(fault.fault, 'warn'), el('span', { class: 'grow' }, fault.operation),
      el('span', { class: 'muted' }, fault.times === null ? 'until cleared, ' + fault.hits + ' hits' : (fault.times - fault.hits) + ' to go')), 'All goes well.');
    draw('cards', cards, () => $('cards').replaceChildren(cards.length === 0 ? el('p', { class: 'empty' }, 'No card yet.') : table(['Customer', 'Account', 'token_id'],
      newest(cards).map((card) => el('tr', {}, el('td', { class: 'wide' }, card.customerId), el('td', { class: 'mono' }, card.accountNo), el('td', { class: 'wide mono' }, card.tokenId))))));
    draw('ledger', ledger, () => renderLedger(ledger));
    draw('settings', settings, () => renderSettings(settings));
    info.clockOffset = Date.parse(clock.now) - Date.now();
    if (document.activeElement !== $('skew')) $('skew').value = clock.skewMs / 1000;
  } catch (error) {
    toast('Cannot read the simulator: ' + error.message);
  }
  // A burst of changes is read once per pause.
  setTimeout(() => { running = false; if (again) { again = false; refresh(); } }, 150);
}

const wholeOf = (text, name) => {
  if (!/^-?[0-9]+$/.test(text)) throw new Error(name + ' must be a whole number.');
  return Number(text);
};

$('clear-requests').addEventListener('click', act(() => api('DELETE', 'requests')));
$('clear-faults').addEventListener('click', act(() => api('DELETE', 'faults')));
$('request-filter').addEventListener('change', refresh);
$('shuffle').addEventListener('click', act(() => api('POST', 'notifications/shuffle', {}), (answer) => 'Sent ' + (answer.order.join(', ') || 'nothing')));
for (const each of document.querySelectorAll('[data-advance]')) {
  each.addEventListener('click', act(() => api('POST', 'clock', { advanceMs: Number(each.dataset.advance) }), 'Clock moved ' + each.textContent));
}
$('skew-form').addEventListener('submit', act(() => api('POST', 'clock', { skewMs: wholeOf($('skew').value, 'The skew') * 1000 }), 'Skew set'));
$('fault-form').addEventListener('submit', act((event) => {
  const form = new FormData(event.target);
  return api('POST', 'faults', { operation: form.get('operation'), fault: form.get('fault'),
    times: form.get('times') === '' ? null : wholeOf(form.get('times'), 'Times'),
    ms: form.get('ms') === '' ? undefined : wholeOf(form.get('ms'), 'ms'),
    responseCode: form.get('responseCode') || undefined });
}, 'Fault added'));
$('new-notification').addEventListener('submit', act((event) => {
  const form = new FormData(event.target);
  return api('POST', 'notifications', { invoiceNumber: form.get('invoiceNumber'), status: form.get('status') || undefined,
    amount: form.get('amount') === '' ? undefined : wholeOf(form.get('amount'), 'The amount') });
}, (sent) => 'Notification ' + sent.id + ': ' + sent.state));

function tick() {
  $('now').textContent = new Date(Date.now() + info.clockOffset).toISOString().slice(0, 19).replace('T', ' ');
}

async function start() {
  Object.assign(info, await api('GET', 'info'));
  $('base-url').textContent = info.url;
  $('otp').textContent = info.otp + ' · PIN ' + info.pin + ' · KKI ' + info.kkiOtp;
  $('rules').replaceChildren(...info.rules.map((rule) => el('li', {}, rule)));
  $('merchants').textContent = info.merchants.map((each) => each.clientId + (each.notificationUrl ? ' notifies ' + each.notificationUrl : ' has no notification URL')
    + (each.snapNotificationUrl ? ', SNAP ' + each.snapNotificationUrl : '') + (each.hasPublicKey ? '' : ', no public key for SNAP')).join(' · ');
  for (const id of ['request-filter', 'f-operation']) $(id).append(...info.operations.map((name) => el('option', {}, name)));
  $('f-fault').append(...info.faults.map((name) => el('option', {}, name)));
  const events = new EventSource('_simulator/events');
  events.onopen = () => { $('live').classList.add('live'); $('live').title = 'Connected'; refresh(); };
  events.onerror = () => { $('live').classList.remove('live'); $('live').title = 'Not connected'; };
  events.onmessage = refresh;
  await refresh();
  tick();
  setInterval(tick, 1000);
}
start();
`;
