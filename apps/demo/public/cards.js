/* global location, sessionStorage, confirm */
import * as api from './api.js';
import { announce, notify, once, redraw } from './page.js';
import { state } from './state.js';

/** Ids of the cards that were saved before the browser went to the bank. */
const KNOWN_CARDS = 'known-cards';

export function chooseCard(id) {
  state.cardId = id;
  state.problem = undefined;
  redraw();
}

export function loadCards() {
  return once('cards', async () => {
    try {
      state.cards = await api.listCards();
      state.cardsProblem = undefined;
      if (!state.cards.some(({ id }) => id === state.cardId)) state.cardId = state.cards.at(-1)?.id;
    } catch (problem) {
      state.cardsProblem = { message: problem.message };
    }
  });
}

export function registerCard(mobilePhone) {
  return once('card', async () => {
    try {
      const { registrationUrl } = await api.registerCard(mobilePhone);
      const known = (state.cards ?? []).map(({ id }) => id);
      sessionStorage.setItem(KNOWN_CARDS, JSON.stringify(known));
      if (/^https?:\/\//.test(registrationUrl)) location.assign(registrationUrl);
    } catch (problem) {
      notify(problem.message, 'bad');
    }
  });
}

export function removeCard(id, label) {
  if (!confirm(`Remove ${label}?`)) return undefined;
  return once(`card-${id}`, async () => {
    try {
      await api.removeCard(id);
      announce(`${label} is removed.`);
    } catch (problem) {
      notify(problem.message, 'bad');
    }
    await loadCards();
  });
}

/** Back from the bank's page. Where the browser landed proves nothing: the cards tell. */
export async function greetFromCimb(outcome) {
  const before = JSON.parse(sessionStorage.getItem(KNOWN_CARDS) ?? 'null');
  sessionStorage.removeItem(KNOWN_CARDS);
  await loadCards();
  if (before === null || state.cardsProblem) return;
  const isNew = state.cards.some(({ id }) => !before.includes(id));
  if (isNew) notify('Your card is saved.', 'good');
  else if (outcome === 'declined') {
    notify('The card was not added: it was declined at the bank.', 'warn');
  } else {
    notify('The bank has saved no new card yet. If you approved it, reload the page soon.', 'warn');
  }
}
