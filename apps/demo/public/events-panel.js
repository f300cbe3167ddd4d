import { element, show } from './dom.js';
import { ending, rupiah, time } from './format.js';
import { state } from './state.js';

const TONES = {
  'payment.succeeded': 'good',
  'payment.failed': 'bad',
  'payment.refunded': 'info',
  'binding.succeeded': 'good',
  'binding.failed': 'bad',
  'payment.unresolved': 'warn',
  'notification.conflict': 'warn',
  'dead-lettered': 'bad',
  'engine-unreachable': 'bad',
  'engine-recovered': 'good',
};

export function showEvents(container) {
  const events = [...state.events].reverse();
  show(container, events, () =>
    events.length === 0
      ? element('p', { class: 'hint empty' }, 'Nothing yet.')
      : element(
          'ol',
          { class: 'events', tabindex: '0', 'aria-label': 'Events, newest first' },
          events.map((event) =>
            element(
              'li',
              { 'data-type': event.type },
              element('span', { class: `dot ${TONES[event.type] ?? ''}`, 'aria-hidden': 'true' }),
              element('span', { class: 'event-type' }, event.type),
              element('span', { class: 'event-amount' }, amountOf(event)),
              element('span', { class: 'event-facts quiet' }, factsOf(event)),
            ),
          ),
        ),
  );
}

/** An alarm is about the shop itself: it has no id, and no order. */
function factsOf({ id, reference, receivedAt, detail }) {
  if (id === null) return [`${time(receivedAt)} · alarm: ${detail}`];
  return [
    `${time(receivedAt)} · `,
    ...(reference === null
      ? ['Allo account']
      : ['order ', element('code', { title: reference }, ending(reference))]),
    ' · id ',
    element('code', { title: id }, id.slice(0, 8)),
    ...(detail === null ? [] : [` · ${detail}`]),
  ];
}

function amountOf({ amount }) {
  return amount === null ? '' : rupiah(Number(amount));
}
