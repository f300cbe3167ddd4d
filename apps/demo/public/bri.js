import * as api from './api.js';
import { chooseOneOf } from './cards.js';
import { at, focusOn, notify, once } from './page.js';
import { state } from './state.js';

export function registerBriCard() {
  return once('card-bri', async () => {
    const { cardNumber } = state.briForm;
    try {
      take(await api.registerBriCard(cardNumber));
      // From here on the bank knows it, and the page need not.
      state.briForm = { cardNumber: '', otp: '', problem: undefined, hint: undefined };
      focusOn('bri-otp');
    } catch (problem) {
      state.briForm.problem = problemOf(problem);
    }
  });
}

export function confirmBriCard(otp) {
  return once('card-bri-otp', async () => {
    state.briForm.otp = '';
    state.briForm.problem = undefined;
    state.briForm.hint = undefined;
    try {
      take(await api.confirmBriCard(otp));
      state.cards.bri.chosen = state.cards.bri.saved.at(-1)?.id;
      state.isAddingBriCard = false;
      notify('Your card is saved.', 'good');
    } catch (problem) {
      state.briForm.problem = problemOf(problem);
      // How often it was wrong, and whether anything waits still, the shop knows.
      await look();
    }
  }).then(() => at('bri-otp')?.focus());
}

export function resendBriCode() {
  return once('card-bri-resend', async () => {
    state.briForm.problem = undefined;
    try {
      take(await api.resendBriCode());
      state.briForm.hint = 'A new code is on its way.';
      focusOn('bri-otp');
    } catch (problem) {
      state.briForm.problem = problemOf(problem);
      await look();
    }
  });
}

export function forgetBriCard() {
  return once('card-bri', async () => {
    state.briForm = { cardNumber: '', otp: '', problem: undefined, hint: undefined };
    try {
      await api.forgetBriRegistration();
      await look();
    } catch (problem) {
      notify(problem.message, 'bad');
    }
  });
}

async function look() {
  try {
    take(await api.lookAtBri());
  } catch (problem) {
    state.cards.bri.problem = { message: problem.message };
  }
}

function take(view) {
  state.bri = view;
  state.cards.bri.saved = view.cards;
  state.cards.bri.problem = undefined;
  chooseOneOf(state.cards.bri);
}

function problemOf({ code = 'internal', message }) {
  return { code, message };
}
