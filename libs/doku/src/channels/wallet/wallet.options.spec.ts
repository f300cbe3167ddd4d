import { describe, expect, it } from '@jest/globals';

import { DokuConfigurationError } from '../../errors/doku-configuration.error.js';
import { configurePaths } from '../configure-paths.js';
import { walletOperations } from './wallet.operations.js';
import { resolveWalletOptions } from './wallet.options.js';

const operationsOf = (given: object | undefined) => {
  const settings = resolveWalletOptions(given);
  return configurePaths(
    walletOperations(settings, () => new Date()),
    settings.paths,
    'channels.wallet.paths',
  );
};

describe('the options of the wallet', () => {
  it.each([
    [undefined],
    [{}],
    [{ paths: { topUp: '/x/y' }, tokenLevels: { topUp: 'b2b' }, channelId: { value: 'H2H' } }],
    [{ tokenLevels: { topUp: undefined }, paths: undefined, channelId: {} }],
    [{ topUpServiceCode: '10', purchaseServiceCode: '54', purchaseMark: false }],
    [{ purchaseMark: { member: 'subMerchantId', value: 'X' } }],
  ])('may be %j', (given) => {
    expect(Object.keys(operationsOf(given))).toHaveLength(17);
  });

  it('of a level that is left undefined are the default', () => {
    expect(operationsOf({ tokenLevels: { topUp: undefined } }).topUp.customer).toBe('required');
  });

  it.each([
    ['wallet', '', /must be an object/],
    [{ path: {} }, '.path', /not known/],
    [{ paths: [] }, '.paths', /must be an object/],
    [{ paths: { pay: '/x' } }, '.paths.pay', /no operation.*refundPurchase/],
    [{ paths: { topUp: 'https://x.example/' } }, '.paths.topUp', /no host/],
    [{ tokenLevels: 'b2b' }, '.tokenLevels', /must be an object/],
    [{ tokenLevels: { pay: 'b2b' } }, '.tokenLevels.pay', /not known/],
    [{ tokenLevels: { topUp: 'B2B' } }, '.tokenLevels.topUp', /"b2b" or "b2b2c"/],
    [{ tokenLevels: { topUp: null } }, '.tokenLevels.topUp', /"b2b" or "b2b2c"/],
    [{ channelId: 'H2H' }, '.channelId', /must be an object/],
    [{ channelId: { header: 'X-SIGNATURE' } }, '.channelId.header', /library itself/],
    [{ topUpServiceCode: 38 }, '.topUpServiceCode', /two digits/],
    [{ purchaseServiceCode: '5' }, '.purchaseServiceCode', /two digits/],
    [{ purchaseMark: 'DOKU' }, '.purchaseMark', /must be an object/],
    [{ purchaseMark: true }, '.purchaseMark', /must be an object/],
    [{ purchaseMark: { name: 'x' } }, '.purchaseMark.name', /member, value/],
    [{ purchaseMark: { member: '__proto__' } }, '.purchaseMark.member', /name of a member/],
    [{ purchaseMark: { member: 'amount' } }, '.purchaseMark.member', /holds something else/],
    [{ purchaseMark: { value: '' } }, '.purchaseMark.value', /1 to 64/],
  ])('%j stop the start, naming %s', (given, option, message) => {
    let failure: unknown;
    try {
      operationsOf(given as object);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(DokuConfigurationError);
    expect(failure).toMatchObject({
      option: `channels.wallet${option}`,
      message: expect.stringMatching(message),
    });
  });
});
