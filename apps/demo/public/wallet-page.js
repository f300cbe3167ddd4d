/* global location, history, URLSearchParams */
import { at, drawWith, redraw } from './page.js';
import { isLinked, state } from './state.js';
import {
  confirmCode,
  forgetWallet,
  greetFromDoku,
  linkWallet,
  loadWallet,
  openWallet,
} from './wallet.js';
import { loadHistory, showHistory } from './wallet-history-panel.js';
import { askMove, checkMove, dismissMove, loadMoves, sendMove } from './wallet-moves.js';
import { showMove } from './wallet-moves-panel.js';
import { showWallet } from './wallet-panel.js';

drawWith(() => {
  showWallet(at('wallet'), {
    open: openWallet,
    confirm: confirmCode,
    forget: forgetWallet,
    link: linkWallet,
    reload,
  });
  for (const kind of ['top-up', 'transfer']) {
    const container = at(kind);
    container.closest('section').hidden = !isLinked();
    showMove(container, kind, {
      ask: askMove,
      send: (id) => sendMove(kind, id).then(reload),
      check: (id) => checkMove(kind, id).then(reload),
      dismiss: () => dismissMove(kind),
    });
  }
  showHistory(at('history'), { turnTo: loadHistory });
});

/** The wallet, and once it is linked what happened in it. */
async function reload() {
  await loadWallet();
  if (isLinked()) await loadHistory(0);
}

async function begin() {
  const isBack = new URLSearchParams(location.search).has('back');
  if (isBack) {
    history.replaceState(null, '', '/wallet');
    greetFromDoku();
  }
  redraw();
  await Promise.all([reload(), loadMoves()]);
}

state.method = 'wallet';
void begin();
