import { addingForm, savedCards } from './card-list.js';
import { button, element, show } from './dom.js';
import { activeOrder, isUnderWay, state } from './state.js';

/** The customer's CIMB cards; another is approved on the bank's page. */
export function showCimb(container, actions) {
  const { method } = state;
  const facts = state.cards.cimb;
  const locked = isUnderWay(activeOrder());
  const busy = [...state.busy].filter((name) => name.startsWith('card'));
  container.hidden = method !== 'cimb';
  show(container, { facts, locked, busy }, () =>
    savedCards('cimb', 'CIMB', facts, { locked, busy, actions }, (saved) => [
      saved.length === 0
        ? element('p', { class: 'hint' }, 'No card yet. Add one: your bank asks you to approve it.')
        : null,
      locked
        ? null
        : addingForm(
            'cimb',
            saved.length > 0,
            state.isAddingCard,
            (isOpen) => {
              state.isAddingCard = isOpen;
            },
            form(saved.length > 0, busy, actions),
          ),
    ]),
  );
}

function form(hasCards, busy, { register }) {
  const input = element('input', {
    id: 'mobile-phone',
    name: 'mobilePhone',
    type: 'tel',
    autocomplete: 'tel',
    required: true,
    value: state.mobilePhone,
    oninput: (event) => {
      state.mobilePhone = event.target.value;
    },
  });
  return element(
    'form',
    {
      class: 'inline-form',
      onsubmit: (event) => {
        event.preventDefault();
        register(input.value);
      },
    },
    element(
      'div',
      { class: 'field' },
      element('label', { for: 'mobile-phone' }, 'Mobile number that CIMB knows'),
      input,
    ),
    button('Add a CIMB card', {
      id: 'register-card',
      kind: hasCards ? 'plain' : 'secondary',
      type: 'submit',
      busy: busy.includes('card-cimb'),
      busyLabel: 'Going to your bank …',
    }),
  );
}
