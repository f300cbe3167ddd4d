/* global location */
import * as api from './api.js';
import { at, focusOn, notify, once } from './page.js';
import { state } from './state.js';

/** Whether the browser has come back from DOKU's page, and nothing has been said about it yet. */
let isBack = false;

/** Asks how the wallet stands, and what it holds. */
export function loadWallet() {
  return once('wallet', async () => {
    try {
      state.wallet = await api.lookAtWallet();
      state.walletProblem = undefined;
      greet();
    } catch (problem) {
      state.walletProblem = { message: problem.message };
    }
  });
}

/** Has DOKU send a code; asked again, another one. */
export function openWallet() {
  return step('wallet-open', async () => {
    const isAnother = state.wallet?.state === 'code';
    state.wallet = await api.openWallet(state.walletForm.owner);
    state.walletForm.otp = '';
    state.walletForm.hint = isAnother ? 'A new code is on its way.' : undefined;
    focusOn('wallet-otp');
  });
}

/** Hands the code to DOKU, and goes where the PIN is set. */
export function confirmCode(otp) {
  return step('wallet-otp', async () => {
    state.walletForm.otp = '';
    const { pageUrl } = await api.confirmWallet(otp);
    goTo(pageUrl);
  }).then(() => at('wallet-otp')?.focus());
}

export function forgetWallet() {
  return step('wallet-forget', async () => {
    await api.forgetWallet();
    state.wallet = await api.lookAtWallet();
  });
}

/** Goes where the customer lets the shop use the wallet. */
export function linkWallet() {
  return step('wallet-link', async () => {
    const { pageUrl } = await api.linkWallet();
    goTo(pageUrl);
  });
}

/** Back from DOKU's page. That the browser came back proves nothing: the shop asks DOKU. */
export function greetFromDoku() {
  isBack = true;
}

/** Runs a step; what goes wrong is shown with it, and the shop is asked how the wallet stands then. */
function step(name, work) {
  return once(name, async () => {
    state.walletForm.problem = undefined;
    state.walletForm.hint = undefined;
    notify('');
    try {
      await work();
    } catch (problem) {
      state.walletForm.problem = { code: problem.code ?? 'internal', message: problem.message };
      await api.lookAtWallet().then(
        (wallet) => {
          state.wallet = wallet;
        },
        () => undefined,
      );
    }
  });
}

const GREETINGS = {
  pin: ['DOKU has not confirmed the PIN. Set it on its page, or begin again.', 'warn'],
  open: ['Your wallet is open. Link it, so that you can pay with it here.', 'good'],
  linking: ['DOKU has not confirmed the link. Agree on its page, or begin again.', 'warn'],
  linked: ['Your wallet is linked.', 'good'],
};

function greet() {
  if (!isBack) return;
  isBack = false;
  const greeting = GREETINGS[state.wallet.state];
  if (greeting) notify(...greeting);
}

function goTo(pageUrl) {
  if (/^https?:\/\//.test(pageUrl)) location.assign(pageUrl);
}
