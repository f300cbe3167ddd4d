/* global location, sessionStorage */
import * as api from './api.js';
import { loadCards } from './cards.js';
import { notify, once } from './page.js';
import { state } from './state.js';

/** Ids of the cards that were saved before the browser went to the bank. */
const KNOWN_CARDS = 'known-cards';

export function registerCimbCard(mobilePhone) {
  return once('card-cimb', async () => {
    try {
      const { registrationUrl } = await api.registerCimbCard(mobilePhone);
      const known = (state.cards.cimb.saved ?? []).map(({ id }) => id);
      sessionStorage.setItem(KNOWN_CARDS, JSON.stringify(known));
      if (/^https?:\/\//.test(registrationUrl)) location.assign(registrationUrl);
    } catch (problem) {
      notify(problem.message, 'bad');
    }
  });
}

/** Back from the bank's page. Where the browser landed proves nothing: the cards tell. */
export async function greetFromCimb(outcome) {
  const before = JSON.parse(sessionStorage.getItem(KNOWN_CARDS) ?? 'null');
  sessionStorage.removeItem(KNOWN_CARDS);
  await loadCards('cimb');
  const { saved, problem } = state.cards.cimb;
  if (before === null || problem) return;
  const isNew = saved.some(({ id }) => !before.includes(id));
  if (isNew) notify('Your card is saved.', 'good');
  else if (outcome === 'declined') {
    notify('The card was not added: it was declined at the bank.', 'warn');
  } else {
    notify('The bank has saved no new card yet. If you approved it, reload the page soon.', 'warn');
  }
}
