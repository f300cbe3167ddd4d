import { beforeEach, expect, it } from '@jest/globals';

import { describeWith } from '../harness/engines.js';
import { describePage } from './describe-page.js';
import type { ShopPage } from './shop-page.js';

(await describeWith('redis'))('With its events on Redis', () => {
  describePage(
    'the page of the demo shop',
    (stage) => {
      let reader: ShopPage;

      beforeEach(() => {
        ({ reader } = stage());
      });

      async function makeDeadLetter(): Promise<void> {
        await reader.page.getByLabel('Let the shop’s bookkeeping fail').check();
        await reader.addCard('760012341111');
        await reader.payButton.click();
        await reader.untilCheckoutSays('Paid. Terima kasih!');
        await reader.deadLetters.getByText('Attempts used up').waitFor();
      }

      it('sells, and says how events are delivered', async () => {
        await reader.addCard('760012341111');
        await reader.payButton.click();

        await reader.untilCheckoutSays('Paid. Terima kasih!');
        await reader.untilEvent('payment.succeeded');
        await reader.events.getByText(/^Durable, on Redis at .+: reachable/).waitFor();
        await reader.deadLetters.getByText('Booked so far: 1 entry, Rp\u00a090.000').waitFor();
        await reader.deadLetters.getByText('There are no dead letters.').waitFor();
      }, 60_000);

      it('shows a dead letter, and its event; replayed, it is booked and gone', async () => {
        await makeDeadLetter();

        await reader.untilEvent('dead-lettered');
        await reader.events.getByText(/1 dead letter$/).waitFor();
        const letter = reader.deadLetters.getByRole('listitem');
        expect(await letter.textContent()).toMatch(/Bookkeeping\.record.*3 attempts.*switched off/);
        await reader.button('Inspect').click();
        const event = reader.page.getByLabel('The event, redacted');
        await event.waitFor();
        expect(await event.textContent()).toContain('[redacted]');

        await reader.page.getByLabel('Let the shop’s bookkeeping fail').uncheck();
        await reader.button('Replay').click();
        await reader.deadLetters.getByText('There are no dead letters.').waitFor();
        await reader.deadLetters.getByText('Booked so far: 1 entry').waitFor();
        await reader.events.getByText(/no dead letters$/).waitFor();
      }, 60_000);

      it('is a dead letter again when nothing was mended', async () => {
        await makeDeadLetter();

        await reader.button('Replay all').click();
        await reader.deadLetters.getByText('There are no dead letters.').waitFor();
        await reader.deadLetters.getByText('Attempts used up').waitFor();
      }, 60_000);

      it('discards with a reason, by keyboard alone', async () => {
        await makeDeadLetter();

        await reader.button('Discard …').press('Enter');
        // The field for the reason has the focus.
        await reader.page.keyboard.type('Booked by hand');
        await reader.page.keyboard.press('Enter');
        await reader.deadLetters.getByText('There are no dead letters.').waitFor();
        expect(await reader.deadLetters.textContent()).toContain('Booked so far: 0 entries');
      }, 60_000);

      it('tells every open page', async () => {
        const other = await stage().openPage();
        await makeDeadLetter();

        await other.deadLetters.getByText('Bookkeeping.record').waitFor();
        await reader.button('Replay').waitFor();
        expect(await other.page.getByLabel('Let the shop’s bookkeeping fail').isChecked()).toBe(
          true,
        );
      }, 60_000);
    },
    'redis',
  );
});

describePage('The page of a demo shop that delivers inline', (stage) => {
  it('says so, and how to have dead letters', async () => {
    const { reader } = stage();

    await reader.events.getByText(/^Inline: /).waitFor();
    await reader.deadLetters
      .getByText(/need durable delivery: start the demo with REDIS_URL=redis:\/\/127\.0\.0\.1:6379/)
      .waitFor();
    expect(await reader.page.getByLabel('Let the shop’s bookkeeping fail').count()).toBe(0);
  }, 60_000);
});
