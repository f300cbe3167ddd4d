/* global fetch, EventSource */

/** The shop's own API said no, or could not be reached. */
export class ShopProblem extends Error {
  constructor(code, message) {
    super(message);
    this.name = 'ShopProblem';
    this.code = code;
  }
}

const UNREACHABLE = new ShopProblem(
  'shop-unreachable',
  'The shop cannot be reached. Check your connection; pressing the button again is safe.',
);

async function call(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw UNREACHABLE;
  }
  if (response.status === 204) return undefined;
  const answer = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  throw new ShopProblem(
    answer?.error?.code ?? 'internal',
    answer?.error?.message ?? 'Something went wrong.',
  );
}

export const listProducts = () => call('GET', '/api/products');
export const listCimbCards = () => call('GET', '/api/cimb/cards');
export const registerCimbCard = (mobilePhone) => call('POST', '/api/cimb/cards', { mobilePhone });
export const lookAtBri = () => call('GET', '/api/bri/cards');
export const registerBriCard = (cardNumber) => call('POST', '/api/bri/cards', { cardNumber });
export const confirmBriCard = (otp) => call('POST', '/api/bri/cards/registration/otp', { otp });
export const resendBriCode = () => call('POST', '/api/bri/cards/registration/otp/resend', {});
export const forgetBriRegistration = () => call('DELETE', '/api/bri/cards/registration');
export const removeCard = (bank, id) => call('DELETE', `/api/${bank}/cards/${id}`);
export const openOrder = (productId, draftId) =>
  call('POST', '/api/orders', { productId, draftId });
/** @param choice `{ cardId }`, at BRI also `withoutCode` */
export const payByCard = (reference, bank, choice) =>
  call('POST', `/api/orders/${reference}/payment/${bank}`, choice);
export const confirmPayment = (reference, bank, otp) =>
  call('POST', `/api/orders/${reference}/payment/${bank}/otp`, { otp });
export const resendCode = (reference, bank) =>
  call('POST', `/api/orders/${reference}/payment/${bank}/otp/resend`, {});
export const lookAtAllo = () => call('GET', '/api/allo');
export const linkAllo = (mobilePhone) => call('POST', '/api/allo', { mobilePhone });
export const unlinkAllo = () => call('DELETE', '/api/allo');
export const payByAllo = (reference) => call('POST', `/api/orders/${reference}/payment/allo`, {});
export const payByKki = (reference, cpan, otp) =>
  call('POST', `/api/orders/${reference}/payment/kki`, { cpan, otp });
export const lookAtWallet = () => call('GET', '/api/wallet');
export const openWallet = (owner) => call('POST', '/api/wallet', owner);
export const confirmWallet = (otp) => call('POST', '/api/wallet/otp', { otp });
export const forgetWallet = () => call('DELETE', '/api/wallet/opening');
export const linkWallet = () => call('POST', '/api/wallet/link', {});
export const payByWallet = (reference) =>
  call('POST', `/api/orders/${reference}/payment/wallet`, {});
export const listMoves = () => call('GET', '/api/wallet/moves');
export const askTopUp = (wanted) => call('POST', '/api/wallet/moves/top-ups', wanted);
export const askTransfer = (wanted) => call('POST', '/api/wallet/moves/transfers', wanted);
export const sendMove = (id) => call('POST', `/api/wallet/moves/${id}/send`, {});
export const checkMove = (id) => call('POST', `/api/wallet/moves/${id}/check`, {});
export const listHistory = (page, until) =>
  call('GET', `/api/wallet/history?page=${page}${until === undefined ? '' : `&until=${until}`}`);
export const lookAtDelivery = () => call('GET', '/api/delivery');
export const failBookkeeping = (isFailing) => call('PUT', '/api/bookkeeping', { isFailing });
export const listDeadLetters = () => call('GET', '/api/dead-letters');
export const inspectDeadLetter = (id) => call('GET', `/api/dead-letters/${encodeURIComponent(id)}`);
export const replayDeadLetter = (id) =>
  call('POST', `/api/dead-letters/${encodeURIComponent(id)}/replay`, {});
export const replayDeadLetters = () => call('POST', '/api/dead-letters/replay', {});
export const discardDeadLetter = (id, reason) =>
  call('POST', `/api/dead-letters/${encodeURIComponent(id)}/discard`, { reason });
export const checkStatus = (reference) => call('POST', `/api/orders/${reference}/status-check`, {});
export const refundOrder = (reference, amount) =>
  call('POST', `/api/orders/${reference}/refunds`, { amount });

/** Hears what the shop tells by itself. The browser comes back on its own when the stream breaks. */
export function listen({ snapshot, order, event, allo, delivery, connection }) {
  const source = new EventSource('/api/events');
  const on = (type, hear) =>
    source.addEventListener(type, (message) => hear(JSON.parse(message.data)));
  on('snapshot', snapshot);
  on('order', order);
  on('event', event);
  on('allo', allo);
  on('delivery', delivery);
  source.addEventListener('open', () => connection('live'));
  source.addEventListener('error', () => connection('waiting'));
}
