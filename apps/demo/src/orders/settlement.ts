import type { DokuIntentKind } from 'nestjs-doku';

import { isSettled, lastAttempt, type Order } from './order.js';

/**
 * What becomes of an order by what DOKU tells. It may tell a thing twice and out of order, so nothing takes
 * a paid order back. `mergePaymentStatus` of `nestjs-doku` has that rule for one status; an order also has several
 * attempts, amounts that must fit, and parts that were given back.
 */

const NOBODY_KNOWS = 'The bank could not tell what became of it.';

/** DOKU has taken money for it. */
export function paid(
  order: Order,
  attemptId: string | undefined,
  amount: number | undefined,
): Order {
  if (isSettled(order)) {
    return attemptId === order.paidBy ? order : { ...order, review: 'It was paid twice.' };
  }
  if (amount !== order.amount) {
    return { ...order, review: 'The bank took another amount than the order says.' };
  }
  const { review, ...rest } = order;
  return {
    ...rest,
    // Now it is known.
    ...(review !== undefined && review !== NOBODY_KNOWS && { review }),
    status: 'paid',
    ...(attemptId !== undefined && { paidBy: attemptId }),
    attempts: order.attempts.map((attempt) => ({ ...attempt, phase: 'over' })),
  };
}

/** It ends one attempt, not the order: another may be under way, or have succeeded already. */
export function failed(order: Order, attemptId: string | undefined): Order {
  const attempt = lastAttempt(order);
  // One that is not named may be any of them: the current one is not ended on a guess.
  if (isSettled(order) || !attempt || attempt.id !== attemptId) return order;
  return {
    ...order,
    status: 'failed',
    attempts: [...order.attempts.slice(0, -1), { ...attempt, phase: 'over' }],
  };
}

/** Nobody could learn what became of a call: a person has to ask, unless the order knows better by now. */
export function unresolved(
  order: Order,
  { kind, id }: { readonly kind: DokuIntentKind; readonly id: string },
): Order {
  const isOver = order.attempts.some((attempt) => attempt.id === id && attempt.phase === 'over');
  const isKnown = kind === 'refund' ? order.refundIds.includes(id) : isOver;
  return isKnown || order.review !== undefined ? order : { ...order, review: NOBODY_KNOWS };
}

/** What DOKU tells of a refund. */
interface ToldRefund {
  readonly amount?: number | undefined;
  readonly refundId?: string | undefined;
  /** By a SNAP notification. */
  readonly isSnap?: boolean;
}

/** Money went back. */
export function refunded(order: Order, told: ToldRefund): Order {
  if (isAnsweredAlready(order, told)) return order;
  const { refund: pending, ...rest } = order;
  const left = order.amount - order.refunded;
  // Without an amount, "refunded" can only be believed where it says what the shop knows, or has asked for.
  if (told.amount === undefined && order.status === 'refunded') return order;
  const isAsked = pending?.amount === left && told.refundId === undefined;
  const amount = told.amount ?? (isAsked ? left : undefined);
  const refundId = told.refundId ?? (told.amount === undefined ? pending?.id : undefined);
  if (refundId !== undefined && order.refundIds.includes(refundId)) return order;
  if (!isSettled(order) || amount === undefined || amount > left) {
    return { ...order, review: 'A refund does not fit what was paid.' };
  }
  return {
    ...rest,
    status: amount === left ? 'refunded' : 'paid',
    refunded: order.refunded + amount,
    refundIds: refundId === undefined ? order.refundIds : [...order.refundIds, refundId],
    ...(pending && pending.amount !== amount && { refund: pending }),
  };
}

/**
 * DOKU's answer to a SNAP refund is what counts here, and its notification need not say which refund it means:
 * one without a number is taken for one that was answered.
 */
function isAnsweredAlready(
  { refunded }: Order,
  { isSnap = false, refundId, amount }: ToldRefund,
): boolean {
  return isSnap && refundId === undefined && amount !== undefined && amount <= refunded;
}
