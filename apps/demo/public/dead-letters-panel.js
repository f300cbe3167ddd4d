import { alert, button, element, show } from './dom.js';
import { ending, rupiah, time } from './format.js';
import { state } from './state.js';

const CAUSES = {
  'attempts-used-up': 'Attempts used up',
  'listener-gave-up': 'Listener gave up',
  'unknown-listener': 'Unknown listener',
  'poison-pill': 'Ended its worker',
  unheard: 'Nobody listens',
};

/** Events that were given up for a listener, and the switch that makes some. */
export function showDeadLetters(container, actions) {
  const { delivery, desk } = state;
  const { letters, inspected, discarding, problems } = desk;
  const busy = [...state.busy].filter((name) => /^(bookkeeping|inspect|replay|discard)/.test(name));
  const key = {
    engine: delivery?.engine,
    books: delivery?.books,
    letters,
    inspected: [...inspected.keys()],
    discarding,
    problems: [...problems],
    busy,
  };
  show(container, key, () => {
    if (delivery === undefined) return null;
    if (delivery.engine === 'inline') return explanation();
    return [bookkeeping(delivery.books, actions), list(letters, actions)].flat();
  });
}

function explanation() {
  return element(
    'p',
    { class: 'hint' },
    'Dead letters need durable delivery: start the demo with ',
    element('code', {}, 'REDIS_URL=redis://127.0.0.1:6379 npm run demo'),
    ', or with ',
    element('code', {}, 'DATABASE_URL'),
    ' for PostgreSQL.',
  );
}

function bookkeeping({ isFailing, entries, total }, actions) {
  return element(
    'div',
    { class: 'books' },
    element(
      'label',
      { class: 'check' },
      element('input', {
        type: 'checkbox',
        id: 'bookkeeping',
        checked: isFailing,
        'aria-describedby': 'bookkeeping-hint',
        onchange: (event) => actions.fail(event.target.checked),
      }),
      'Let the shop’s bookkeeping fail',
    ),
    element(
      'p',
      { class: 'hint', id: 'bookkeeping-hint' },
      isFailing
        ? 'Pay for something: the order is paid, and after three attempts its entry is a dead letter.'
        : 'Every payment is booked by a listener of its own.',
    ),
    element(
      'p',
      { class: 'quiet', id: 'books' },
      `Booked so far: ${entries} ${entries === 1 ? 'entry' : 'entries'}, ${rupiah(total)}`,
    ),
    problemOf('bookkeeping'),
  );
}

function list(letters, actions) {
  if (letters.length === 0) return [element('p', { class: 'hint' }, 'There are no dead letters.')];
  return [
    element(
      'ul',
      { class: 'letters' },
      letters.map((letter) => row(letter, actions)),
    ),
    problemOf('all'),
    element(
      'div',
      { class: 'actions' },
      button('Replay all', {
        id: 'replay-all',
        kind: 'small',
        busy: state.busy.has('replay-all'),
        busyLabel: 'Replaying …',
        onpress: actions.replayAll,
      }),
    ),
  ];
}

function row(letter, actions) {
  const { id, type, reference, listener, cause, reason, attempts, deadLetteredAt } = letter;
  const event = state.desk.inspected.get(id);
  return element(
    'li',
    { class: 'letter' },
    element(
      'div',
      { class: 'order-head letter-head' },
      element('span', { class: 'order-name' }, type),
      element('span', { class: 'pill bad' }, CAUSES[cause] ?? cause),
    ),
    element(
      'p',
      { class: 'quiet' },
      listener === null ? 'for nobody' : ['for ', element('code', {}, listener)],
      reference === null
        ? null
        : [' · order ', element('code', { title: reference }, ending(reference))],
      ` · ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'} · ${time(deadLetteredAt)}`,
    ),
    element('p', { class: 'letter-reason' }, reason),
    event === undefined
      ? null
      : element(
          'pre',
          { class: 'letter-event', tabindex: '0', 'aria-label': 'The event, redacted' },
          JSON.stringify(event, null, 2),
        ),
    problemOf(id),
    state.desk.discarding === id ? discardForm(id, actions) : buttons(letter, actions),
  );
}

function buttons({ id, type }, actions) {
  const isShown = state.desk.inspected.has(id);
  const made = [
    button('Replay', {
      id: `replay-${id}`,
      kind: 'secondary small',
      busy: state.busy.has(`replay-${id}`),
      busyLabel: 'Replaying …',
      onpress: () => actions.replay(id),
    }),
    button(isShown ? 'Hide' : 'Inspect', {
      id: `inspect-${id}`,
      kind: 'small',
      busy: state.busy.has(`inspect-${id}`),
      onpress: () => actions.inspect(id),
    }),
    button('Discard …', {
      id: `open-discard-${id}`,
      kind: 'ghost small',
      onpress: () => actions.openDiscard(id),
    }),
  ];
  for (const each of made) each.setAttribute('aria-describedby', `letter-${id}`);
  return element(
    'div',
    { class: 'actions' },
    element('span', { class: 'only-read', id: `letter-${id}` }, type),
    made,
  );
}

function discardForm(id, actions) {
  const busy = state.busy.has(`discard-${id}`);
  return element(
    'form',
    {
      class: 'refund-form',
      onsubmit: (event) => {
        event.preventDefault();
        if (!busy) actions.discard(id, state.desk.reason);
      },
    },
    element('label', { for: 'discard-reason' }, 'Why it is not needed'),
    element('input', {
      id: 'discard-reason',
      maxlength: 200,
      required: true,
      autocomplete: 'off',
      readonly: busy,
      value: state.desk.reason,
      oninput: (event) => {
        state.desk.reason = event.target.value;
      },
    }),
    element(
      'div',
      { class: 'actions' },
      button('Discard', {
        id: `discard-${id}`,
        kind: 'secondary small',
        type: 'submit',
        busy,
        busyLabel: 'Discarding …',
      }),
      button('Cancel', {
        id: `close-discard-${id}`,
        kind: 'ghost small',
        onpress: () => actions.openDiscard(undefined),
      }),
    ),
  );
}

function problemOf(subject) {
  const problem = state.desk.problems.get(subject);
  return problem ? alert(problem.message) : null;
}
