import { button, element } from './dom.js';
import { state } from './state.js';

/** Card number and one-time code. Both go to the shop in one request, and are kept nowhere. */
export function kkiForm(label, { problem, isBusy, pay }) {
  const isWrong = problem?.code === 'otp-wrong';
  return element(
    'form',
    {
      class: 'code-form',
      autocomplete: 'off',
      onsubmit: (event) => {
        event.preventDefault();
        if (!isBusy) pay();
      },
    },
    element('label', { for: 'cpan' }, 'Card number (CPAN)'),
    digits('cpan', { size: 24, isBusy, describedBy: 'cpan-hint' }),
    element(
      'p',
      { class: 'hint', id: 'cpan-hint' },
      'The shop hands it on and does not keep it. The simulated bank takes any 12 to 20 digits.',
    ),
    element('label', { for: 'kki-otp' }, 'Code from your bank’s app'),
    digits('kki-otp', { size: 8, isBusy, describedBy: 'kki-otp-hint', isWrong }),
    element(
      'p',
      { class: 'hint', id: 'kki-otp-hint' },
      'The simulated bank always shows 99999999.',
    ),
    button(label, {
      id: 'pay',
      kind: 'primary wide',
      type: 'submit',
      busy: isBusy,
      busyLabel: 'Asking your bank …',
    }),
  );
}

function digits(id, { size, isBusy, describedBy, isWrong }) {
  return element('input', {
    id,
    // Without a name, and without help of the browser: it must not remember either.
    class: 'code',
    inputmode: 'numeric',
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: size,
    required: true,
    'aria-describedby': describedBy,
    'aria-invalid': isWrong ? 'true' : undefined,
    readonly: isBusy,
    value: state.kki[id],
    oninput: (event) => {
      state.kki[id] = event.target.value;
    },
  });
}
