import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';

import { type EngineName, openNamespace } from '../harness/engines.js';
import { findChromium, launchChromium, NO_CHROMIUM } from './browser.js';
import { type DemoShop, startDemoShop } from './demo-shop.js';
import { ShopPage } from './shop-page.js';

const isRequired = process.env.REQUIRE_BROWSER === '1';
const isPossible = findChromium() !== undefined;

const CONDITION_WITHIN_MS = 10_000;

/** A shop and a reader of its page, new for each test. */
export interface Stage {
  readonly shop: DemoShop;
  readonly reader: ShopPage;
  /** Another browser, whom the shop does not know. */
  readonly openPage: () => Promise<ShopPage>;
}

/**
 * Tests in a real browser. A script that fails, and a request to anywhere else, fail the test.
 *
 * @param engine what keeps the shop's events; inline without one
 */
export function describePage(
  title: string,
  tests: (stage: () => Stage) => void,
  engine?: EngineName,
): void {
  if (!isPossible && !isRequired) {
    process.stderr.write(`The demo's page is not tested. ${NO_CHROMIUM}\n`);
  }
  (isPossible || isRequired ? describe : describe.skip)(title, () => {
    let browser: Browser | undefined;
    let stage: Stage | undefined;
    let failures: string[];

    beforeAll(async () => {
      browser = await launchChromium();
    });

    afterAll(() => browser?.close());

    beforeEach(async () => {
      failures = [];
      const shop = await startDemoShop(engine && openNamespace(engine));
      const openPage = () => open(shop.url);
      stage = { shop, openPage, reader: await openPage() };
    });

    afterEach(async () => {
      for (const context of browser?.contexts() ?? []) await context.close();
      await stage?.shop.stop();
      expect(failures).toEqual([]);
    });

    async function open(url: string): Promise<ShopPage> {
      if (!browser) throw new Error(NO_CHROMIUM);
      const context = await browser.newContext({ locale: 'en-GB' });
      context.setDefaultTimeout(CONDITION_WITHIN_MS);
      const page = await context.newPage();
      page.on('pageerror', (error) => failures.push(error.message));
      page.on('request', (request) => {
        const isLocal = new URL(request.url()).hostname === '127.0.0.1';
        if (!isLocal && !request.url().startsWith('data:')) failures.push(request.url());
      });
      await page.goto(url);
      return new ShopPage(page);
    }

    tests(() => {
      if (!stage) throw new Error('The stage is made before each test');
      return stage;
    });
  });
}
