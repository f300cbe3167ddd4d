import * as api from './api.js';
import { alert, button, element, show } from './dom.js';
import { day, rupiah } from './format.js';
import { once } from './page.js';
import { isLinked, state } from './state.js';

/** What DOKU calls a row, in plain words; `sign` as the wallet sees it. */
const TYPES = {
  PAYMENT: { name: 'Purchase', sign: '−' },
  REFUND: { name: 'Refund', sign: '+' },
  TOP_UP: { name: 'Top-up', sign: '+' },
  SEND_MONEY: { name: 'Sent', sign: '−' },
  RECEIVE_MONEY: { name: 'Received', sign: '+' },
  DISBURSMENT: { name: 'To a bank', sign: '−' },
};

const STATUSES = {
  INIT: { name: 'waiting', tone: '' },
  SUCCESS: { name: 'done', tone: 'good' },
  CLOSED: { name: 'not done', tone: 'bad' },
  CANCELLED: { name: 'cancelled', tone: 'warn' },
};

/** Fetches a page; later ones end where the first one did, so that none shifts. */
export function loadHistory(page) {
  return once('history', async () => {
    try {
      const until = page === 0 ? undefined : state.history?.until;
      state.history = await api.listHistory(page, until);
      state.historyProblem = undefined;
    } catch (problem) {
      state.historyProblem = { message: problem.message };
    }
  });
}

export function showHistory(container, { turnTo }) {
  const { history, historyProblem } = state;
  const busy = state.busy.has('history');
  const linked = isLinked();
  show(container, { history, historyProblem, busy, linked }, () => {
    if (!linked) return hint('What happens in your wallet shows up here once it is linked.');
    if (historyProblem) {
      return [
        alert(historyProblem.message),
        button('Try again', { id: 'reload-history', busy, onpress: () => turnTo(0) }),
      ];
    }
    if (history === undefined) return hint('Asking DOKU …');
    const { rows, page, hasMore } = history;
    return [
      rows.length === 0
        ? hint(page === 0 ? 'Nothing has happened in the last 30 days.' : 'That was all.')
        : element(
            'ol',
            { class: 'events', 'aria-label': 'Transactions, newest first' },
            rows.map(row),
          ),
      page > 0 || hasMore
        ? element(
            'div',
            { class: 'pager' },
            button('Newer', {
              id: 'history-newer',
              kind: 'small',
              off: busy || page === 0,
              onpress: () => turnTo(page - 1),
            }),
            element('span', { class: 'quiet' }, `Page ${page + 1}`),
            button('Older', {
              id: 'history-older',
              kind: 'small',
              off: busy || !hasMore,
              onpress: () => turnTo(page + 1),
            }),
          )
        : null,
    ];
  });
}

function row({ type, status, amount, remark, dateTime }) {
  const { name, sign } = TYPES[type] ?? { name: type, sign: '' };
  const { name: state, tone } = STATUSES[status] ?? { name: status, tone: '' };
  return element(
    'li',
    { 'data-type': type },
    element('span', { class: `dot ${tone}`, 'aria-hidden': 'true' }),
    element('span', { class: 'event-type' }, name),
    element('span', { class: 'event-amount' }, amount === null ? '' : `${sign}${rupiah(amount)}`),
    element(
      'span',
      { class: 'event-facts quiet' },
      [state, dateTime === null ? null : day(dateTime), remark]
        .filter((part) => part !== null && part !== '')
        .join(' · '),
    ),
  );
}

function hint(text) {
  return element('p', { class: 'hint' }, text);
}
