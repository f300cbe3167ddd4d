import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

import type { HttpModuleOptions } from '@nestjs/axios';

/** No answer of DOKU is near this size; it bounds the memory that a wrong host can take. */
const MAX_ANSWER_BYTES = 1_048_576;

/** Settings of the module's own axios instance, so that bytes go out and come in untouched. */
export function dokuHttpOptions(): HttpModuleOptions {
  return {
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
    // A proxy from the environment would see the secrets, and a redirect would carry them elsewhere.
    proxy: false,
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER_BYTES,
    responseType: 'arraybuffer',
    transformRequest: [(body: unknown) => body],
    transformResponse: [(body: unknown) => body],
    // Every status is an answer; what it means is decided in one place.
    validateStatus: () => true,
  };
}
