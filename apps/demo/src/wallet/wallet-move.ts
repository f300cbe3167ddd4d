import type { WalletBankAccount, WalletTopUpAccount } from 'nestjs-doku';

/**
 * How far a movement of money has come.
 *
 * - `asked`: DOKU has said what it would be; the customer has to confirm it.
 * - `starting`: being sent, or it never left.
 * - `done`: DOKU has carried it out.
 * - `unknown`: sent, and no trustworthy answer came.
 * - `refused`: DOKU has not carried it out.
 */
type MovePhase = 'asked' | 'starting' | 'done' | 'unknown' | 'refused';

interface Move {
  /** What DOKU knows it by, its `partnerReferenceNo`: made and kept before anything is sent. */
  readonly id: string;
  readonly customerId: string;
  /** Whole rupiah. */
  readonly amount: number;
  /** Where the money goes, such as `Budi Example, bank 014 ···· 7508`. */
  readonly to: string;
  readonly phase: MovePhase;
  /** Milliseconds since 1970; of the last sending. */
  readonly startedAt: number;
  /** While `unknown`: DOKU has said that it knows of none, so the same may be sent again. */
  readonly mayRepeat: boolean;
}

/** From the shop's balance into the wallet. */
export interface TopUp extends Move {
  readonly kind: 'top-up';
  readonly inquiry: WalletTopUpAccount['forTopUp'];
}

/** From the wallet to a bank account. */
export interface Transfer extends Move {
  readonly kind: 'transfer';
  readonly inquiry: WalletBankAccount['forTransferToBank'];
}

export type WalletMove = TopUp | Transfer;

/** A movement as the page sees it. */
export type WalletMoveView = Pick<
  WalletMove,
  'id' | 'kind' | 'amount' | 'to' | 'phase' | 'mayRepeat'
>;

export function toMoveView({ id, kind, amount, to, phase, mayRepeat }: WalletMove): WalletMoveView {
  return { id, kind, amount, to, phase, mayRepeat };
}

/** What a movement begins with. */
export function newMove(facts: Pick<Move, 'id' | 'customerId' | 'amount' | 'to'>): Move {
  return { ...facts, phase: 'asked', startedAt: Date.now(), mayRepeat: false };
}

/** What DOKU's own query tells of a movement. */
export type MoveFinding = 'done' | 'not-done' | 'open';
