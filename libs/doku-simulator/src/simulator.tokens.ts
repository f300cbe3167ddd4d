/** PEM of the key that checks what DOKU signs with RSA. */
export const DOKU_PUBLIC_KEY = Symbol('DOKU_PUBLIC_KEY');

/** The key itself, a `KeyObject`. */
export const DOKU_PRIVATE_KEY = Symbol('DOKU_PRIVATE_KEY');
