import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../engine/change-feed.js';
import { MerchantDirectory } from '../engine/merchants.js';
import { Settings } from '../engine/settings.js';
import { SimulatorClock } from '../engine/simulator-clock.js';
import { createDigits } from '../snap/reference-numbers.js';
import { NotificationSender } from './notification-sender.js';
import { SnapNotificationSender } from './snap-notification-sender.js';
import type { JsonObject } from '../engine/json.js';
import type { Scheme } from '../engine/operation.js';
import type { Breakage, DeliveryAttempt, SimulatedNotification } from './notification.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** When a notification is tried again, counted from its first attempt (reference 4.5). */
const RETRY_AFTER_MS = [30 * MINUTE_MS, 6 * HOUR_MS, 12 * HOUR_MS] as const;

/** What is to be told to a merchant. */
export interface NotificationOrder {
  readonly clientId: string;
  readonly body: JsonObject;
  /** @defaultValue `'non-snap'` */
  readonly scheme?: Scheme;
  /** Instead of the merchant's own URL. */
  readonly url?: string;
}

/** Keeps notifications, delivers them and tries again on the virtual clock. */
@Injectable()
export class NotificationOutbox {
  private readonly notifications: SimulatedNotification[] = [];
  private readonly cancelRetry = new Map<SimulatedNotification, () => void>();

  constructor(
    private readonly sender: NotificationSender,
    private readonly snapSender: SnapNotificationSender,
    private readonly merchants: MerchantDirectory,
    private readonly clock: SimulatorClock,
    private readonly settings: Settings,
    private readonly feed: ChangeFeed,
  ) {}

  /** Sends as soon as `after` is settled, unless notifications are switched off. */
  enqueue(order: NotificationOrder, after: Promise<void>): SimulatedNotification {
    const notification = this.keep(order);
    if (notification.state === 'undeliverable') return notification;
    if (!this.settings.current.notifications) {
      notification.state = 'held';
      return notification;
    }
    void this.clock.track(async () => {
      await after;
      await this.attemptOnSchedule(notification);
    });
    return notification;
  }

  /** Sends at once, whether or not notifications are switched on. */
  async sendNow(order: NotificationOrder): Promise<SimulatedNotification> {
    const notification = this.keep(order);
    if (notification.state !== 'undeliverable') {
      await this.clock.track(() => this.attemptOnSchedule(notification));
    }
    return notification;
  }

  /** Sends again by hand, `copies` times at once. An acknowledged copy ends the retries. */
  async resend(
    notification: SimulatedNotification,
    { copies = 1, broken }: { readonly copies?: number; readonly broken?: Breakage } = {},
  ): Promise<DeliveryAttempt[]> {
    if (notification.state === 'held' && broken === undefined && copies === 1) {
      // At once, not when it has been answered: two resends together must not plan retries twice.
      notification.state = 'waiting';
      this.feed.announce();
      await this.clock.track(() => this.attemptOnSchedule(notification));
      return notification.attempts;
    }
    const attempts: Promise<DeliveryAttempt>[] = [];
    for (let copy = 0; copy < copies; copy++) {
      attempts.push(this.attempt(notification, createId(notification.scheme), broken));
    }
    return Promise.all(attempts);
  }

  find(id: string): SimulatedNotification | undefined {
    return this.notifications.find((notification) => notification.id === id);
  }

  /** Oldest first. */
  all(): readonly SimulatedNotification[] {
    return this.notifications;
  }

  private keep(order: NotificationOrder): SimulatedNotification {
    const { clientId, body, url, scheme = 'non-snap' } = order;
    const merchant = this.merchants.find(clientId);
    const own = scheme === 'snap' ? merchant?.snapNotificationUrl : merchant?.notificationUrl;
    const target = url ?? own ?? null;
    const notification: SimulatedNotification = {
      id: `ntf-${this.notifications.length + 1}`,
      createdAt: this.clock.now().toISOString(),
      clientId,
      scheme,
      requestId: createId(scheme),
      url: target,
      body,
      state: target === null ? 'undeliverable' : 'waiting',
      nextAttemptAt: null,
      attempts: [],
    };
    this.notifications.push(notification);
    this.feed.announce();
    return notification;
  }

  /** First attempt; plans the next ones if it is not acknowledged. */
  private async attemptOnSchedule(notification: SimulatedNotification): Promise<void> {
    const firstAt = this.clock.now().getTime();
    await this.attempt(notification, notification.requestId);
    this.planRetry(notification, firstAt, 0);
  }

  private planRetry(notification: SimulatedNotification, firstAt: number, retry: number): void {
    if (notification.state === 'delivered') return;
    const afterMs = RETRY_AFTER_MS[retry];
    if (afterMs === undefined) {
      notification.state = 'failed';
      notification.nextAttemptAt = null;
      this.feed.announce();
      return;
    }
    const dueAt = new Date(firstAt + afterMs);
    notification.state = 'retrying';
    notification.nextAttemptAt = dueAt.toISOString();
    const cancel = this.clock.schedule(dueAt, async () => {
      await this.attempt(notification, notification.requestId);
      this.planRetry(notification, firstAt, retry + 1);
    });
    this.cancelRetry.set(notification, cancel);
    this.feed.announce();
  }

  private async attempt(
    notification: SimulatedNotification,
    requestId: string,
    broken?: Breakage,
  ): Promise<DeliveryAttempt> {
    const merchant = this.merchants.find(notification.clientId);
    if (merchant === undefined || notification.url === null) {
      throw new Error(`Notification ${notification.id} has no receiver`);
    }
    const sender = notification.scheme === 'snap' ? this.snapSender : this.sender;
    const attempt = await sender.send({
      id: notification.id,
      merchant,
      url: notification.url,
      requestId,
      body: notification.body,
      ...(broken && { broken }),
    });
    notification.attempts.push(attempt);
    // A spoilt copy that is accepted acknowledges nothing: the genuine one still has to arrive.
    if (isAcknowledged(attempt) && broken === undefined) {
      notification.state = 'delivered';
      notification.nextAttemptAt = null;
      this.cancelRetry.get(notification)?.();
      this.cancelRetry.delete(notification);
    }
    this.feed.announce();
    return attempt;
  }
}

/** SNAP's ids are numeric (snap reference 5). */
function createId(scheme: Scheme): string {
  return scheme === 'snap' ? createDigits(24) : randomUUID();
}

function isAcknowledged({ status }: DeliveryAttempt): boolean {
  return status !== null && status >= 200 && status < 300;
}
