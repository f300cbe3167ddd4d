import type { BullMqDeliveryOptions } from 'nestjs-doku/bullmq';

import type { AppSetup } from './setup.js';

export function deliveryOptionsOf(
  setup: AppSetup,
  { worker }: { readonly worker: boolean },
): BullMqDeliveryOptions {
  const { connection, namespace, concurrency, listenerTimeoutMs, retryDelaysMs } = setup;
  return {
    connection,
    namespace,
    worker,
    concurrency,
    ...(listenerTimeoutMs !== undefined && { listenerTimeoutMs }),
    ...(retryDelaysMs !== undefined && { retryDelaysMs }),
  };
}
