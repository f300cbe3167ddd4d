import * as api from './api.js';
import { announce, once, redraw } from './page.js';
import { rupiah } from './format.js';
import { state } from './state.js';

const ASK = { 'top-up': api.askTopUp, transfer: api.askTransfer };

/** What is not settled is shown again after a reload. */
export async function loadMoves() {
  try {
    for (const move of await api.listMoves()) {
      if (move.phase === 'unknown' || move.phase === 'asked') state.moves[move.kind].shown = move;
    }
  } catch (problem) {
    state.walletProblem = { message: problem.message };
  }
  redraw();
}

/** Asks what a movement would be, for the customer to confirm. */
export function askMove(kind) {
  const { form } = state.moves[kind];
  const wanted = { ...form, amount: Number(form.amount) };
  return step(kind, 'ask', () => ASK[kind](wanted));
}

export function sendMove(kind, id) {
  return step(kind, 'send', async () => {
    const move = await api.sendMove(id);
    if (move.phase === 'done') announce(`${rupiah(move.amount)} moved.`);
    return move;
  });
}

export function checkMove(kind, id) {
  return step(kind, 'check', async () => {
    const move = await api.checkMove(id);
    state.moves[kind].hint =
      move.phase !== 'unknown'
        ? undefined
        : move.mayRepeat
          ? 'DOKU has not heard of it. You can send it again: it counts once.'
          : 'DOKU is not done yet. Check again in a minute.';
    return move;
  });
}

export function dismissMove(kind) {
  Object.assign(state.moves[kind], { shown: undefined, problem: undefined, hint: undefined });
  redraw();
}

function step(kind, name, work) {
  const facts = state.moves[kind];
  return once(`${kind}-${name}`, async () => {
    facts.problem = undefined;
    facts.hint = undefined;
    try {
      facts.shown = await work();
    } catch (problem) {
      facts.problem = { code: problem.code ?? 'internal', message: problem.message };
      // How it stands now, the shop knows.
      const moves = await api.listMoves().catch(() => []);
      facts.shown = moves.find(({ id }) => id === facts.shown?.id) ?? facts.shown;
    }
  });
}
