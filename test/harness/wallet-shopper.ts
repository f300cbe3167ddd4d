import { createCipheriv } from 'node:crypto';

import { unsigned } from './gateway.js';
import { SnapGateway } from './snap-gateway.js';

/** Key of the reference's vectors: AES-256. */
export const AUTH_CODE_KEY = '0123456789abcdef0123456789abcdef';
const INQUIRY_PATH = '/snap-adapter/b2b/v1.0/registration-account-inquiry';

/** As DOKU sends an authCode, by code of its own. */
export function encryptAuthCode(authCode: string, key = AUTH_CODE_KEY): string {
  const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null);
  return Buffer.concat([cipher.update(authCode), cipher.final()]).toString('base64');
}

/** A gateway whose account inquiries give a new authCode each, `wallet-1`, `wallet-2` … */
export class WalletGateway extends SnapGateway {
  /** What an inquiry tells in `additionalInfo.authCode`. */
  tell: (authCode: string) => unknown = encryptAuthCode;
  private told = 0;
  private forOthers = this.onCall;

  constructor() {
    super();
    this.onCall = (request, response) => {
      if (request.url === INQUIRY_PATH) this.inquire(request, response);
      else this.forOthers(request, response);
    };
  }

  /** Answers all calls but account inquiries. */
  answerCalls(answer: SnapGateway['onCall']): void {
    this.forOthers = answer;
  }

  get inquiries() {
    return this.seen.filter(({ url }) => url === INQUIRY_PATH);
  }
  get otherCalls() {
    return this.calls.filter(({ url }) => url !== INQUIRY_PATH);
  }
  /** The authCodes that were exchanged, in order. */
  get exchanged(): string[] {
    return this.b2b2cRequests.map(
      ({ body }) => (JSON.parse(body.toString()) as { authCode: string }).authCode,
    );
  }

  private inquire(...[request, response]: Parameters<SnapGateway['onCall']>): void {
    this.told += 1;
    unsigned({
      responseCode: '2000800',
      responseMessage: 'Successful',
      additionalInfo: { linkId: 'LNK1', authCode: this.tell(`wallet-${this.told}`) },
    })(request, response);
  }
}
