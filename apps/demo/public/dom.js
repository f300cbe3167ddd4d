/* global document */

/**
 * Makes an element. Children are elements or texts; a text is only ever a text node, so nothing that comes
 * from a server can become markup.
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked') made[name] = value;
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

const shown = new WeakMap();

/**
 * Shows new content in a container if `key` says that it differs from what stands there. Keeps the focus on
 * the element of the same id, so that an update from the server does not take it from whoever types.
 */
export function show(container, key, build) {
  const text = JSON.stringify(key);
  if (shown.get(container) === text) return;
  shown.set(container, text);
  const focused = container.contains(document.activeElement) ? document.activeElement.id : '';
  container.replaceChildren(...[build()].flat().filter((child) => child !== null));
  if (focused === '') return;
  const successor = document.getElementById(focused);
  if (successor) successor.focus();
}

/**
 * A button that tells when it is at work, and then takes no press. It keeps the focus meanwhile, and also when
 * it is `off`: when there is nothing for it to do.
 */
export function button(
  label,
  { id, kind = 'plain', busy = false, busyLabel, off = false, onpress, type },
) {
  return element(
    'button',
    {
      id,
      class: `button ${kind}`,
      type: type ?? 'button',
      'aria-disabled': busy || off ? 'true' : undefined,
      'aria-busy': busy ? 'true' : undefined,
      onclick: (event) => {
        if (busy || off) event.preventDefault();
        else onpress?.(event);
      },
    },
    busy ? element('span', { class: 'spinner', 'aria-hidden': 'true' }) : null,
    busy ? (busyLabel ?? label) : label,
  );
}

/** An input under its label. */
export function field(label, attributes, kind = '') {
  return element(
    'div',
    { class: `field ${kind}` },
    element('label', { for: attributes.id }, label),
    element('input', attributes),
  );
}

/** A sentence about trouble. */
export function alert(message, id) {
  return element('p', { class: 'message bad', role: 'alert', id }, message);
}
