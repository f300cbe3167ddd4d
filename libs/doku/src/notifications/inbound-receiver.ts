import type { NotificationReply } from './notification-reply.js';
import type { RawNotification } from './raw-notification.js';

/** Answers the calls to one of our routes, in the form of its scheme. */
export interface InboundReceiver {
  receive(request: RawNotification): NotificationReply | Promise<NotificationReply>;
  /** What a body that is too large is answered. */
  readonly tooLarge: NotificationReply;
  /** What makes DOKU call again. */
  readonly notProcessed: NotificationReply;
}
