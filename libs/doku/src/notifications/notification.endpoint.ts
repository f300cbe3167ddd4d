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
import { IS_WORKER_APP } from './delivery.providers.js';
import { describeFailure } from './describe-failure.js';
import { isDurable } from './durable-delivery.js';
import { NOTIFICATION_DELIVERY, type NotificationDelivery } from './notification-delivery.js';
import { ListenerRegistry } from './listener.registry.js';
import type { InboundReceiver } from './inbound-receiver.js';
import { NonSnapNotificationReceiver } from './non-snap-notification.receiver.js';
import type { NotificationReply } from './notification-reply.js';
import { readHeaders, readRawBody } from './raw-notification.js';
import { publishRefusal, reportRefusal } from './refused-call.js';
import { SnapNotificationReceiver } from './snap-notification.receiver.js';
import { SnapTokenReceiver } from './snap-token.receiver.js';

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
const SERVED = new WeakMap<AbstractHttpAdapter, Set<string>>();

type UrlMessage = IncomingMessage & { readonly originalUrl?: string };

/** One of our routes. */
interface Route {
  /** Name of its option in `notifications.paths`. */
  readonly name: 'nonSnap' | 'token' | 'snap';
  readonly receiver: InboundReceiver;
}

/**
 * Serves the routes that DOKU calls, in front of the host app's body parsers, guards, pipes, interceptors and
 * filters: none of them can change the bytes that are verified, or the answer that DOKU gets.
 */
@Injectable()
export class NotificationEndpoint implements OnApplicationBootstrap {
  private readonly logger = new Logger('DokuNotifications');
  private readonly routes: readonly Route[];
  private readonly isServing: boolean;
  private routesByPath: ReadonlyMap<string, Route> | undefined;
  private unknownPlatform: string | undefined;

  constructor(
    @Inject(DOKU_OPTIONS) private readonly options: ResolvedDokuOptions,
    private readonly host: HttpAdapterHost,
    private readonly config: ApplicationConfig,
    private readonly listeners: ListenerRegistry,
    @Inject(NOTIFICATION_DELIVERY) private readonly delivery: NotificationDelivery,
    @Inject(IS_WORKER_APP) isWorkerApp: boolean,
    nonSnap: NonSnapNotificationReceiver,
    token: SnapTokenReceiver,
    snap: SnapNotificationReceiver,
  ) {
    this.routes = [
      { name: 'nonSnap', receiver: nonSnap },
      { name: 'snap', receiver: snap },
      { name: 'token', receiver: token },
    ];
    this.isServing = options.notifications.enabled && !isWorkerApp;
    if (!this.isServing) return;
    // Comes at once, or when the app is created: in any case before the app can add middleware of its own.
    host.init$.subscribe(() => {
      // A worker's application context has none, although the type says so.
      const adapter = host.httpAdapter as AbstractHttpAdapter | null | undefined;
      if (adapter) this.install(adapter);
    });
  }

  onApplicationBootstrap(): void {
    // An application context has no HTTP adapter, although the type says so.
    if (!this.isServing || !(this.host.httpAdapter as AbstractHttpAdapter | undefined)) return;
    this.assertKnownPlatform();
    this.assertAlone();
    const [nonSnap, snap, token] = this.paths().keys();
    this.logger.log(
      `notifications are taken in at POST ${nonSnap} and, of SNAP, at POST ${snap} with tokens from POST ${token}`,
    );
    const runsListeners = !isDurable(this.delivery) || this.delivery.runsListeners;
    if (runsListeners && !this.listeners.hearsSuccessfulPayments()) {
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
    const served = SERVED.get(this.host.httpAdapter) ?? new Set<string>();
    SERVED.set(this.host.httpAdapter, served);
    for (const [path, { name }] of this.paths()) {
      if (served.has(path)) {
        throw new DokuConfigurationError(
          `DokuModule is registered twice, and both serve POST ${path}`,
          `notifications.paths.${name}`,
          'Register it once (isGlobal: true) and name further merchants in "merchants", or give the second its own notifications.path.',
        );
      }
      served.add(path);
    }
  }

  private install(adapter: AbstractHttpAdapter): void {
    const type = adapter.getType();
    if (type === 'express') {
      adapter.getInstance<ExpressInstance>().use((request, response, next) => {
        const receiver = this.receiverOf(request);
        if (receiver) void this.serve(receiver, request, response);
        else next();
      });
    } else if (type === 'fastify') {
      adapter.getInstance<FastifyInstance>().addHook('onRequest', (request, reply, done) => {
        const receiver = this.receiverOf(request.raw);
        if (!receiver) {
          done();
          return;
        }
        reply.hijack();
        void this.serve(receiver, request.raw, reply.raw);
      });
    } else {
      // Thrown here, inside an observer, it would come up where nobody can catch it.
      this.unknownPlatform = type;
    }
  }

  private receiverOf({ method, url = '' }: IncomingMessage): InboundReceiver | undefined {
    if (method !== 'POST') return undefined;
    const query = url.indexOf('?');
    const path = query < 0 ? url : url.slice(0, query);
    const route = this.paths().get(path.endsWith('/') ? path.slice(0, -1) : path);
    return route?.receiver;
  }

  /** Known only once the app is set up: it may set its global prefix after the module was made. */
  private paths(): ReadonlyMap<string, Route> {
    return (this.routesByPath ??= new Map(
      this.routes.map((route) => {
        const path = this.options.notifications.paths[route.name];
        return [this.globalPrefixOf(path) + path, route];
      }),
    ));
  }

  private globalPrefixOf(path: string): string {
    const prefix = this.config.getGlobalPrefix().replace(/^\/+|\/+$/g, '');
    const { exclude = [] } = this.config.getGlobalPrefixOptions();
    const isExcluded = exclude.some(
      ({ pathRegex, requestMethod }) =>
        (requestMethod === RequestMethod.ALL || requestMethod === RequestMethod.POST) &&
        pathRegex.test(path),
    );
    return prefix === '' || isExcluded ? '' : `/${prefix}`;
  }

  private async serve(
    receiver: InboundReceiver,
    request: UrlMessage,
    response: ServerResponse,
  ): Promise<void> {
    let reply: NotificationReply;
    try {
      const received = await this.receive(receiver, request);
      if (received === 'aborted') return;
      reply = received;
    } catch (error) {
      const { summary, stack } = describeFailure(error);
      this.logger.error(`a call of DOKU could not be processed: ${summary}`, stack);
      reply = receiver.notProcessed;
      publishRefusal({ cause: 'it could not be processed', status: reply.status });
    }
    // Something in front of us has answered already, or the caller is gone.
    if (response.headersSent || response.destroyed) return;
    response.writeHead(reply.status, {
      ...reply.headers,
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(reply.body),
      // The rest of an unread body would be taken for the next request; and what shuts down takes none.
      ...(request.complete && reply.status !== 503 ? {} : { Connection: 'close' }),
    });
    response.end(reply.body);
  }

  private async receive(
    receiver: InboundReceiver,
    request: UrlMessage,
  ): Promise<NotificationReply | 'aborted'> {
    if (!this.listeners.isReady) {
      return this.refuse('the app has not started yet', receiver.notProcessed);
    }
    const body = await readRawBody(request);
    switch (body) {
      case 'aborted':
        return 'aborted';
      case 'too-large':
        return this.refuse('the body is larger than 64 KB', receiver.tooLarge);
      case 'consumed':
        this.logger.error(
          'the body was consumed before the notification route could read it: a body parser stands in front of the Nest app; exclude the route from it',
        );
        publishRefusal({
          cause: 'the body was consumed before it could be read',
          status: receiver.notProcessed.status,
        });
        return receiver.notProcessed;
      default:
        return receiver.receive({
          url: request.originalUrl ?? request.url ?? '',
          ...readHeaders(request),
          body,
        });
    }
  }
  private refuse(cause: string, reply: NotificationReply): NotificationReply {
    reportRefusal(this.logger, { cause, status: reply.status });
    return reply;
  }
}
