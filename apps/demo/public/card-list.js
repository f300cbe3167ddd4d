import { alert, button, element } from './dom.js';

/**
 * The cards that a customer has saved at a bank, with what else the bank's panel shows once they are known.
 *
 * @param name of the bank, as a customer calls it
 * @param facts `{ saved, chosen, problem }` of the bank's cards
 */
export function savedCards(bank, name, facts, { locked, busy, actions }, more) {
  const { saved, chosen, problem } = facts;
  if (saved === undefined && problem === undefined) {
    return element('p', { class: 'hint' }, `Asking ${name} for your cards …`);
  }
  return [
    problem ? alert(problem.message) : null,
    problem
      ? button('Try again', {
          id: `reload-${bank}`,
          busy: busy.includes(`cards-${bank}`),
          onpress: actions.reload,
        })
      : null,
    saved?.length > 0 ? list(bank, saved, { chosen, locked, busy, actions }) : null,
    ...(saved === undefined ? [] : more(saved)),
  ];
}

function list(bank, cards, { chosen, locked, busy, actions }) {
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
            name: `card-${bank}`,
            id: `card-${id}`,
            value: id,
            checked: id === chosen,
            onchange: () => actions.choose(id),
          }),
          element('span', { class: `card-face ${bank}`, 'aria-hidden': 'true' }),
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
                onclick: () => actions.remove(id, label),
              },
              busy.includes(`card-${id}`) ? 'Removing …' : 'Remove',
            ),
      ),
    ),
  );
}

/** A form that adds a card; behind a heading that opens it once there are cards. */
export function addingForm(bank, hasCards, isOpen, remember, form) {
  if (!hasCards) return form;
  return element(
    'details',
    { open: isOpen, ontoggle: (event) => remember(event.target.open) },
    element('summary', { id: `add-card-${bank}` }, 'Add another card'),
    form,
  );
}
