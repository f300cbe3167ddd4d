import { codeForm } from './code-form.js';
import { alert, button, element, field, show } from './dom.js';
import { rupiah } from './format.js';
import { state } from './state.js';

/** The customer's wallet: open it, link it, see what it holds. */
export function showWallet(container, actions) {
  const { wallet, walletProblem } = state;
  const { problem, hint } = state.walletForm;
  const busy = [...state.busy].filter((name) => name.startsWith('wallet'));
  show(container, { wallet, walletProblem, problem, hint, busy }, () => {
    if (wallet === undefined && walletProblem === undefined) {
      return element('p', { class: 'hint' }, 'Asking for your wallet …');
    }
    if (walletProblem) {
      return [
        alert(walletProblem.message),
        button('Try again', {
          id: 'reload-wallet',
          busy: busy.includes('wallet'),
          onpress: actions.reload,
        }),
      ];
    }
    return STEPS[wallet.state](wallet, { problem, hint, busy, actions });
  });
}

const STEPS = {
  none: (_, facts) => [
    hintOf(
      'A DOKU Wallet holds money that you can spend here. Open one with your mobile number: DOKU sends you a code.',
    ),
    problemOf(facts),
    ownerForm(facts),
  ],
  code: ({ phone, wrongCodes }, { problem, hint, busy, actions }) => [
    hint && !problem ? element('p', { class: 'message calm' }, hint) : null,
    codeForm({
      id: 'wallet-otp',
      label: `Code that DOKU sent to ${phone}`,
      value: state.walletForm.otp,
      remember: (text) => {
        state.walletForm.otp = text;
      },
      hint: 'The simulated DOKU always sends 999999. A real one sends another only after five minutes.',
      problem,
      wrongCodes,
      rules: 'DOKU takes none for a while after a few.',
      submit: {
        label: 'Go on',
        busy: busy.includes('wallet-otp'),
        busyLabel: 'Going to DOKU …',
        onpress: actions.confirm,
      },
      resend: { busy: busy.includes('wallet-open'), onpress: actions.open },
      leave: { label: 'Another number', onpress: actions.forget },
    }),
  ],
  pin: ({ phone }, facts) => [
    element(
      'p',
      { class: 'message calm' },
      'DOKU has not confirmed the PIN of ',
      whole(phone),
      ' yet. If you have set it, check again; if its page is closed, begin again.',
    ),
    problemOf(facts),
    element('div', { class: 'actions' }, checkAgain(facts), beginAgain(facts)),
  ],
  open: ({ phone, hasEnded }, facts) => [
    account(phone, hasEnded ? 'No longer linked: it was ended at DOKU' : 'Open, not linked yet'),
    hintOf('Link it once: you agree on DOKU’s page, and come back here.'),
    problemOf(facts),
    element(
      'div',
      { class: 'actions' },
      linkButton('Link my wallet', 'primary', facts),
      beginAgain(facts, 'Another number'),
    ),
  ],
  linking: ({ phone }, facts) => [
    account(phone, 'Open, not linked yet'),
    element(
      'p',
      { class: 'message calm' },
      'DOKU has not confirmed the link yet. If you agreed on its page, check again; otherwise begin again.',
    ),
    problemOf(facts),
    element(
      'div',
      { class: 'actions' },
      checkAgain(facts),
      linkButton('Begin again', 'plain', facts),
    ),
  ],
  linked: ({ phone, balance }) => [
    account(phone, 'Linked with this shop'),
    element(
      'p',
      { class: 'balance', id: 'wallet-balance' },
      element('span', { class: 'quiet' }, 'Balance'),
      element('strong', {}, balance === null ? 'not known' : rupiah(balance)),
    ),
    element('p', {}, element('a', { href: '/' }, 'Buy something with it')),
  ],
};

/** A wallet in one line, as the shop shows it too. */
export function account(phone, text) {
  return element(
    'div',
    { class: 'card still' },
    element('span', { class: 'method-face wallet', 'aria-hidden': 'true' }),
    element(
      'span',
      { class: 'method-text' },
      element('span', {}, `DOKU Wallet ${phone}`),
      element('span', { class: 'quiet' }, text),
    ),
  );
}

function ownerForm({ busy, actions }) {
  const isBusy = busy.includes('wallet-open');
  const { owner } = state.walletForm;
  const input = (name, label, more) =>
    field(label, {
      id: `wallet-${name}`,
      required: true,
      readonly: isBusy,
      value: owner[name],
      oninput: (event) => {
        owner[name] = event.target.value;
      },
      ...more,
    });
  return element(
    'form',
    {
      class: 'inline-form',
      onsubmit: (event) => {
        event.preventDefault();
        if (!isBusy) actions.open();
      },
    },
    input('name', 'Your name', { autocomplete: 'name' }),
    input('mobilePhone', 'Mobile number', { type: 'tel', autocomplete: 'tel' }),
    input('email', 'E-mail address', { type: 'email', autocomplete: 'email' }),
    button('Open a wallet', {
      id: 'open-wallet',
      kind: 'primary',
      type: 'submit',
      busy: isBusy,
      busyLabel: 'Asking DOKU …',
    }),
  );
}

function checkAgain({ busy, actions }) {
  return button('Check again', {
    id: 'check-wallet',
    kind: 'secondary',
    busy: busy.includes('wallet'),
    busyLabel: 'Checking …',
    onpress: actions.reload,
  });
}

function beginAgain({ busy, actions }, label = 'Begin again') {
  return button(label, {
    id: 'forget-wallet',
    kind: 'ghost',
    busy: busy.includes('wallet-forget'),
    onpress: actions.forget,
  });
}

function linkButton(label, kind, { busy, actions }) {
  return button(label, {
    id: 'link-wallet',
    kind,
    busy: busy.includes('wallet-link'),
    busyLabel: 'Going to DOKU …',
    onpress: actions.link,
  });
}

function problemOf({ problem }) {
  return problem ? alert(problem.message, 'wallet-problem') : null;
}

function hintOf(text) {
  return element('p', { class: 'hint' }, text);
}

function whole(text) {
  return element('span', { class: 'whole' }, text);
}
