import { addingForm, savedCards } from './card-list.js';
import { codeForm } from './code-form.js';
import { alert, button, element, show } from './dom.js';
import { activeOrder, isUnderWay, state } from './state.js';

/** The customer's BRI cards; for another one the code of BRI is typed here. */
export function showBri(container, actions) {
  const { method, bri } = state;
  const facts = state.cards.bri;
  const { problem, hint } = state.briForm;
  const locked = isUnderWay(activeOrder());
  const busy = [...state.busy].filter((name) => name.startsWith('card'));
  container.hidden = method !== 'bri';
  show(container, { facts, bri, problem, hint, locked, busy }, () =>
    savedCards('bri', 'BRI', facts, { locked, busy, actions }, (saved) => {
      if (locked) return [];
      if (bri?.registration) return registration(bri, { problem, hint, busy, actions });
      const hasCards = saved.length > 0;
      return [
        problem ? alert(problem.message, 'bri-problem') : null,
        hasCards
          ? null
          : element(
              'p',
              { class: 'hint' },
              'No BRI card yet. Add one: BRI sends you a code, which you type here.',
            ),
        addingForm(
          'bri',
          hasCards,
          state.isAddingBriCard || problem !== undefined,
          (isOpen) => {
            state.isAddingBriCard = isOpen;
          },
          form(hasCards, busy, actions),
        ),
      ];
    }),
  );
}

/** What a customer should know before the first try; the numbers are the library’s. */
export function briRules() {
  const { tries, blockHours } = state.bri?.otpRules ?? {};
  return tries === undefined
    ? 'BRI blocks a card after a few wrong codes.'
    : `After ${tries} wrong codes in all BRI blocks the card for ${blockHours} hours.`;
}

function registration({ registration: { label, wrongCodes } }, { problem, hint, busy, actions }) {
  return [
    hint && !problem ? element('p', { class: 'message calm' }, hint) : null,
    codeForm({
      id: 'bri-otp',
      label: `Code that BRI sent you for ${label}`,
      value: state.briForm.otp,
      remember: (text) => {
        state.briForm.otp = text;
      },
      hint: `The simulated bank always sends 999999.${problem ? '' : ` ${briRules()}`}`,
      problem,
      wrongCodes,
      rules: briRules(),
      submit: {
        label: 'Save this card',
        busy: busy.includes('card-bri-otp'),
        busyLabel: 'Asking BRI …',
        onpress: actions.confirm,
      },
      resend: { busy: busy.includes('card-bri-resend'), onpress: actions.resend },
      leave: { label: 'Not this card', onpress: actions.forget },
    }),
  ];
}

/** The number goes to the shop in one request, and is kept nowhere. */
function form(hasCards, busy, { register }) {
  const isBusy = busy.includes('card-bri');
  return element(
    'form',
    {
      class: 'inline-form',
      autocomplete: 'off',
      onsubmit: (event) => {
        event.preventDefault();
        if (!isBusy) register();
      },
    },
    element(
      'div',
      { class: 'field' },
      element('label', { for: 'bri-card-number' }, 'Number of your BRI card'),
      element('input', {
        id: 'bri-card-number',
        inputmode: 'numeric',
        autocomplete: 'off',
        spellcheck: 'false',
        maxlength: 24,
        required: true,
        readonly: isBusy,
        value: state.briForm.cardNumber,
        oninput: (event) => {
          state.briForm.cardNumber = event.target.value;
        },
      }),
    ),
    button('Add a BRI card', {
      id: 'register-bri-card',
      kind: hasCards ? 'plain' : 'secondary',
      type: 'submit',
      busy: isBusy,
      busyLabel: 'Asking BRI …',
    }),
    element(
      'p',
      { class: 'hint wide' },
      'The shop hands it on and does not keep it. The simulated bank takes any 16 digits.',
    ),
  );
}
