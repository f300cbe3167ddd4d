import { alert, button, element } from './dom.js';

/**
 * Takes a code that a bank has sent, and offers another one.
 *
 * @param id of the input; its hint, problem and buttons are named after it
 */
export function codeForm({
  id,
  label,
  value,
  remember,
  hint,
  problem,
  wrongCodes,
  rules,
  ...steps
}) {
  const { submit, resend, leave } = steps;
  const isWrong = problem?.code === 'otp-wrong';
  const isExpired = problem?.code === 'otp-expired';
  const input = element('input', {
    id,
    class: 'code',
    inputmode: 'numeric',
    autocomplete: 'one-time-code',
    maxlength: 6,
    required: true,
    'aria-describedby': problem ? `${id}-hint ${id}-problem` : `${id}-hint`,
    'aria-invalid': isWrong ? 'true' : undefined,
    readonly: submit.busy,
    value,
    oninput: (event) => remember(event.target.value),
  });
  const soFar = isWrong && wrongCodes > 0 ? ` Wrong codes so far: ${wrongCodes}. ${rules}` : '';
  return element(
    'form',
    {
      class: 'code-form',
      onsubmit: (event) => {
        event.preventDefault();
        if (!submit.busy) submit.onpress(input.value.trim());
      },
    },
    element('label', { for: id }, label),
    input,
    element('p', { class: 'hint', id: `${id}-hint` }, hint),
    problem ? alert(problem.message + soFar, `${id}-problem`) : null,
    element(
      'div',
      { class: 'actions' },
      button(submit.label, {
        id: `${id}-submit`,
        kind: isExpired ? 'plain' : 'primary',
        type: 'submit',
        busy: submit.busy,
        busyLabel: submit.busyLabel,
      }),
      button('Send a new code', {
        id: `${id}-resend`,
        kind: isExpired ? 'primary' : 'plain',
        busy: resend.busy,
        busyLabel: 'Sending …',
        onpress: resend.onpress,
      }),
      button(leave.label, { id: `${id}-leave`, kind: 'ghost', onpress: leave.onpress }),
    ),
  );
}
