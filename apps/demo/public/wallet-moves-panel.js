import { alert, button, element, field, show } from './dom.js';
import { rupiah } from './format.js';
import { state } from './state.js';

const BANKS = [
  ['014', 'BCA'],
  ['008', 'Mandiri'],
  ['009', 'BNI'],
  ['002', 'BRI'],
  ['022', 'CIMB Niaga'],
];

const WORDS = {
  'top-up': {
    hint: 'In this demo the shop pays for it.',
    target: 'Into',
    send: (amount) => `Top up ${amount}`,
    done: (amount) => `${amount} is in your wallet.`,
    refused: 'DOKU did not carry it out. Nothing was moved.',
    again: 'Top up more',
  },
  transfer: {
    hint: 'The simulated bank knows every account that does not end in 0000.',
    target: 'To',
    send: (amount) => `Send ${amount}`,
    done: (amount) => `${amount} is on its way to the bank account.`,
    refused: 'DOKU did not carry it out. Nothing left your wallet.',
    again: 'Send more',
  },
};

/** A movement of money, step by step: say what, confirm, see what came of it. */
export function showMove(container, kind, actions) {
  const { shown, problem, hint } = state.moves[kind];
  const busy = [...state.busy].filter((name) => name.startsWith(`${kind}-`));
  show(container, { shown, problem, hint, busy }, () => {
    const facts = { kind, words: WORDS[kind], move: shown, problem, hint, busy, actions };
    switch (shown?.phase) {
      case 'asked':
      case 'starting':
        return confirmStep(facts);
      case 'unknown':
        return unknownStep(facts);
      case 'done':
        return endStep(
          facts,
          element('p', { class: 'message good' }, facts.words.done(rupiah(shown.amount))),
        );
      case 'refused':
        return endStep(facts, alert(problem?.message ?? facts.words.refused));
      default:
        return askStep(facts);
    }
  });
}

function askStep({ kind, words, problem, busy, actions }) {
  const isBusy = busy.includes(`${kind}-ask`);
  return [
    problem ? alert(problem.message, `${kind}-problem`) : null,
    element(
      'form',
      {
        class: 'inline-form',
        onsubmit: (event) => {
          event.preventDefault();
          if (!isBusy) actions.ask(kind);
        },
      },
      kind === 'transfer' ? bankFields(isBusy) : null,
      input(kind, 'amount', 'Rupiah', isBusy, { type: 'number', min: 1000, step: 1 }),
      button('Continue', {
        id: `${kind}-ask`,
        kind: 'secondary',
        type: 'submit',
        busy: isBusy,
        busyLabel: 'Asking DOKU …',
      }),
      element('p', { class: 'hint wide' }, words.hint),
    ),
  ];
}

function bankFields(isBusy) {
  const { form } = state.moves.transfer;
  const choice = element(
    'select',
    {
      id: 'transfer-bankCode',
      disabled: isBusy,
      onchange: (event) => {
        form.bankCode = event.target.value;
      },
    },
    BANKS.map(([code, name]) =>
      element('option', { value: code, selected: code === form.bankCode }, name),
    ),
  );
  return [
    element(
      'div',
      { class: 'field narrow' },
      element('label', { for: 'transfer-bankCode' }, 'Bank'),
      choice,
    ),
    input('transfer', 'accountNumber', 'Account number', isBusy),
  ];
}

function input(kind, name, label, isBusy, more = {}) {
  const { form } = state.moves[kind];
  const attributes = {
    id: `${kind}-${name}`,
    inputmode: 'numeric',
    autocomplete: 'off',
    required: true,
    readonly: isBusy,
    value: form[name],
    oninput: (event) => {
      form[name] = event.target.value;
    },
    ...more,
  };
  return field(label, attributes, name === 'amount' ? 'narrow' : '');
}

function confirmStep({ kind, words, move, problem, busy, actions }) {
  return [
    problem ? alert(problem.message, `${kind}-problem`) : null,
    summary(words, move),
    element(
      'div',
      { class: 'actions' },
      sendButton(words.send(rupiah(move.amount)), { kind, move, busy, actions }),
      button('Not now', { id: `${kind}-leave`, kind: 'ghost', onpress: actions.dismiss }),
    ),
  ];
}

function unknownStep({ kind, words, move, hint, busy, actions }) {
  return [
    summary(words, move),
    element(
      'div',
      { class: 'message warn', role: 'alert' },
      element('strong', {}, 'We do not know yet.'),
      ' DOKU did not answer, so the money may or may not have moved. Check it before you do anything else.',
    ),
    hint ? element('p', { class: 'message calm' }, hint) : null,
    element(
      'div',
      { class: 'actions' },
      move.mayRepeat ? sendButton('Send it again', { kind, move, busy, actions }) : null,
      button('Check with DOKU', {
        id: `${kind}-check`,
        kind: move.mayRepeat ? 'plain' : 'primary',
        busy: busy.includes(`${kind}-check`),
        busyLabel: 'Checking …',
        onpress: () => actions.check(move.id),
      }),
    ),
  ];
}

function endStep({ kind, words, actions }, message) {
  return [
    message,
    element(
      'div',
      { class: 'actions' },
      button(words.again, { id: `${kind}-again`, onpress: actions.dismiss }),
    ),
  ];
}

function sendButton(label, { kind, move, busy, actions }) {
  return button(label, {
    id: `${kind}-send`,
    kind: 'primary',
    busy: busy.includes(`${kind}-send`),
    busyLabel: 'Asking DOKU …',
    onpress: () => actions.send(move.id),
  });
}

function summary({ target }, { to, amount }) {
  return element(
    'dl',
    { class: 'summary' },
    element('dt', {}, target),
    element('dd', {}, to),
    element('dt', {}, 'Amount'),
    element('dd', { class: 'price' }, rupiah(amount)),
  );
}
