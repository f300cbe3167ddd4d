import { describe, expect, it } from '@jest/globals';

import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import type { DokuReconciliationOptions } from './doku-module-options.js';
import { resolveReconciliationOptions } from './resolve-reconciliation-options.js';

const AT_DOKU = { isDurable: true, isSimulated: false };
const AT_SIMULATOR = { isDurable: true, isSimulated: true };
const INLINE = { isDurable: false, isSimulated: false };

describe('resolveReconciliationOptions', () => {
  it('applies the defaults', () => {
    const options = resolveReconciliationOptions({}, AT_DOKU);

    expect(options).toEqual({
      enabled: true,
      bestEffort: false,
      maxQueriesPerSecond: 5,
      queryDelaysMs: [
        60_000, 120_000, 300_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000,
      ],
      giveUpAfterMs: 172_800_000,
    });
  });

  it('is off where nothing durable keeps what has to be asked for', () => {
    expect(resolveReconciliationOptions({}, INLINE).enabled).toBe(false);
    expect(resolveReconciliationOptions({ enabled: false }, AT_DOKU).enabled).toBe(false);
  });

  it('lets the simulator be asked at any time', () => {
    expect(
      resolveReconciliationOptions({ queryDelaysMs: [50, 100], giveUpAfterMs: 200 }, AT_SIMULATOR),
    ).toMatchObject({ queryDelaysMs: [50, 100], giveUpAfterMs: 200 });
  });

  it.each<[unknown, string, RegExp, typeof AT_DOKU?]>([
    [null, 'reconciliation', /must be an object/],
    [{ enabled: true }, 'reconciliation.enabled', /durable.*bullMqDelivery/, INLINE],
    [{ enabled: 'yes' }, 'reconciliation.enabled', /true or false/],
    [{ bestEffort: 1 }, 'reconciliation.bestEffort', /true or false/],
    [{ customer: { accountId: 'a' } }, 'reconciliation.customer', /must be a function/],
    [{ maxQueriesPerSecond: 0 }, 'reconciliation.maxQueriesPerSecond', /above 0, given 0/],
    [{ maxQueriesPerSecond: 0.5 }, 'reconciliation.maxQueriesPerSecond', /given 0\.5/],
    [{ queryDelaysMs: [] }, 'reconciliation.queryDelaysMs', /list of whole numbers/],
    [{ queryDelaysMs: 60_000 }, 'reconciliation.queryDelaysMs', /list of whole numbers/],
    [{ queryDelaysMs: [60_000, 0] }, 'reconciliation.queryDelaysMs', /above 0/],
    [{ queryDelaysMs: [59_999] }, 'reconciliation.queryDelaysMs', /below 60 seconds/],
    [{ queryDelaysMs: [60_000, 1] }, 'reconciliation.queryDelaysMs', /below 60 seconds/],
    [{ giveUpAfterMs: 3_599_999 }, 'reconciliation.giveUpAfterMs', /at least an hour/],
    [{ giveUpAfterMs: Infinity }, 'reconciliation.giveUpAfterMs', /given Infinity/],
    [{ giveUpAfterMs: 0 }, 'reconciliation.giveUpAfterMs', /above 0/, AT_SIMULATOR],
  ])('refuses %j', (given, option, message, circumstances = AT_DOKU) => {
    const resolve = () =>
      resolveReconciliationOptions(given as DokuReconciliationOptions, circumstances);

    expect(resolve).toThrow(DokuConfigurationError);
    expect(resolve).toThrow(expect.objectContaining({ option }));
    expect(resolve).toThrow(message);
  });
});
