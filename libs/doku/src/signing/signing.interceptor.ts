import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import type { InternalAxiosRequestConfig } from 'axios';

import { signNonSnapRequest } from './non-snap-signature.js';
import { SigningContext } from './signing-context.js';
import { nonSnapTimestamp } from './timestamp.js';

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
    const context = 'signing' in request ? request.signing : undefined;
    if (!(context instanceof SigningContext)) {
      throw new TypeError('Requests to DOKU go through DokuClient, which knows how to sign them.');
    }
    const { clientId, secretKey } = context.merchant;
    const { requestId } = context;
    const timestamp = nonSnapTimestamp(new Date());
    const target = pathOf(request.url ?? '');
    const body = bodyOf(request.data);
    const signature = signNonSnapRequest({
      clientId,
      requestId,
      timestamp,
      target,
      body,
      secretKey,
    });
    request.headers.set({
      'Client-Id': clientId,
      'Request-Id': requestId,
      'Request-Timestamp': timestamp,
      Signature: signature,
    });
    return request;
  }
}

function bodyOf(data: unknown): Buffer | undefined {
  if (data === undefined || Buffer.isBuffer(data)) return data;
  throw new TypeError('The body of a signed request must be serialised before it is signed.');
}

/** Path of an absolute URL as axios sends it: `DokuClient` lets nothing pass that needs normalising. */
function pathOf(url: string): string {
  return url.slice(url.indexOf('/', url.indexOf('//') + 2));
}
