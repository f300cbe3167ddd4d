import { Inject, Injectable } from '@nestjs/common';
import type { DokuDurableDelivery, DokuModuleOptions, DokuOptionsFactory } from 'nestjs-doku';

import type { EventStore } from '../settings/event-store.js';
import { type ShopSettings, shopSettings } from '../settings/shop-settings.js';
import { WalletOwners } from '../wallet/wallet-owners.js';

/** Three attempts within seconds, so that a person sees what becomes of a failure. Leave it out in a real shop. */
const RETRY_DELAYS_MS = [0, 1_000, 2_000];

/** What `nestjs-doku` is told. */
@Injectable()
export class ShopDokuOptions implements DokuOptionsFactory {
  constructor(
    @Inject(shopSettings.KEY) private readonly settings: ShopSettings,
    private readonly owners: WalletOwners,
  ) {}

  async createDokuOptions(): Promise<DokuModuleOptions> {
    const { eventStore, queryDelaysMs, ...settings } = this.settings;
    return {
      baseUrl: settings.dokuBaseUrl,
      clientId: settings.dokuClientId,
      secretKey: settings.dokuSecretKey,
      privateKey: settings.merchantPrivateKey,
      dokuPublicKey: settings.dokuPublicKey,
      authCodeSecretKey: settings.authCodeSecretKey,
      http: { timeoutMs: settings.dokuTimeoutMs },
      notifications: { delivery: await deliveryBy(eventStore) },
      // Without a durable delivery it has no effect.
      reconciliation: {
        customer: ({ reference }) => this.owners.find(reference),
        ...(queryDelaysMs && { queryDelaysMs }),
      },
    };
  }
}

/** BullMQ and the client of its engine are loaded only by a shop that uses them. */
async function deliveryBy(store: EventStore): Promise<'inline' | DokuDurableDelivery> {
  if (store.engine === 'inline') return 'inline';
  const { bullMqDelivery } = await import('nestjs-doku/bullmq');
  const { connection, namespace } = store;
  return bullMqDelivery({ connection, namespace, retryDelaysMs: RETRY_DELAYS_MS });
}
