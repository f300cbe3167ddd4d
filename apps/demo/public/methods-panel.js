import { element, show } from './dom.js';
import { METHODS } from './methods.js';
import { activeOrder, isUnderWay, state } from './state.js';

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
