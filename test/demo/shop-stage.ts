import { afterEach, beforeEach } from '@jest/globals';

import { type EngineName, openNamespace } from '../harness/engines.js';
import { type DemoShop, startDemoShop } from './demo-shop.js';
import { ShopClient } from './shop-client.js';

/** Where the tests of a `describe` play over HTTP: each has a shop and a customer of its own, gone after it. */
export class ShopStage {
  private opened: { readonly shop: DemoShop; readonly customer: ShopClient } | undefined;

  /** @param engine what keeps the shop's events; inline without one */
  constructor(engine?: EngineName) {
    beforeEach(async () => {
      const shop = await startDemoShop(engine && openNamespace(engine));
      this.opened = { shop, customer: new ShopClient(shop) };
    });
    afterEach(async () => {
      const { opened } = this;
      this.opened = undefined;
      await opened?.shop.stop();
    });
  }

  get shop(): DemoShop {
    return this.now.shop;
  }

  get customer(): ShopClient {
    return this.now.customer;
  }

  private get now() {
    if (!this.opened) throw new Error('The shop is opened before each test');
    return this.opened;
  }
}
