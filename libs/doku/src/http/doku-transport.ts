import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

import { HttpService } from '@nestjs/axios';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

import type { SigningContext } from '../signing/signing-context.js';
import type { CallDeadline } from './call-deadline.js';

/** One HTTP request, complete but for its signature. */
export interface OutgoingRequest {
  readonly method: 'POST' | 'GET';
  /** Absolute URL on the configured host. */
  readonly url: string;
  /** The bytes that are signed and sent. */
  readonly body: Buffer | undefined;
  readonly signing: SigningContext;
  /** Ends the attempt. */
  readonly deadline: CallDeadline;
}

/** What DOKU answered, untouched. */
export interface DokuAnswer {
  readonly status: number;
  /** The header's value; `undefined` when it is absent. */
  readonly header: (name: string) => string | undefined;
  readonly body: Buffer;
}

/** How one attempt ended. */
export type Attempt =
  | { readonly kind: 'answer'; readonly answer: DokuAnswer }
  /** `sent: false` only if certainly not a byte of the request left this process. */
  | { readonly kind: 'no-answer'; readonly sent: boolean; readonly reason: string };

/** Sends requests over the module's own axios instance. The only place that knows about axios. */
@Injectable()
export class DokuTransport implements OnApplicationShutdown {
  constructor(private readonly http: HttpService) {}

  /** Never rejects: that no answer came is a result, and axios' error holds secrets. */
  async send({ method, url, body, signing, deadline }: OutgoingRequest): Promise<Attempt> {
    const watch = new ConnectionWatch(deadline);
    try {
      const { status, headers, data } = await this.http.axiosRef.request<Buffer>({
        method,
        url,
        data: body,
        headers: {
          ...(body ? { 'Content-Type': 'application/json' } : {}),
          Accept: 'application/json',
        },
        transport: watch,
        ...{ signing },
      });
      const header = (name: string): string | undefined => {
        const value: unknown = headers[name];
        return typeof value === 'string' ? value : undefined;
      };
      return { kind: 'answer', answer: { status, header, body: data } };
    } catch (error) {
      return { kind: 'no-answer', sent: watch.connected, reason: reasonOf(error) };
    }
  }

  /** Closes idle connections. A call under way keeps its own: cutting it would leave its outcome unknown. */
  onApplicationShutdown(): void {
    const { httpAgent, httpsAgent } = this.http.axiosRef.defaults as {
      httpAgent?: http.Agent;
      httpsAgent?: https.Agent;
    };
    for (const agent of [httpAgent, httpsAgent]) {
      for (const sockets of Object.values(agent?.freeSockets ?? {})) {
        for (const socket of sockets ?? []) socket.destroy();
      }
    }
  }
}

/**
 * Watches whether a request got a connection. Node writes a request as soon as its socket is connected
 * (and its TLS handshake done), so before that, and only then, it is certain that DOKU saw nothing.
 */
class ConnectionWatch {
  connected = false;

  constructor(private readonly deadline: CallDeadline) {}

  /** Called by axios in place of `http.request` and `https.request`. */
  readonly request = (
    options: RequestOptions,
    onResponse: (response: IncomingMessage) => void,
  ): ClientRequest => {
    const request =
      options.protocol === 'https:'
        ? https.request(options, onResponse)
        : http.request(options, onResponse);
    request.once('socket', (socket) => {
      // A kept connection takes the request at once, and has had its handshake.
      if (request.reusedSocket) this.connected = true;
      else this.watch(socket);
    });
    this.deadline.onEnd(() => request.destroy());
    return request;
  };

  private watch(socket: Socket): void {
    const established = (): void => {
      this.connected = true;
    };
    if (socket instanceof TLSSocket) {
      socket.once('secureConnect', established);
    } else if (socket.connecting) {
      socket.once('connect', established);
    } else {
      established();
    }
  }
}

/** An error code at most: messages and causes of network errors can quote the request. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{2,60}$/.test(code) ? code : 'no usable answer';
}
