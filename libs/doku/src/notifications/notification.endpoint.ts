import type { IncomingMessage, ServerResponse } from 'node:http';

import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  RequestMethod,
} from '@nestjs/common';
import { type AbstractHttpAdapter, ApplicationConfig, HttpAdapterHost } from '@nestjs/core';

import { DOKU_OPTIONS } from '../doku.tokens.js';
import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';
import { describeFailure } from './describe-failure.js';
import { ListenerRegistry } from './listener.registry.js';
import { NonSnapNotificationReceiver } from './non-snap-notification.receiver.js';
import { NOT_PROCESSED, type NotificationReply, TOO_LARGE } from './notification-reply.js';
import { readRawBody, singleHeaders } from './raw-notification.js';

/** What of Express and Fastify is needed to stand in front of everything else. */
interface ExpressInstance {
  use(handler: (request: UrlMessage, response: ServerResponse, next: () => void) => void): unknown;
}
interface FastifyInstance {
  addHook(
    name: 'onRequest',
    hook: (
      request: { readonly raw: UrlMessage },
      reply: { readonly raw: ServerResponse; hijack(): unknown },
      done: () => void,
    ) => void,
  ): unknown;
}
/** Which routes an app already serves. */
const ROUTES = new WeakMap<AbstractHttpAdapter, Set<string>>();

type UrlMessage = IncomingMessage & { readonly originalUrl?: string };

/**
 * Serves the notification route in front of the host app's body parsers, guards, pipes, interceptors and
 * filters: none of them can change the bytes that are verified, or the answer that DOKU gets.
 */
@Injectable()
export class NotificationEndpoint implements OnApplicationBootstrap {
  private readonly logger = new Logger('DokuNotifications');
  private pathOnce: string | undefined;
  private unknownPlatform: string | undefined;

  constructor(
    @Inject(DOKU_OPTIONS) private readonly options: ResolvedDokuOptions,
    private readonly host: HttpAdapterHost,
    private readonly config: ApplicationConfig,
    private readonly listeners: ListenerRegistry,
    private readonly receiver: NonSnapNotificationReceiver,
  ) {
    if (!options.notifications.enabled) return;
    // Comes at once, or when the app is created: in any case before the app can add middleware of its own.
    host.init$.subscribe(() => {
      this.install(host.httpAdapter);
    });
  }

  onApplicationBootstrap(): void {
    const { enabled } = this.options.notifications;
    // An application context has no HTTP adapter, although the type says so.
    if (!enabled || !(this.host.httpAdapter as AbstractHttpAdapter | undefined)) return;
    this.assertKnownPlatform();
    this.assertAlone();
    this.logger.log(`notifications are taken in at POST ${this.path()}`);
    if (!this.listeners.hearsSuccessfulPayments()) {
      this.logger.warn(
        "nothing listens to payment.succeeded: add @OnDokuEvent('payment.succeeded') to a method of a provider, or set notifications.enabled to false (plain @OnEvent listeners do not count: they are not retried)",
      );
    }
  }

  private assertKnownPlatform(): void {
    if (this.unknownPlatform === undefined) return;
    throw new DokuConfigurationError(
      `cannot be served on the HTTP platform "${this.unknownPlatform}"`,
      'notifications',
      'Use @nestjs/platform-express or @nestjs/platform-fastify, or set notifications.enabled to false.',
    );
  }

  /** The first registration would answer the merchants of the second with 401. */
  private assertAlone(): void {
    const paths = ROUTES.get(this.host.httpAdapter) ?? new Set<string>();
    ROUTES.set(this.host.httpAdapter, paths);
    if (paths.has(this.path())) {
      throw new DokuConfigurationError(
        `DokuModule is registered twice, and both serve POST ${this.path()}`,
        'notifications.path',
        'Register it once (isGlobal: true) and name further merchants in "merchants", or give the second its own path.',
      );
    }
    paths.add(this.path());
  }

  private install(adapter: AbstractHttpAdapter): void {
    const type = adapter.getType();
    if (type === 'express') {
      adapter.getInstance<ExpressInstance>().use((request, response, next) => {
        if (this.isOurs(request)) void this.serve(request, response);
        else next();
      });
    } else if (type === 'fastify') {
      adapter.getInstance<FastifyInstance>().addHook('onRequest', (request, reply, done) => {
        if (!this.isOurs(request.raw)) {
          done();
          return;
        }
        reply.hijack();
        void this.serve(request.raw, reply.raw);
      });
    } else {
      // Thrown here, inside an observer, it would come up where nobody can catch it.
      this.unknownPlatform = type;
    }
  }

  private isOurs({ method, url = '' }: IncomingMessage): boolean {
    if (method !== 'POST') return false;
    const query = url.indexOf('?');
    const path = query < 0 ? url : url.slice(0, query);
    return path === this.path() || path === `${this.path()}/`;
  }

  /** Known only once the app is set up: it may set its global prefix after the module was made. */
  private path(): string {
    return (this.pathOnce ??= this.globalPrefix() + this.options.notifications.paths.nonSnap);
  }

  private globalPrefix(): string {
    const { nonSnap } = this.options.notifications.paths;
    const prefix = this.config.getGlobalPrefix().replace(/^\/+|\/+$/g, '');
    const { exclude = [] } = this.config.getGlobalPrefixOptions();
    const isExcluded = exclude.some(
      ({ pathRegex, requestMethod }) =>
        (requestMethod === RequestMethod.ALL || requestMethod === RequestMethod.POST) &&
        pathRegex.test(nonSnap),
    );
    return prefix === '' || isExcluded ? '' : `/${prefix}`;
  }

  private async serve(request: UrlMessage, response: ServerResponse): Promise<void> {
    let reply: NotificationReply;
    try {
      const received = await this.receive(request);
      if (received === 'aborted') return;
      reply = received;
    } catch (error) {
      const { summary, stack } = describeFailure(error);
      this.logger.error(`a notification could not be processed: ${summary}`, stack);
      reply = NOT_PROCESSED;
    }
    // Something in front of us has answered already, or the caller is gone.
    if (response.headersSent || response.destroyed) return;
    response.writeHead(reply.status, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(reply.body),
      // The rest of an unread body would be taken for the next request.
      ...(request.complete ? {} : { Connection: 'close' }),
    });
    response.end(reply.body);
  }

  private async receive(request: UrlMessage): Promise<NotificationReply | 'aborted'> {
    if (!this.listeners.isReady) {
      this.logger.warn('refused cause="the app has not started yet"');
      return NOT_PROCESSED;
    }
    const body = await readRawBody(request);
    switch (body) {
      case 'aborted':
        return 'aborted';
      case 'too-large':
        this.logger.warn('refused cause="the body is larger than 64 KB"');
        return TOO_LARGE;
      case 'consumed':
        this.logger.error(
          'the body was consumed before the notification route could read it: a body parser stands in front of the Nest app; exclude the route from it',
        );
        return NOT_PROCESSED;
      default:
        return this.receiver.receive({
          url: request.originalUrl ?? request.url ?? '',
          header: singleHeaders(request),
          body,
        });
    }
  }
}
