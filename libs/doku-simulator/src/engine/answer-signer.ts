import { randomUUID } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { MerchantDirectory } from './merchants.js';
import { headerValues, pathOf, type RawRequest } from './raw-request.js';
import { createSignature, createStringToSign, toWireTimestamp } from './signature.js';
import { SimulatorClock } from './simulator-clock.js';
import type { FaultKind } from './faults.js';

/** Gives the answers of the non-SNAP family their headers and signature (reference 2.3). */
@Injectable()
export class AnswerSigner {
  constructor(
    private readonly merchants: MerchantDirectory,
    private readonly clock: SimulatorClock,
  ) {}

  headersFor(request: RawRequest, body: Buffer, fault?: FaultKind): OutgoingHttpHeaders {
    const clientId = headerValues(request, 'Client-Id')[0];
    const sentId = headerValues(request, 'Request-Id')[0];
    const requestId = fault === 'echo-mismatch' ? randomUUID() : sentId;
    const timestamp = toWireTimestamp(this.clock.wireNow());
    const headers: OutgoingHttpHeaders = {
      'Content-Type': 'application/json',
      'Content-Length': body.length,
      'Response-Timestamp': timestamp,
    };
    if (clientId !== undefined) headers['Client-Id'] = clientId;
    if (requestId !== undefined) headers['Request-Id'] = requestId;
    // An answer to a stranger cannot be signed.
    const merchant = clientId === undefined ? undefined : this.merchants.find(clientId);
    if (merchant === undefined || requestId === undefined || fault === 'unsigned') return headers;
    const stringToSign = createStringToSign({
      clientId: merchant.clientId,
      requestId,
      timestampName: 'Response-Timestamp',
      timestamp,
      target: pathOf(request),
      ...(request.method === 'GET' ? {} : { body }),
    });
    const secretKey = fault === 'wrong-signature' ? randomUUID() : merchant.secretKey;
    headers.Signature = createSignature(stringToSign, secretKey);
    return headers;
  }
}
