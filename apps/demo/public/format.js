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
