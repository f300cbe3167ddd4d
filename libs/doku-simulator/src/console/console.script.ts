/**
 * The console's script. Data reaches the page through `textContent` only. Plain browser JavaScript
 * without back quotes, so that it can stand in a template string and need no copying of files.
 */
export const CONSOLE_SCRIPT = `'use strict';
const $ = (id) => document.getElementById(id);
const opened = new Set();
let info = { breakages: [], clockOffset: 0 };

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
  ['SUCCESS', 'delivered', 'accepted', 'APPROVED'].includes(status) ? 'good'
  : ['FAILED', 'failed', 'refused', 'DECLINED', 'undeliverable'].includes(status) ? 'bad' : 'warn';
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
    record.stringToSign ? titled('String to sign', record.stringToSign) : null,
    record.body ? titled('Body', pretty(record.body)) : null,
    titled('Headers', headers),
  ].flat());
}

function renderPayment(payment) {
  return item('pay-' + payment.token, [
    badge(payment.status, toneOf(payment.status)),
    el('span', { class: 'name grow' }, payment.invoiceNumber),
    el('span', { class: 'mono' }, money(payment.amount)),
    payment.failure ? el('span', { class: 'reason' }, payment.failure) : null,
  ], [
    el('dl', { class: 'facts' }, [
      ['Customer', payment.customer.id], ['Account', payment.accountNo], ['Request-Id', payment.requestId],
      ['Payment id', payment.paymentId], ['Transaction token', payment.token],
      ['OTP', payment.otpsSent === 0 ? 'not asked for' : info.otp + ', until ' + time(payment.otpExpiresAt) + ', ' + payment.wrongOtps + ' wrong so far'],
      ['Refunded', money(payment.refunded)],
    ].flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])),
    el('div', { class: 'actions' }, button('Notify now', () => api('POST', 'notifications', { invoiceNumber: payment.invoiceNumber, originalRequestId: payment.requestId, clientId: payment.clientId }), (sent) => 'Notification ' + sent.id + ': ' + sent.state)),
  ]);
}

function renderNotification(notification) {
  const { order, transaction } = notification.body;
  const invoiceNumber = wordOf(order && order.invoice_number, 'no invoice number');
  const status = wordOf(transaction && transaction.status, 'no status');
  const path = 'notifications/' + notification.id + '/resend';
  const outcome = (answer) => 'Answered ' + answer.attempts.map((attempt) => attempt.status === null ? attempt.answer : attempt.status).join(', ');
  const broken = el('select', { class: 'small', 'aria-label': 'Send it spoilt', onchange: act((event) => api('POST', path, { break: event.target.value }), outcome) },
    el('option', { value: '', disabled: true, selected: true }, 'Break…'), info.breakages.map((each) => el('option', { value: each }, each)));
  return item(notification.id, [
    badge(notification.state, toneOf(notification.state)),
    el('span', { class: 'name grow' }, invoiceNumber),
    badge(status, toneOf(status)),
    el('span', { class: 'muted' }, notification.attempts.length + (notification.attempts.length === 1 ? ' attempt' : ' attempts')),
    el('span', { class: 'muted mono' }, notification.nextAttemptAt ? 'next ' + time(notification.nextAttemptAt) : time(notification.createdAt)),
    el('span', { class: 'actions', style: 'margin:0' },
      button('Resend', () => api('POST', path, {}), outcome),
      button('×5', () => api('POST', path, { copies: 5 }), outcome), broken),
  ], [
    el('p', { class: 'mono muted' }, notification.url || 'No notification URL is set.'),
    titled('Body', JSON.stringify(notification.body, null, 2)),
    notification.attempts.length ? el('div', { class: 'scroll' }, table(['At', 'Status', 'Answer', 'Took', ''], notification.attempts.map((attempt) => el('tr', {},
      el('td', { class: 'mono' }, time(attempt.at)), el('td', {}, attempt.status === null ? 'none' : String(attempt.status)),
      el('td', { class: 'wide' }, attempt.answer), el('td', { class: 'amount' }, attempt.durationMs + ' ms'), el('td', {}, attempt.broken ? badge(attempt.broken, 'warn') : ''))))) : null,
  ].flat());
}

function renderRegistration(registration) {
  const path = 'registrations/' + registration.id;
  const isPending = registration.state === 'PENDING';
  return el('div', { class: 'item' },
    el('div', { class: 'row' }, badge(registration.state, toneOf(registration.state)),
      el('span', { class: 'name grow' }, registration.customerName || registration.customerId), el('span', { class: 'muted mono' }, registration.phone)),
    isPending ? el('div', { class: 'actions' },
      button('Approve', () => api('POST', path + '/approve', {}), 'Account saved'),
      button('Decline', () => api('POST', path + '/decline', {}), 'Declined'),
      el('a', { href: 'cimb/register/' + registration.id, target: '_blank', rel: 'noopener' }, 'Open page')) : null);
}

function renderSettings(settings) {
  const labels = {
    idempotency: 'Answer a repeated Request-Id with the stored body', notifications: 'Send notifications (off: hold them)',
    notifyRefunds: 'Notify refunds', checkLineItems: 'Line items must add up to the amount',
  };
  $('settings').replaceChildren(...Object.entries(labels).map(([name, text]) => {
    const box = el('input', { type: 'checkbox', onchange: act(() => api('POST', 'settings', { [name]: box.checked })) });
    box.checked = settings[name];
    return el('label', { class: 'switch' }, box, text);
  }));
}

function renderLedger(ledger) {
  const twice = ledger.debitedTwice.map((each) => each.invoiceNumber);
  $('alarm').hidden = twice.length === 0;
  $('alarm').textContent = 'Debited more than once: ' + twice.join(', ');
  $('ledger').replaceChildren(ledger.entries.length === 0 ? el('p', { class: 'empty' }, 'No money has moved yet.')
    : table(['At', 'What', 'Invoice', 'Account', 'Amount'], [...ledger.entries].reverse().slice(0, 100).map((entry) => el('tr', {},
      el('td', { class: 'mono' }, time(entry.at)), el('td', {}, badge(entry.kind, entry.kind === 'debit' ? 'good' : 'warn')),
      el('td', { class: 'wide' }, entry.invoiceNumber), el('td', { class: 'mono' }, entry.accountNo), el('td', { class: 'amount' }, (entry.kind === 'debit' ? '+' : '−') + money(entry.amount))))));
}

let running = false;
let again = false;
async function refresh() {
  if (running) { again = true; return; }
  running = true;
  try {
    const filter = $('request-filter').value;
    const [requests, payments, notifications, registrations, cards, faults, ledger, settings, clock] = await Promise.all([
      api('GET', 'requests?last=100' + (filter ? '&operation=' + encodeURIComponent(filter) : '')), api('GET', 'payments'), api('GET', 'notifications'),
      api('GET', 'registrations'), api('GET', 'cards'), api('GET', 'faults'), api('GET', 'ledger'), api('GET', 'settings'), api('GET', 'clock')]);
    const newest = (list) => [...list].reverse().slice(0, 100);
    fill('requests', newest(requests), renderRequest, 'Nothing has arrived. Point your app at the base URL above.');
    fill('payments', newest(payments), renderPayment, 'No payment yet.');
    fill('notifications', newest(notifications), renderNotification, 'No notification yet.');
    fill('registrations', newest(registrations), renderRegistration, 'No registration yet.');
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
    ms: form.get('ms') === '' ? undefined : wholeOf(form.get('ms'), 'ms') });
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
  $('otp').textContent = info.otp;
  $('rules').replaceChildren(...info.rules.map((rule) => el('li', {}, rule)));
  $('merchants').textContent = info.merchants.map((each) => each.clientId + (each.notificationUrl ? ' notifies ' + each.notificationUrl : ' has no notification URL')).join(' · ');
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
