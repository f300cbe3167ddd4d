/**
 * A customer of the merchant, by what was stored when the account was bound: the authCode of the binding
 * (exchanged for an access token, and again when that ends), a refresh token, or an access token as it is.
 *
 * DOKU Wallet also by the account's id: every new token then begins with an account inquiry, whose authCode is
 * decrypted with the option `authCodeSecretKey` and used once. The others end with their first token there,
 * since a wallet's authCode can be used only once.
 */
export type DokuCustomer =
  | { readonly authCode: string }
  | { readonly refreshToken: string }
  | { readonly accessToken: string }
  | { readonly accountId: string };

/** What a caller may set on a single call. */
export interface DokuCallOptions {
  /**
   * Name of the merchant in the module's options.
   * @defaultValue `'default'`
   */
  readonly merchant?: string;
  /**
   * Non-SNAP: `Request-Id` of the call, 1 to 128 visible characters. DOKU carries out a Request-Id once: keep it with
   * your order to repeat the very same call after a crash.
   * @defaultValue a new UUID
   */
  readonly requestId?: string;
  /**
   * SNAP: `X-EXTERNAL-ID` of the call, 1 to 36 digits, never used before. An attempt that is made again gets
   * a new one; `dokuCall(response).externalId` tells which was answered.
   * @defaultValue 32 new digits
   */
  readonly externalId?: string;
  /** SNAP: whose account is charged or looked at. Operations that need one say so. */
  readonly customer?: DokuCustomer;
  /**
   * SNAP: the customer's IPv4 address, for `X-IP-ADDRESS`. DOKU takes 10 to 15 characters, which shuts out
   * short addresses such as `1.1.1.1` and all of IPv6 (reference snap C10). Sent only with operations that
   * take it.
   */
  readonly ipAddress?: string;
  /**
   * SNAP: hash of the customer's device id, at most 64 letters and digits, for `X-DEVICE-ID`. Sent only with
   * operations that take it.
   */
  readonly deviceId?: string;
  /** Ends the call. After bytes were sent, a call that changes something ends with an unknown outcome. */
  readonly signal?: AbortSignal;
  /**
   * Deadline of this call in milliseconds, repeats included.
   * @defaultValue the option `http.timeoutMs`
   */
  readonly timeoutMs?: number;
  /** Members that DOKU's documents lack, merged deeply into the body. */
  readonly extra?: Readonly<Record<string, unknown>>;
}
