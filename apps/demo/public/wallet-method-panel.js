import { alert, button, element, show } from './dom.js';
import { rupiah } from './format.js';
import { state } from './state.js';
import { account } from './wallet-panel.js';

/** The customer's wallet as a way to pay; opening and linking it has a page of its own. */
export function showWalletMethod(container, { reload }) {
  const { wallet, walletProblem, method } = state;
  const busy = state.busy.has('wallet');
  container.hidden = method !== 'wallet';
  show(container, { wallet, walletProblem, busy }, () => {
    if (walletProblem) {
      return [
        alert(walletProblem.message),
        button('Try again', { id: 'reload-wallet', busy, onpress: reload }),
      ];
    }
    if (wallet === undefined) return element('p', { class: 'hint' }, 'Asking for your wallet …');
    const { state: step, phone, balance } = wallet;
    if (step !== 'linked') {
      return [
        element(
          'p',
          { class: 'hint' },
          step === 'none'
            ? 'Open a wallet and link it once; then you pay from it with your PIN.'
            : 'Your wallet is not linked yet. Go on where you were.',
        ),
        link(step === 'none' ? 'Set up my wallet' : 'Go on with my wallet'),
      ];
    }
    return element(
      'div',
      { class: 'card-row' },
      account(phone, balance === null ? 'Balance not known' : `Balance ${rupiah(balance)}`),
      element('a', { class: 'button ghost small', href: '/wallet' }, 'Open'),
    );
  });
}

function link(label) {
  return element('a', { class: 'button secondary', href: '/wallet', id: 'set-up-wallet' }, label);
}
