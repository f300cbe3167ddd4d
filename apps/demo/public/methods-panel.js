import { element, show } from './dom.js';
import { activeOrder, isUnderWay, state } from './state.js';

const METHODS = [
  { id: 'cimb', name: 'CIMB card', how: 'A saved debit card. Your bank sends a code.' },
  { id: 'allo', name: 'Allo Bank', how: 'Your account. You confirm on Allo’s page.' },
  { id: 'kki', name: 'KKI card', how: 'Kartu Kredit Indonesia, with a code from your bank’s app.' },
];

/** The choice of how to pay. */
export function showMethods(container, { choose }) {
  const { method } = state;
  const locked = isUnderWay(activeOrder());
  container.disabled = locked;
  show(container, { method, locked }, () => [
    element('legend', { class: 'only-read' }, 'How to pay'),
    element(
      'div',
      { class: 'methods' },
      METHODS.map(({ id, name, how }) =>
        element(
          'label',
          { class: 'method' },
          element('input', {
            type: 'radio',
            name: 'method',
            id: `method-${id}`,
            value: id,
            checked: id === method,
            'aria-describedby': `method-${id}-how`,
            'aria-label': name,
            onchange: () => choose(id),
          }),
          element('span', { class: `method-face ${id}`, 'aria-hidden': 'true' }),
          element(
            'span',
            { class: 'method-text' },
            element('span', { class: 'method-name' }, name),
            element('span', { class: 'quiet', id: `method-${id}-how` }, how),
          ),
        ),
      ),
    ),
  ]);
}
