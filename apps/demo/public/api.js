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
export const listCards = () => call('GET', '/api/cimb/cards');
export const registerCard = (mobilePhone) => call('POST', '/api/cimb/cards', { mobilePhone });
export const removeCard = (id) => call('DELETE', `/api/cimb/cards/${id}`);
export const openOrder = (productId, draftId) =>
  call('POST', '/api/orders', { productId, draftId });
export const payByCard = (reference, cardId) =>
  call('POST', `/api/orders/${reference}/payment/cimb`, { cardId });
export const confirmPayment = (reference, otp) =>
  call('POST', `/api/orders/${reference}/payment/cimb/otp`, { otp });
export const resendCode = (reference) =>
  call('POST', `/api/orders/${reference}/payment/cimb/otp/resend`, {});
export const lookAtAllo = () => call('GET', '/api/allo');
export const linkAllo = (mobilePhone) => call('POST', '/api/allo', { mobilePhone });
export const unlinkAllo = () => call('DELETE', '/api/allo');
export const payByAllo = (reference) => call('POST', `/api/orders/${reference}/payment/allo`, {});
export const payByKki = (reference, cpan, otp) =>
  call('POST', `/api/orders/${reference}/payment/kki`, { cpan, otp });
export const checkStatus = (reference) => call('POST', `/api/orders/${reference}/status-check`, {});
export const refundOrder = (reference, amount) =>
  call('POST', `/api/orders/${reference}/refunds`, { amount });

/** Hears what the shop tells by itself. The browser comes back on its own when the stream breaks. */
export function listen({ snapshot, order, event, allo, connection }) {
  const source = new EventSource('/api/events');
  const on = (type, hear) =>
    source.addEventListener(type, (message) => hear(JSON.parse(message.data)));
  on('snapshot', snapshot);
  on('order', order);
  on('event', event);
  on('allo', allo);
  source.addEventListener('open', () => connection('live'));
  source.addEventListener('error', () => connection('waiting'));
}
