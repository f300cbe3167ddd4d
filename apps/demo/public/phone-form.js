import { button, element, field } from './dom.js';
import { state } from './state.js';

/** Asks for the customer's mobile number, with which something is begun at a bank. */
export function phoneForm({ id, label, submit, begin }) {
  return element(
    'form',
    {
      class: 'inline-form',
      onsubmit: (event) => {
        event.preventDefault();
        begin(state.mobilePhone);
      },
    },
    field(label, {
      id,
      name: 'mobilePhone',
      type: 'tel',
      autocomplete: 'tel',
      required: true,
      value: state.mobilePhone,
      oninput: (event) => {
        state.mobilePhone = event.target.value;
      },
    }),
    button(submit.label, { ...submit, type: 'submit' }),
  );
}
