import type { DokuModuleOptions } from 'nestjs-doku';
import { DokuReconciler, OvoService } from 'nestjs-doku';
import { DEFAULT_AUTH_CODE_SECRET_KEY } from 'nestjs-doku-simulator';

import { freePort } from './free-port.js';
import { HostApp } from './host-app.js';
import { type LibraryServices, servicesOf } from './library.js';
import { MemoryDelivery } from './memory-delivery.js';
import { SimulatedDoku } from './simulated-shop.js';
import { MERCHANT_PRIVATE_KEY, MERCHANT_PUBLIC_KEY } from './snap-merchant.js';

/** A notification as the simulator keeps it. */
interface KeptNotification {
  readonly id: string;
  readonly body: {
    readonly originalPartnerReferenceNo?: string;
    readonly order?: { readonly invoice_number?: string };
  };
}

/** An app with a durable delivery, and a simulated DOKU that holds its notifications back. */
export class ReconcilingShop {
  readonly services: LibraryServices;
  readonly ovo: OvoService;
  readonly reconciler: DokuReconciler;

  private constructor(
    readonly doku: SimulatedDoku,
    readonly host: HostApp,
    readonly delivery: MemoryDelivery,
  ) {
    this.services = servicesOf(host.app);
    this.ovo = host.app.get(OvoService, { strict: false });
    this.reconciler = host.app.get(DokuReconciler, { strict: false });
  }

  static async start(options: Partial<DokuModuleOptions> = {}): Promise<ReconcilingShop> {
    const port = await freePort();
    const routes = `http://127.0.0.1:${port}/doku`;
    const doku = await SimulatedDoku.start({
      merchantPublicKey: MERCHANT_PUBLIC_KEY,
      notificationUrl: `${routes}/notifications`,
      snapNotificationUrl: `${routes}/v1.0/debit/notify`,
    });
    await doku.post('/settings', { notifications: false, walletConfirmation: 'auto' });
    const delivery = new MemoryDelivery();
    const host = await HostApp.start({
      platform: 'express',
      port,
      options: {
        baseUrl: doku.url,
        privateKey: MERCHANT_PRIVATE_KEY,
        authCodeSecretKey: DEFAULT_AUTH_CODE_SECRET_KEY,
        ...options,
        notifications: { ...options.notifications, delivery: delivery.option },
      },
    });
    return new ReconcilingShop(doku, host, delivery);
  }

  /** Makes a call whose answer is lost, after it was carried out. */
  async loseAnswer(operation: string, call: () => Promise<unknown>): Promise<void> {
    await this.doku.fault(operation, 'drop-after-processing', { times: null });
    const error = await call().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    await this.doku.clearFaults();
    if ((error as { code?: string } | undefined)?.code === 'outcome-unknown') return;
    throw new Error(`${operation} did not end with an unknown outcome`, { cause: error });
  }

  /** Has DOKU send what it held back of a payment, newest last; `extra` members as in `POST /notifications`. */
  async notify(reference: string): Promise<number> {
    const all = (await this.doku.get('/notifications')) as KeptNotification[];
    const held = all.filter(
      ({ body }) => (body.originalPartnerReferenceNo ?? body.order?.invoice_number) === reference,
    );
    for (const { id } of held) await this.doku.post(`/notifications/${id}/resend`, {});
    return held.length;
  }

  async close(): Promise<void> {
    await this.host.close();
    await this.doku.stop();
  }
}
