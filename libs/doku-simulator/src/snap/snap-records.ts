import { Injectable } from '@nestjs/common';
import { isJsonObject } from '../engine/json.js';
import { locateMembers } from '../engine/json-text.js';
import { headersAsSent, headerValues, urlOf, type RawRequest } from '../engine/raw-request.js';
import { RequestRecorder, type RecordedRequest } from '../engine/request-recorder.js';
import { Settings } from '../engine/settings.js';
import { hashToken } from './token-book.js';

const TOKEN_HEADERS = ['authorization', 'authorization-customer'];
/** However KKI calls its own. */
const WALLET_OTP_MEMBER = 'otp';
const TOKEN_MEMBERS = ['tokenId', 'refreshToken'];
/** In a body that cannot be read, any digits as long as an OTP may be secret. */
/** Members that may hold nothing but digits, and no secret. */
const DIGIT_MEMBERS = [
  'partnerReferenceNo',
  'originalPartnerReferenceNo',
  'originalReferenceNo',
  'originalExternalId',
  'partnerRefundNo',
  'custIdMerchant',
  'phoneNo',
  'idCard',
  'dateOfBirth',
  'merchantId',
  'subMerchantId',
  'externalStoreId',
  'merchantTrxId',
  'deviceId',
  'authCode',
];
const SUSPICIOUS_DIGITS = /[0-9]{8,}/g;

/** Keeps SNAP calls without their secrets: tokens as hashes, card numbers and OTPs masked. */
@Injectable()
export class SnapRecords {
  constructor(
    private readonly recorder: RequestRecorder,
    private readonly settings: Settings,
  ) {}

  begin(operation: string, request: RawRequest): RecordedRequest {
    const headers = Object.entries(headersAsSent(request)).map(([name, value]) =>
      TOKEN_HEADERS.includes(name.toLowerCase())
        ? [name, [value].flat().map(maskAuthorization).join(', ')]
        : [name, value],
    );
    const record = this.recorder.begin({
      operation,
      method: request.method ?? 'POST',
      path: urlOf(request),
      headers: Object.fromEntries(headers) as RecordedRequest['headers'],
      body: this.maskBody((request.rawBody ?? Buffer.alloc(0)).toString('utf8')),
    });
    const externalId = headerValues(request, 'X-EXTERNAL-ID')[0];
    if (externalId !== undefined) record.externalId = externalId;
    const b2b = headerValues(request, 'Authorization')[0];
    if (b2b !== undefined) record.b2bTokenId = hashToken(tokenOf(b2b));
    const customer = headerValues(request, 'Authorization-Customer')[0];
    if (customer !== undefined) record.customerTokenId = hashToken(tokenOf(customer));
    return record;
  }

  /** The string to sign as it may be shown: the token in it as its hash. */
  maskStringToSign(stringToSign: string, request: RawRequest): string {
    const header = headerValues(request, 'Authorization')[0];
    const token = header === undefined ? '' : tokenOf(header);
    return token === '' ? stringToSign : stringToSign.replace(`:${token}:`, `:${nameOf(token)}:`);
  }

  private maskBody(text: string): string {
    try {
      return this.maskMembers(text);
    } catch {
      // Not JSON, or nested beyond all reason.
      return text.replaceAll(SUSPICIOUS_DIGITS, '****');
    }
  }

  private maskMembers(text: string): string {
    if (!isJsonObject(JSON.parse(text))) return text.replaceAll(SUSPICIOUS_DIGITS, '****');
    const { cpan, otp, token } = this.settings.current.kkiMembers;
    let masked = text;
    // From the end, so that places before stay right.
    const places = locateMembers(text).sort((a, b) => b.start - a.start);
    for (const { path, start, end } of places) {
      const name = path.at(-1) ?? '';
      const value = text.slice(start, end);
      if (/^[{[]/.test(value)) continue;
      const isOtp = name === otp || name === WALLET_OTP_MEMBER;
      if (name === cpan || isOtp) {
        masked = masked.slice(0, start) + maskDigits(value, isOtp) + masked.slice(end);
      } else if (!DIGIT_MEMBERS.includes(name) && /^"?[0-9]{8,20}"?$/.test(value)) {
        // A card number under a name that is being tried out.
        masked = masked.slice(0, start) + maskDigits(value, false) + masked.slice(end);
      } else if ([...TOKEN_MEMBERS, token].includes(name) && value.startsWith('"')) {
        const shown = JSON.stringify(nameOf(String(JSON.parse(value))));
        masked = masked.slice(0, start) + shown + masked.slice(end);
      }
    }
    return masked;
  }
}

/** A card number with its last four digits, as a JSON text; one sent as a number says so. */
function maskDigits(value: string, isWhole: boolean): string {
  const isText = value.startsWith('"');
  const digits = isText ? String(JSON.parse(value)) : value;
  const shown = isWhole ? '********' : maskCardNumber(digits);
  return JSON.stringify(isText ? shown : `number ${shown}`);
}

export function maskCardNumber(digits: string): string {
  return `************${digits.length > 12 ? digits.slice(-4) : ''}`;
}

function maskAuthorization(header: string): string {
  return header.replace(tokenOf(header), nameOf(tokenOf(header)));
}

function tokenOf(header: string): string {
  return header.replace(/^Bearer\s+/i, '');
}

function nameOf(token: string): string {
  return `<token ${hashToken(token)}>`;
}
