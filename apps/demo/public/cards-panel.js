import { alert, button, element, show } from './dom.js';
import { activeOrder, isUnderWay, state } from './state.js';

export function showCards(container, { choose, remove, register, reload }) {
  const { cards, cardId, cardsProblem, method } = state;
  const locked = isUnderWay(activeOrder());
  const busy = [...state.busy].filter((name) => name.startsWith('card'));
  container.hidden = method !== 'cimb';
  show(container, { cards, cardId, cardsProblem, locked, busy }, () => {
    if (cards === undefined && cardsProblem === undefined) {
      return element('p', { class: 'hint' }, 'Asking the bank for your cards …');
    }
    return [
      cardsProblem ? alert(cardsProblem.message) : null,
      cardsProblem
        ? button('Try again', {
            id: 'reload-cards',
            busy: busy.includes('cards'),
            onpress: reload,
          })
        : null,
      cards?.length > 0 ? list(cards, { cardId, locked, busy, choose, remove }) : null,
      cards?.length === 0
        ? element('p', { class: 'hint' }, 'No card yet. Add one: your bank asks you to approve it.')
        : null,
      locked || cards === undefined ? null : form(cards.length > 0, busy, register),
    ];
  });
}

function list(cards, { cardId, locked, busy, choose, remove }) {
  return element(
    'fieldset',
    { class: 'plain cards', disabled: locked },
    element('legend', { class: 'only-read' }, 'Card'),
    cards.map(({ id, label }) =>
      element(
        'div',
        { class: 'card-row' },
        element(
          'label',
          { class: 'card' },
          element('input', {
            type: 'radio',
            name: 'card',
            id: `card-${id}`,
            value: id,
            checked: id === cardId,
            onchange: () => choose(id),
          }),
          element('span', { class: 'card-face', 'aria-hidden': 'true' }),
          element('span', {}, label),
        ),
        locked
          ? null
          : element(
              'button',
              {
                class: 'button ghost small',
                type: 'button',
                id: `remove-${id}`,
                'aria-label': `Remove ${label}`,
                'aria-disabled': busy.includes(`card-${id}`) ? 'true' : undefined,
                onclick: () => remove(id, label),
              },
              busy.includes(`card-${id}`) ? 'Removing …' : 'Remove',
            ),
      ),
    ),
  );
}

function form(hasCards, busy, register) {
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
  const filled = element(
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
      busy: busy.includes('card'),
      busyLabel: 'Going to your bank …',
    }),
  );
  return hasCards
    ? element(
        'details',
        {
          open: state.isAddingCard,
          ontoggle: (event) => {
            state.isAddingCard = event.target.open;
          },
        },
        element('summary', { id: 'add-card' }, 'Add another card'),
        filled,
      )
    : filled;
}
