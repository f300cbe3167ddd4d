import { alert, button, element, show } from './dom.js';
import { rupiah } from './format.js';
import { phoneForm } from './phone-form.js';
import { activeOrder, isUnderWay, state } from './state.js';

const NO_LINK = {
  declined: 'The link was declined at Allo, so nothing is linked. You can begin again.',
  ended: 'Allo takes this link no more: it was ended there. Link the account again to pay with it.',
};

/** The customer's Allo account: link it, see its balance, unlink it. */
export function showAllo(container, actions) {
  const { allo, alloProblem, method } = state;
  const locked = isUnderWay(activeOrder());
  const busy = ['allo', 'allo-link', 'allo-unlink'].filter((name) => state.busy.has(name));
  container.hidden = method !== 'allo';
  show(container, { allo, alloProblem, locked, busy }, () => {
    if (allo === undefined && alloProblem === undefined) {
      return element('p', { class: 'hint' }, 'Asking Allo for your account …');
    }
    return [
      alloProblem ? alert(alloProblem.message) : null,
      alloProblem
        ? button('Try again', {
            id: 'reload-allo',
            busy: busy.includes('allo'),
            onpress: actions.reload,
          })
        : account(allo, { locked, busy, actions }),
    ].flat();
  });
}

function account({ state: link, phone, balance, end }, { locked, busy, actions }) {
  if (link === 'linked') return linked({ phone, balance }, { locked, busy, actions });
  if (locked) return [];
  if (link === 'pending') {
    return [
      element(
        'p',
        { class: 'message calm' },
        'Allo has not confirmed the link of ',
        element('span', { class: 'whole' }, phone),
        ' yet. If you agreed on its page, check again; otherwise begin again.',
      ),
      button('Check again', {
        id: 'check-allo',
        kind: 'secondary',
        busy: busy.includes('allo'),
        busyLabel: 'Checking …',
        onpress: actions.reload,
      }),
      form('Begin again', 'plain', busy, actions),
    ];
  }
  const hint =
    NO_LINK[end] ??
    'Link your account once: you agree on Allo’s page with OTP and PIN, and come back here.';
  return [
    element('p', { class: 'hint' }, hint),
    form('Link my Allo account', 'secondary', busy, actions),
  ];
}

function linked({ phone, balance }, { locked, busy, actions }) {
  return element(
    'div',
    { class: 'card-row' },
    element(
      'div',
      { class: 'card still' },
      element('span', { class: 'method-face allo', 'aria-hidden': 'true' }),
      element(
        'span',
        { class: 'method-text' },
        element('span', {}, `Allo Bank ${phone}`),
        element(
          'span',
          { class: 'quiet', id: 'allo-balance' },
          balance === null ? 'Balance not known' : `Balance ${rupiah(balance)}`,
        ),
      ),
    ),
    locked
      ? null
      : button('Unlink', {
          id: 'unlink-allo',
          kind: 'ghost small',
          busy: busy.includes('allo-unlink'),
          busyLabel: 'Unlinking …',
          onpress: actions.unlink,
        }),
  );
}

function form(label, kind, busy, { link }) {
  return phoneForm({
    id: 'allo-phone',
    label: 'Mobile number that Allo knows',
    begin: link,
    submit: {
      id: 'link-allo',
      label,
      kind,
      busy: busy.includes('allo-link'),
      busyLabel: 'Going to Allo …',
    },
  });
}
