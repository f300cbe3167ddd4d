const RUPIAH = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 0 });
const TIME = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** `90000` → `Rp 90.000`, with a space that does not break. */
export function rupiah(amount) {
  return `Rp\u00a0${RUPIAH.format(amount)}`;
}

/** `14:05:09` in the reader's zone. */
export function time(iso) {
  return TIME.format(new Date(iso));
}

/** `5 Jan, 14:05` in the reader's zone. */
export function day(iso) {
  return DAY.format(new Date(iso));
}

/** The end of an id, enough to tell it from its neighbours. */
export function ending(id) {
  return `…${id.slice(-6)}`;
}

/** `0.4 s`, `12 s`, `3 min`, `2 h`: as exact as a reader needs. */
export function duration(ms) {
  if (ms < 1_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < 60_000) return `${Math.round(ms / 1_000)} s`;
  return ms < 3_600_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}
