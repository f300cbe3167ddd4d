import { Injectable } from '@nestjs/common';
import { messageOf } from './error-text.js';
import { checkFields } from './field-rules.js';
import { GatewayError } from './gateway-error.js';
import { isJsonObject, type JsonObject } from './json.js';
import { MerchantDirectory, type Merchant } from './merchants.js';
import { OperationCatalogue } from './operation-catalogue.js';
import { headerValues, pathOf, urlOf, type RawRequest } from './raw-request.js';
import { Settings } from './settings.js';
import {
  createSignature,
  createStringToSign,
  isSameSignature,
  toWireTimestamp,
  type SignedParts,
} from './signature.js';
import { explainMismatch } from './signature-diagnosis.js';
import { SimulatorClock } from './simulator-clock.js';
import type { Operation } from './operation.js';

const LONGEST_REQUEST_ID = 128;
const WIRE_TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** The four headers of every non-SNAP call (reference 1.1). */
type RequiredHeader = 'Client-Id' | 'Request-Id' | 'Request-Timestamp' | 'Signature';

/** Whom a call comes from, once its headers and signature are checked. */
export interface AuthenticCall {
  readonly merchant: Merchant;
  readonly requestId: string;
}

/** Checks calls in a fixed order, and says exactly which part differs. */
@Injectable()
export class CallChecks {
  constructor(
    private readonly merchants: MerchantDirectory,
    private readonly catalogue: OperationCatalogue,
    private readonly settings: Settings,
    private readonly clock: SimulatorClock,
  ) {}

  /**
   * Headers, Client-Id, Request-Id, timestamp and signature, in this order.
   * @param onStringToSign - told what should have been signed, as soon as it is known
   * @throws {@link GatewayError} of type `AUTHENTICATION`
   */
  authenticate(request: RawRequest, onStringToSign: (text: string) => void): AuthenticCall {
    const headers = this.readHeaders(request);
    const clientId = headers['Client-Id'];
    const requestId = headers['Request-Id'];
    const timestamp = headers['Request-Timestamp'];
    const body = request.rawBody ?? Buffer.alloc(0);
    const parts: SignedParts = {
      clientId,
      requestId,
      timestampName: 'Request-Timestamp',
      timestamp,
      target: pathOf(request),
      ...(request.method === 'GET' ? {} : { body }),
    };
    const stringToSign = createStringToSign(parts);
    onStringToSign(stringToSign);

    const merchant = this.merchants.find(clientId);
    if (merchant === undefined) {
      throw new GatewayError(
        'AUTHENTICATION',
        'UNKNOWN_CLIENT_ID',
        `Client-Id "${clientId}" is not known to this simulator; it knows ${this.merchants.all.map((each) => `"${each.clientId}"`).join(', ')}. Change the caller's client id, or start the simulator with it.`,
      );
    }
    this.checkRequestId(requestId);
    this.checkTimestamp(timestamp);

    const given = headers.Signature;
    if (!isSameSignature(given, createSignature(stringToSign, merchant.secretKey))) {
      const finding = explainMismatch({
        parts,
        body,
        url: urlOf(request),
        host: request.headers.host ?? '',
        given,
        secretKey: merchant.secretKey,
        knownPaths: this.catalogue.all.map(({ path }) => path),
        otherMerchants: this.merchants.all.filter((each) => each !== merchant),
      });
      throw new GatewayError(
        'AUTHENTICATION',
        'INVALID_SIGNATURE',
        `Signature does not fit. ${finding}`,
        { stringToSign },
      );
    }
    return { merchant, requestId };
  }

  /**
   * The body as an object that keeps to the operation's field table.
   * @throws {@link GatewayError} of type `VALIDATION`
   */
  readBody(operation: Operation, rawBody: Buffer): JsonObject {
    if (operation.method === 'GET') return {};
    let body: unknown;
    try {
      body = JSON.parse(rawBody.toString('utf8'));
    } catch (error) {
      const reason = messageOf(error);
      throw new GatewayError('VALIDATION', 'INVALID_JSON', `The body is not JSON: ${reason}.`);
    }
    if (!isJsonObject(body)) {
      throw new GatewayError('VALIDATION', 'INVALID_JSON', 'The body must be a JSON object.');
    }
    checkFields(body, operation.fields);
    return body;
  }

  private readHeaders(request: RawRequest): Record<RequiredHeader, string> {
    const read = (name: RequiredHeader): string => {
      const values = headerValues(request, name);
      const value = values[0];
      if (value === undefined || value === '') {
        throw new GatewayError('AUTHENTICATION', 'MISSING_HEADER', `Header ${name} is missing.`);
      }
      if (values.length > 1) {
        throw new GatewayError(
          'AUTHENTICATION',
          'DUPLICATE_HEADER',
          `Header ${name} was sent ${values.length} times; send it once.`,
        );
      }
      return value;
    };
    return {
      'Client-Id': read('Client-Id'),
      'Request-Id': read('Request-Id'),
      'Request-Timestamp': read('Request-Timestamp'),
      Signature: read('Signature'),
    };
  }

  private checkRequestId(requestId: string): void {
    if (requestId.length > LONGEST_REQUEST_ID) {
      throw new GatewayError(
        'AUTHENTICATION',
        'INVALID_REQUEST_ID',
        `Request-Id must have 1 to ${LONGEST_REQUEST_ID} characters, not ${requestId.length}.`,
      );
    }
  }

  private checkTimestamp(timestamp: string): void {
    const time = Date.parse(timestamp);
    // Date.parse rolls impossible days over in some engines; the round trip notices.
    const isReal = Number.isFinite(time) && toWireTimestamp(new Date(time)) === timestamp;
    if (!WIRE_TIMESTAMP.test(timestamp) || !isReal) {
      throw new GatewayError(
        'AUTHENTICATION',
        'INVALID_TIMESTAMP',
        `Request-Timestamp must be UTC as YYYY-MM-DDTHH:mm:ssZ, without fractions; given: "${timestamp}".`,
      );
    }
    const now = this.clock.wireNow();
    const { timestampToleranceMs } = this.settings.current;
    const aheadMs = time - now.getTime();
    // Timestamps are cut to whole seconds, which must not count against the caller.
    if (Math.abs(aheadMs) > timestampToleranceMs + 1_000) {
      const side = aheadMs > 0 ? 'ahead of' : 'behind';
      throw new GatewayError(
        'AUTHENTICATION',
        'TIMESTAMP_OUT_OF_RANGE',
        `Request-Timestamp is ${Math.round(Math.abs(aheadMs) / 1_000)} s ${side} the gateway's clock (${toWireTimestamp(now)}); at most ${timestampToleranceMs / 1_000} s are accepted. Set the clock right, and send UTC rather than local time.`,
      );
    }
  }
}
