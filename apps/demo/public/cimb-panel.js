import { addingForm, savedCards } from './card-list.js';
import { element, show } from './dom.js';
import { phoneForm } from './phone-form.js';
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
  return phoneForm({
    id: 'mobile-phone',
    label: 'Mobile number that CIMB knows',
    begin: register,
    submit: {
      id: 'register-card',
      label: 'Add a CIMB card',
      kind: hasCards ? 'plain' : 'secondary',
      busy: busy.includes('card-cimb'),
      busyLabel: 'Going to your bank …',
    },
  });
}
