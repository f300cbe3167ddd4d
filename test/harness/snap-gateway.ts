import type { ServerResponse } from 'node:http';

import { type Answer, CannedGateway, type SeenRequest, unsigned } from './gateway.js';

const B2B_PATH = '/authorization/v1/access-token/b2b';
const B2B2C_PATH = '/authorization/v1/access-token/b2b2c';

/**
 * A gateway that issues tokens and answers everything else as told: for tokens and refusals that the
 * simulator would never give. It checks no signature.
 */
export class SnapGateway extends CannedGateway {
  /** What a token answer holds beside the token. */
  b2bAnswer: object = { tokenType: 'Bearer', expiresIn: 900 };
  b2b2cAnswer: object = { tokenType: 'Bearer', accessTokenExpiryTime: '900' };
  /** Takes the next token requests over. */
  onToken: Answer | undefined;
  /** Answers transaction calls. */
  onCall: Answer = unsigned({ responseCode: '2001100', responseMessage: 'Successful' });
  private issued = 0;

  constructor() {
    super();
    this.answer = (request, response) => {
      this.route(request, response);
    };
  }

  /** Token requests and calls, in the order of their arrival. */
  get b2bRequests(): SeenRequest[] {
    return this.seen.filter(({ url }) => url === B2B_PATH);
  }
  get b2b2cRequests(): SeenRequest[] {
    return this.seen.filter(({ url }) => url === B2B2C_PATH);
  }
  get calls(): SeenRequest[] {
    return this.seen.filter(({ url }) => url !== B2B_PATH && url !== B2B2C_PATH);
  }

  /** Issues a token as DOKU does; it tells which request asked for it. */
  issue(request: SeenRequest, response: ServerResponse): void {
    const isB2b = request.url === B2B_PATH;
    const { authCode, refreshToken } = JSON.parse(request.body.toString()) as {
      authCode?: string;
      refreshToken?: string;
    };
    this.issued += 1;
    const accessToken = isB2b
      ? `b2b-${this.issued}`
      : `customer-${authCode ?? refreshToken ?? ''}-${this.issued}`;
    unsigned({
      responseCode: isB2b ? '2007300' : '2007400',
      responseMessage: 'Successful',
      accessToken,
      ...(isB2b ? this.b2bAnswer : this.b2b2cAnswer),
    })(request, response);
  }

  private route(request: SeenRequest, response: ServerResponse): void {
    if (request.url !== B2B_PATH && request.url !== B2B2C_PATH) this.onCall(request, response);
    else if (this.onToken) this.onToken(request, response);
    else this.issue(request, response);
  }
}

/** The tokens that a call carried. */
export function tokensOf({ headers }: SeenRequest): { b2b: string; customer: string } {
  const bare = (value: string | string[] | undefined): string =>
    String(value ?? '').replace(/^Bearer /, '');
  return {
    b2b: bare(headers.authorization),
    customer: bare(headers['authorization-customer']),
  };
}

/** Refuses a call as SNAP does. */
export function refused(responseCode: string, responseMessage = 'Refused'): Answer {
  return unsigned({ responseCode, responseMessage }, Number(responseCode.slice(0, 3)));
}
