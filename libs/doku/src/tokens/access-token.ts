/** An access token of DOKU, as callers see it. */
export interface DokuAccessToken {
  /** A secret: whoever has a customer's can charge the customer. */
  readonly accessToken: string;
  /** When it ends. DOKU may revoke it earlier: the newest token counts (reference snap 2.3). */
  readonly expiresAt: Date;
  /** Customers' tokens only, where DOKU gives one. Store it: `{ refreshToken }` names the customer too. */
  readonly refreshToken?: string;
}

/**
 * A token as it is kept. Times in milliseconds since 1970, by the clock of this machine: its correction may
 * change while a token lives.
 */
export interface HeldToken {
  readonly accessToken: string;
  readonly obtainedAt: number;
  readonly expiresAt: number;
  readonly refreshToken?: string;
  readonly refreshExpiresAt?: number;
  /** Grows with every token of a grant, in whichever process it was obtained. */
  readonly generation: number;
}

/** So much of its life is left unused: an attempt under way must not outlive its token. */
const RESERVE_MS = 10_000;
/** A token that has this part of its life behind it is replaced while it still works. */
const EARLY_REFRESH_AT = 0.8;

/** Whether a token may still be sent. */
export function isUsable({ expiresAt }: HeldToken, now: number): boolean {
  return now < expiresAt - RESERVE_MS;
}

/** Whether it is time to replace a token that may still be sent. */
export function isDueForRefresh({ obtainedAt, expiresAt }: HeldToken, now: number): boolean {
  return now >= obtainedAt + (expiresAt - obtainedAt) * EARLY_REFRESH_AT;
}

/** The refresh token that came with a token, unless it has ended. */
export function livingRefreshToken(
  { refreshToken, refreshExpiresAt = 0 }: HeldToken,
  now: number,
): string | undefined {
  return refreshExpiresAt > now ? refreshToken : undefined;
}

/** Whether `candidate` can stand in for a token that has ended or was refused. */
export function supersedes(
  candidate: HeldToken | undefined,
  outdated: HeldToken | undefined,
  now: number,
): candidate is HeldToken {
  if (!candidate || !isUsable(candidate, now)) return false;
  if (!outdated) return true;
  return (
    candidate.accessToken !== outdated.accessToken && candidate.generation >= outdated.generation
  );
}
