import { element, show } from './dom.js';
import { ending, rupiah, time } from './format.js';
import { state } from './state.js';

const TONES = {
  'payment.succeeded': 'good',
  'payment.failed': 'bad',
  'payment.refunded': 'info',
  'binding.succeeded': 'good',
  'binding.failed': 'bad',
  'notification.conflict': 'warn',
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
              element(
                'span',
                { class: 'event-facts quiet' },
                `${time(event.receivedAt)} · `,
                event.reference === null ? 'Allo account' : 'order ',
                event.reference === null
                  ? null
                  : element('code', { title: event.reference }, ending(event.reference)),
                ' · id ',
                element('code', { title: event.id }, event.id.slice(0, 8)),
              ),
            ),
          ),
        ),
  );
}

function amountOf({ amount }) {
  return amount === null ? '' : rupiah(Number(amount));
}
