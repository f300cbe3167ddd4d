import type { Provider } from '@nestjs/common';

import { DOKU_OPTIONS } from '../doku.tokens.js';
import { CALL_INTENTS, type CallIntents, NO_INTENTS } from '../http/call-intents.js';
import { isDurable } from '../notifications/durable-delivery.js';
import {
  NOTIFICATION_DELIVERY,
  type NotificationDelivery,
} from '../notifications/notification-delivery.js';
import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';
import { DokuReconciler } from './doku-reconciler.js';
import { IntentRecorder } from './intent-recorder.js';
import { MoneyOperations } from './money-operations.js';
import { StatusQuery } from './status-query.js';

/** Recording of calls, and asking for them. */
export const RECONCILIATION_PROVIDERS: Provider[] = [
  MoneyOperations,
  StatusQuery,
  DokuReconciler,
  {
    provide: CALL_INTENTS,
    inject: [DOKU_OPTIONS, NOTIFICATION_DELIVERY, MoneyOperations],
    useFactory: (
      { reconciliation }: ResolvedDokuOptions,
      delivery: NotificationDelivery,
      operations: MoneyOperations,
    ): CallIntents =>
      reconciliation.enabled && isDurable(delivery)
        ? new IntentRecorder(operations, delivery.intents, reconciliation.bestEffort)
        : NO_INTENTS,
  },
];
