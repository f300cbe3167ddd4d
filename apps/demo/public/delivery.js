/* global document, setInterval */
import * as api from './api.js';
import { announce, at, once, redraw } from './page.js';
import { state } from './state.js';

/** How long an event waits grows without any news, so it is asked for; in milliseconds. */
const LOOK_EVERY_MS = 5_000;

let isAskedAgain = false;

/** Asks how events are delivered, and for dead letters; news that comes meanwhile makes it ask once more. */
export function loadDelivery() {
  isAskedAgain = true;
  return once('delivery', async () => {
    while (isAskedAgain) {
      isAskedAgain = false;
      await ask();
    }
  });
}

async function ask() {
  const { desk } = state;
  try {
    state.delivery = await api.lookAtDelivery();
    const { engine, state: health } = state.delivery;
    // While the engine is away the last list stays.
    if (engine === 'inline' || health === 'unreachable') return;
    desk.letters = await api.listDeadLetters();
    forgetWhatIsGone();
  } catch {
    // The connection to the shop, or the state of the engine, says it already.
  }
}

export function watchDelivery() {
  setInterval(() => {
    if (document.visibilityState === 'visible') void loadDelivery();
  }, LOOK_EVERY_MS);
}

export function failBookkeeping(isFailing) {
  return step('bookkeeping', 'bookkeeping', async () => {
    const books = await api.failBookkeeping(isFailing);
    state.delivery = { ...state.delivery, books };
    announce(isFailing ? 'The bookkeeping fails now.' : 'The bookkeeping works again.');
  });
}

/** Shows the event, or hides it again. */
export async function inspect(id) {
  const { inspected } = state.desk;
  if (inspected.delete(id)) {
    redraw();
    return;
  }
  await step(id, `inspect-${id}`, async () => {
    const { event } = await api.inspectDeadLetter(id);
    inspected.set(id, event);
  });
}

export function replay(id) {
  return decide(id, `replay-${id}`, 'Delivered again.', () => api.replayDeadLetter(id));
}

export function replayAll() {
  return step('all', 'replay-all', async () => {
    const { replayed } = await api.replayDeadLetters();
    announce(`${replayed} delivered again.`);
    await loadDelivery();
    at('dead-letters-title').focus();
  });
}

export function openDiscard(id) {
  state.desk.discarding = id;
  state.desk.reason = '';
  redraw();
  if (id !== undefined) at('discard-reason')?.focus();
}

export function discard(id, reason) {
  return decide(id, `discard-${id}`, 'Discarded.', () => api.discardDeadLetter(id, reason));
}

/** What is decided leaves the list, and its button with it: the focus goes to the title. */
async function decide(id, name, done, work) {
  await step(id, name, async () => {
    await work();
    announce(done);
  });
  await loadDelivery();
  if (!state.desk.problems.has(id)) at('dead-letters-title').focus();
}

/** Runs a step; what goes wrong is shown where it was begun. */
function step(subject, name, work) {
  const { problems } = state.desk;
  return once(name, async () => {
    problems.delete(subject);
    try {
      await work();
    } catch (problem) {
      problems.set(subject, { message: problem.message });
    }
  });
}

function forgetWhatIsGone() {
  const { letters, inspected, problems } = state.desk;
  const ids = new Set(letters.map(({ id }) => id));
  for (const id of inspected.keys()) if (!ids.has(id)) inspected.delete(id);
  for (const id of problems.keys()) {
    if (id !== 'all' && id !== 'bookkeeping' && !ids.has(id)) problems.delete(id);
  }
  if (!ids.has(state.desk.discarding)) state.desk.discarding = undefined;
}
