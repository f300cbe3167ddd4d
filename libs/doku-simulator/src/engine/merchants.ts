/** A merchant known to the simulator. */
export interface Merchant {
  readonly clientId: string;
  readonly secretKey: string;
  /** Where this merchant's notifications go; none means that they cannot be sent. */
  readonly notificationUrl?: string;
  /** PEM; checks this merchant's requests for SNAP tokens. */
  readonly merchantPublicKey?: string;
  /** Where this merchant's SNAP notifications go; none means that they cannot be sent. */
  readonly snapNotificationUrl?: string;
  /** Encrypts the authCode of wallet account inquiries: 16, 24 or 32 bytes of text. */
  readonly authCodeSecretKey?: string;
  /** This merchant's token endpoint, called before each SNAP notification. */
  readonly tokenUrl?: string;
}

/** All merchants by their Client-Id. */
export class MerchantDirectory {
  private readonly byClientId: ReadonlyMap<string, Merchant>;

  constructor(readonly all: readonly Merchant[]) {
    this.byClientId = new Map(all.map((merchant) => [merchant.clientId, merchant]));
  }

  find(clientId: string): Merchant | undefined {
    return this.byClientId.get(clientId);
  }
}
