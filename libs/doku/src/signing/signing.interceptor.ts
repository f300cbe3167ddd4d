import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import type { InternalAxiosRequestConfig } from 'axios';

import { signNonSnapRequest } from './non-snap-signature.js';
import { NonSnapSigning, SnapSigning, SnapTokenSigning } from './signing-context.js';
import { signSnapTokenRequest } from './snap-token-signature.js';
import { signSnapTransaction } from './snap-transaction-signature.js';
import { nonSnapTimestamp, snapTimestamp } from './timestamp.js';

/**
 * Signs every request that leaves through the module's own `HttpService`, as the last step before axios
 * sends it: the body must already be the bytes that go out, and nothing may touch them afterwards.
 */
@Injectable()
export class SigningInterceptor {
  constructor(http: HttpService) {
    // In the constructor, so that no request can overtake it.
    http.axiosRef.interceptors.request.use((request) => this.sign(request), null, {
      synchronous: true,
    });
  }

  private sign(request: InternalAxiosRequestConfig): InternalAxiosRequestConfig {
    request.headers.set(signedHeaders(request));
    return request;
  }
}

function signedHeaders(request: InternalAxiosRequestConfig): Record<string, string> {
  const signing = 'signing' in request ? request.signing : undefined;
  if (signing instanceof NonSnapSigning) return nonSnapHeaders(signing, request);
  if (signing instanceof SnapSigning) return snapHeaders(signing, request);
  if (signing instanceof SnapTokenSigning) return snapTokenHeaders(signing);
  throw new TypeError('Requests to DOKU go through DokuClient, which knows how to sign them.');
}

function nonSnapHeaders(
  { clientId, secretKey, requestId, at }: NonSnapSigning,
  { url, data }: InternalAxiosRequestConfig,
): Record<string, string> {
  const timestamp = nonSnapTimestamp(at);
  const target = pathOf(url ?? '');
  const body = bodyOf(data);
  return {
    'Client-Id': clientId,
    'Request-Id': requestId,
    'Request-Timestamp': timestamp,
    Signature: signNonSnapRequest({ clientId, requestId, timestamp, target, body, secretKey }),
  };
}

function snapHeaders(
  { clientId, secretKey, externalId, at, accessToken, headers }: SnapSigning,
  { method = '', url, data }: InternalAxiosRequestConfig,
): Record<string, string> {
  const timestamp = snapTimestamp(at);
  return {
    ...headers,
    Authorization: `Bearer ${accessToken}`,
    'X-PARTNER-ID': clientId,
    'X-EXTERNAL-ID': externalId,
    'X-TIMESTAMP': timestamp,
    'X-SIGNATURE': signSnapTransaction({
      method: method.toUpperCase(),
      path: pathOf(url ?? ''),
      accessToken,
      body: bodyOf(data) ?? '',
      timestamp,
      secretKey,
    }),
  };
}

function snapTokenHeaders({ clientId, privateKey, at }: SnapTokenSigning): Record<string, string> {
  const timestamp = snapTimestamp(at);
  return {
    'X-CLIENT-KEY': clientId,
    'X-TIMESTAMP': timestamp,
    'X-SIGNATURE': signSnapTokenRequest({ clientId, timestamp, privateKey }),
  };
}

function bodyOf(data: unknown): Buffer | undefined {
  if (data === undefined || Buffer.isBuffer(data)) return data;
  throw new TypeError('The body of a signed request must be serialised before it is signed.');
}

/** Path of an absolute URL as axios sends it: `DokuClient` lets nothing pass that needs normalising. */
function pathOf(url: string): string {
  return url.slice(url.indexOf('/', url.indexOf('//') + 2));
}
