/* global confirm */
import * as api from './api.js';
import { announce, notify, once, redraw } from './page.js';
import { state } from './state.js';

/** Asks the shop for the cards of each bank; the answer of `bri` tells more than the cards. */
const ASK = {
  cimb: api.listCimbCards,
  bri: async () => {
    state.bri = await api.lookAtBri();
    return state.bri.cards;
  },
};

export function chooseCard(bank, id) {
  state.cards[bank].chosen = id;
  state.problem = undefined;
  redraw();
}

export function loadCards(bank) {
  const facts = state.cards[bank];
  return once(`cards-${bank}`, async () => {
    try {
      facts.saved = await ASK[bank]();
      facts.problem = undefined;
      chooseOneOf(facts);
    } catch (problem) {
      facts.problem = { message: problem.message };
    }
  });
}

/** Keeps the choice as long as there is that card. */
export function chooseOneOf(facts) {
  if (!facts.saved.some(({ id }) => id === facts.chosen)) facts.chosen = facts.saved.at(-1)?.id;
}

export function removeCard(bank, id, label) {
  if (!confirm(`Remove ${label}?`)) return undefined;
  return once(`card-${id}`, async () => {
    try {
      await api.removeCard(bank, id);
      announce(`${label} is removed.`);
    } catch (problem) {
      notify(problem.message, 'bad');
    }
    await loadCards(bank);
  });
}
