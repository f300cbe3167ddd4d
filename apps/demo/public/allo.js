/* global location, confirm */
import * as api from './api.js';
import { announce, notify, once } from './page.js';
import { state } from './state.js';

let isAskedAgain = false;
/** Whether the browser has come back from Allo's page, and nothing has been said about it yet. */
let isBack = false;

/** Asks for the account and its balance; news that comes meanwhile makes it ask once more. */
export function loadAllo() {
  isAskedAgain = true;
  return once('allo', async () => {
    while (isAskedAgain) {
      isAskedAgain = false;
      try {
        state.allo = await api.lookAtAllo();
        state.alloProblem = undefined;
        greet();
      } catch (problem) {
        state.alloProblem = { message: problem.message };
      }
    }
  });
}

export function linkAllo(mobilePhone) {
  return once('allo-link', async () => {
    try {
      const { pageUrl } = await api.linkAllo(mobilePhone);
      if (/^https?:\/\//.test(pageUrl)) location.assign(pageUrl);
    } catch (problem) {
      notify(problem.message, 'bad');
    }
  });
}

export function unlinkAllo() {
  if (!confirm('Unlink your Allo account?')) return undefined;
  return once('allo-unlink', async () => {
    try {
      await api.unlinkAllo();
      notify('');
      announce('Your Allo account is unlinked.');
    } catch (problem) {
      notify(problem.message, 'bad');
    }
    await loadAllo();
  });
}

/** Back from Allo's page. That the browser came back proves nothing: the account tells. */
export function greetFromAllo() {
  isBack = true;
  state.method = 'allo';
}

function greet() {
  if (!isBack) return;
  const { state: link, end } = state.allo;
  if (link === 'pending') {
    notify('Allo has not confirmed the link yet.', 'warn');
    return;
  }
  isBack = false;
  if (link === 'linked') notify('Your Allo account is linked.', 'good');
  else notify(end === 'declined' ? 'Nothing is linked: it was declined at Allo.' : '', 'warn');
}
