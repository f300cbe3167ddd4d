import { element, show } from './dom.js';
import { duration } from './format.js';
import { state } from './state.js';

const ENGINES = { redis: 'Redis', postgresql: 'PostgreSQL' };
const TONES = { ok: 'good', degraded: 'warn', unreachable: 'bad' };

/** How the shop's events are delivered, and how that is going, in one line. */
export function showDeliveryLine(container) {
  const { delivery } = state;
  const text = delivery === undefined ? '' : describe(delivery);
  const tone = TONES[delivery?.state] ?? '';
  show(container, { text, tone }, () =>
    text === ''
      ? null
      : [
          element('span', { class: `dot ${tone}`, 'aria-hidden': 'true' }),
          element('span', {}, text),
        ],
  );
}

function describe({ engine, address, state: health, oldestWaitingMs, deadLetters }) {
  if (engine === 'inline') {
    return 'Inline: kept nowhere. The bank is answered once the shop has done its work, and sends again what failed.';
  }
  const where = `Durable, on ${ENGINES[engine]} at ${address}`;
  if (health === 'unreachable') return `${where}: not reachable, so the bank sends again later`;
  const waiting =
    oldestWaitingMs > 0 ? `the oldest waits for ${duration(oldestWaitingMs)}` : 'nothing waits';
  const letters =
    deadLetters === 0
      ? 'no dead letters'
      : `${deadLetters} dead ${deadLetters === 1 ? 'letter' : 'letters'}`;
  return `${where}: reachable, ${waiting}, ${letters}`;
}
