import { Injectable } from '@nestjs/common';
import { BindingBook, type Binding } from '../bank/binding-book.js';
import { MerchantDirectory, type Merchant } from '../engine/merchants.js';
import { OperationCatalogue } from '../engine/operation-catalogue.js';
import { urlOf, type RawRequest } from '../engine/raw-request.js';
import { Settings } from '../engine/settings.js';
import { isSameSignature } from '../engine/signature.js';
import { SimulatorClock } from '../engine/simulator-clock.js';
import { ExternalIds } from './external-ids.js';
import { checkContentType, optionalHeader, requiredHeader } from './snap-headers.js';
import { explainSnapMismatch, explainTokenMismatch } from './snap-diagnosis.js';
import { SnapError } from './snap-error.js';
import {
  createSnapMac,
  createSnapStringToSign,
  createTokenStringToSign,
  fitsRsa,
} from './snap-signature.js';
import { parseWireTime, toJakartaTime } from './snap-time.js';
import { TokenBook } from './token-book.js';

/** The base64 of an RSA signature, padded, in the standard alphabet. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Whom a transaction call comes from. */
export interface AuthenticSnapCall {
  readonly merchant: Merchant;
  readonly externalId: string;
}

/** Checks the headers of SNAP calls in a fixed order (snap reference 2, 3 and 5). */
@Injectable()
export class SnapCallChecks {
  constructor(
    private readonly merchants: MerchantDirectory,
    private readonly catalogue: OperationCatalogue,
    private readonly tokens: TokenBook,
    private readonly bindings: BindingBook,
    private readonly externalIds: ExternalIds,
    private readonly settings: Settings,
    private readonly clock: SimulatorClock,
  ) {}

  /**
   * A request for a token, signed with the merchant's RSA key.
   * @param onStringToSign - told what should have been signed, as soon as it is known
   */
  authenticateTokenRequest(request: RawRequest, onStringToSign: (text: string) => void): Merchant {
    const clientId = requiredHeader(request, 'X-CLIENT-KEY');
    const timestamp = requiredHeader(request, 'X-TIMESTAMP');
    const given = requiredHeader(request, 'X-SIGNATURE');
    checkContentType(request);
    if (optionalHeader(request, 'Authorization') !== undefined) {
      throw SnapError.malformed('Authorization', 'token requests take no such header.');
    }
    const stringToSign = createTokenStringToSign(clientId, timestamp);
    onStringToSign(stringToSign);
    const merchant = this.findMerchant('X-CLIENT-KEY', clientId);
    this.checkTimestamp(timestamp);
    const { merchantPublicKey } = merchant;
    if (merchantPublicKey === undefined) {
      throw SnapError.unauthorized(
        'No public key of this merchant is known: start the simulator with --merchant-public-key.',
      );
    }
    if (
      !BASE64.test(given) ||
      !fitsRsa(stringToSign, Buffer.from(given, 'base64'), merchantPublicKey)
    ) {
      const finding = explainTokenMismatch(
        { clientId, timestamp, given },
        { ...merchant, merchantPublicKey },
        this.merchants.all.filter((each) => each !== merchant),
      );
      throw SnapError.unauthorized(`Signature does not fit. ${finding}`);
    }
    return merchant;
  }

  /** A transaction call: headers, signature, the merchant's token, `X-EXTERNAL-ID`. */
  authenticate(request: RawRequest, onStringToSign: (text: string) => void): AuthenticSnapCall {
    const timestamp = requiredHeader(request, 'X-TIMESTAMP');
    const given = requiredHeader(request, 'X-SIGNATURE');
    const clientId = requiredHeader(request, 'X-PARTNER-ID');
    const externalId = requiredHeader(request, 'X-EXTERNAL-ID');
    const token = readBearer('Authorization', requiredHeader(request, 'Authorization'));
    checkContentType(request);
    const parts = {
      method: request.method ?? 'POST',
      target: urlOf(request),
      token,
      body: request.rawBody ?? Buffer.alloc(0),
      timestamp,
    };
    const stringToSign = createSnapStringToSign(parts);
    onStringToSign(stringToSign);

    const merchant = this.findMerchant('X-PARTNER-ID', clientId);
    if (!/^[0-9]{1,36}$/.test(externalId)) {
      throw SnapError.malformed('X-EXTERNAL-ID', 'it must have 1 to 36 digits and nothing else.');
    }
    this.checkTimestamp(timestamp);
    if (!isSameSignature(given, createSnapMac(stringToSign, merchant.secretKey))) {
      const customerToken = optionalHeader(request, 'Authorization-Customer');
      const newestToken = this.tokens.newest(clientId);
      const finding = explainSnapMismatch({
        parts,
        host: request.headers.host ?? '',
        given,
        merchant,
        otherMerchants: this.merchants.all.filter((each) => each !== merchant),
        ...(customerToken && { customerToken: customerToken.replace(/^Bearer /, '') }),
        ...(newestToken !== undefined && { newestToken }),
        knownPaths: this.catalogue.all.map(({ path }) => path),
      });
      throw SnapError.unauthorized(`Signature does not fit. ${finding}`);
    }
    this.checkMerchantToken(token, clientId);
    if (this.settings.current.idempotency && !this.externalIds.spend(clientId, externalId)) {
      throw new SnapError(
        409,
        '00',
        `Conflict: X-EXTERNAL-ID "${externalId}" was used before today; make a new one for each call.`,
      );
    }
    return { merchant, externalId };
  }

  /** The customer behind `Authorization-Customer`, if it was sent. */
  findCustomer(request: RawRequest, { clientId }: Merchant): Binding | undefined {
    const header = optionalHeader(request, 'Authorization-Customer');
    if (header === undefined) return undefined;
    const mayBeBare = this.settings.current.bareCustomerToken && !header.includes(' ');
    return this.findCustomerByToken(
      mayBeBare ? header : readBearer('Authorization-Customer', header),
      clientId,
    );
  }

  findCustomerByToken(text: string, clientId: string): Binding {
    const token = this.tokens.find('b2b2c', clientId, text);
    const binding = this.bindings.find(token?.authCode ?? '');
    if (token === undefined || binding === undefined) {
      throw new SnapError(
        401,
        '04',
        'Customer Token Not Found: this simulator gave it to no customer of this merchant.',
      );
    }
    const defect = this.tokens.defectOf(token);
    if (defect !== undefined) {
      throw new SnapError(401, '02', `Invalid Customer Token: ${defect}.`);
    }
    return binding;
  }

  private checkMerchantToken(text: string, clientId: string): void {
    const token = this.tokens.find('b2b', clientId, text);
    if (token === undefined) {
      throw new SnapError(
        401,
        '03',
        'Token Not Found (B2B): this simulator did not give it to this merchant.',
      );
    }
    const defect = this.tokens.defectOf(token);
    if (defect !== undefined) throw new SnapError(401, '01', `Invalid Token (B2B): ${defect}.`);
  }

  private findMerchant(header: string, clientId: string): Merchant {
    const merchant = this.merchants.find(clientId);
    if (merchant === undefined) {
      throw SnapError.unauthorized(
        `${header} "${clientId}" is not known; this simulator knows ${this.merchants.all.map((each) => `"${each.clientId}"`).join(', ')}.`,
      );
    }
    return merchant;
  }

  private checkTimestamp(timestamp: string): void {
    const time = parseWireTime(timestamp);
    if (time === undefined) {
      throw SnapError.malformed(
        'X-TIMESTAMP',
        'write YYYY-MM-DDTHH:mm:ss+07:00 or the same with Z, without milliseconds.',
      );
    }
    const now = this.clock.wireNow();
    const { timestampToleranceMs } = this.settings.current;
    const aheadMs = time.getTime() - now.getTime();
    // Timestamps are cut to whole seconds, which must not count against the caller.
    if (Math.abs(aheadMs) > timestampToleranceMs + 1_000) {
      const side = aheadMs > 0 ? 'ahead of' : 'behind';
      throw SnapError.unauthorized(
        `X-TIMESTAMP is ${Math.round(Math.abs(aheadMs) / 1_000)} s ${side} the gateway's clock (${toJakartaTime(now)}); at most ${timestampToleranceMs / 1_000} s are accepted.`,
      );
    }
  }
}

function readBearer(name: string, header: string): string {
  const token = /^Bearer (\S+)$/.exec(header)?.[1];
  if (token === undefined) {
    throw SnapError.malformed(name, 'it must be "Bearer ", then the token.');
  }
  return token;
}
