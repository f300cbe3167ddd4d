/* global document, setTimeout */
import { alert, element, show } from './dom.js';
import { state } from './state.js';

let draw = () => {};

/** Says how the page is drawn, once, before anything else here is used. */
export function drawWith(render) {
  draw = render;
}

export function redraw() {
  draw();
}

export const at = (id) => document.getElementById(id);

/** Does one thing at a time under a name: a second press while it is under way does nothing. */
export async function once(name, work) {
  if (state.busy.has(name)) return;
  state.busy.add(name);
  redraw();
  try {
    await work();
  } finally {
    state.busy.delete(name);
    redraw();
  }
}

/** Tells those who cannot see the page what has changed. */
export function announce(text) {
  at('announcer').textContent = text;
}

/** Tells something about the page as a whole; an empty text takes it away. */
export function notify(text, tone) {
  show(at('notice'), text, () => {
    if (text === '') return null;
    return tone === 'bad' ? alert(text) : element('p', { class: `message ${tone}` }, text);
  });
}

/** Focuses once the element is there: it is drawn after the step has ended. */
export function focusOn(id) {
  setTimeout(() => at(id)?.focus());
}
