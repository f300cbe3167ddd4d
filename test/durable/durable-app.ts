import type { Type } from '@nestjs/common';
import type { DokuModuleOptions, DokuNotificationOptions } from 'nestjs-doku';
import { bullMqDelivery, type BullMqDeliveryOptions } from 'nestjs-doku/bullmq';

import type { EngineNamespace } from '../harness/engines.js';
import { HostApp, type PLATFORMS } from '../harness/host-app.js';

/** What a test changes of an app with durable delivery. */
export interface DurableSetup {
  readonly providers?: readonly Type[];
  readonly delivery?: Partial<BullMqDeliveryOptions>;
  readonly notifications?: Omit<DokuNotificationOptions, 'delivery'>;
  readonly options?: Partial<DokuModuleOptions>;
  readonly platform?: keyof typeof PLATFORMS;
}

/** An app whose delivery is durable, in a namespace of its own. */
export function startDurableApp(
  { connection, namespace }: EngineNamespace,
  { providers = [], delivery, notifications, options, platform = 'express' }: DurableSetup = {},
): Promise<HostApp> {
  return HostApp.start({
    platform,
    providers,
    ...(options ? { options } : {}),
    notifications: {
      ...notifications,
      delivery: bullMqDelivery({ connection, namespace, ...delivery }),
    },
  });
}
