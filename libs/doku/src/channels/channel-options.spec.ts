import 'reflect-metadata';

import { describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';

import {
  AlloDirectDebitService,
  type DokuChannelOptions,
  DokuConfigurationError,
  DokuModule,
  KkiService,
} from '../index.js';

const start = (channels: unknown) =>
  Test.createTestingModule({
    imports: [
      DokuModule.forRoot({
        clientId: 'MCH-0001',
        secretKey: 'SK-unit-test-0001',
        channels: channels as DokuChannelOptions,
      }),
    ],
  }).compile();

const allo = (alloDirectDebit: unknown) => ({ alloDirectDebit });
const kki = (given: unknown) => ({ kki: given });

describe('channel options', () => {
  it.each([
    [undefined],
    [{}],
    [allo(undefined)],
    [allo({})],
    [
      allo({
        paths: { refund: '/direct-debit/core/v2/refund' },
        channel: 'DIRECT_DEBIT_ALLO_V2',
        channelId: { header: 'X-CHANNEL-ID', value: false },
        references: 'strict',
        checkPayOptions: false,
        statusServiceCode: '54',
      }),
    ],
    [allo({ channelId: { value: 'H2H' }, channel: undefined, paths: undefined })],
    [
      kki({
        paths: { createPayment: '/kki/v1/pay' },
        channel: false,
        members: { cpan: 'customerPan', otp: 'otpCode', token: 'token_id' },
        digitsAs: 'number',
        references: 'lenient',
        statusServiceCode: '54',
      }),
    ],
    // Two names may be swapped: none of them means two things.
    [kki({ members: { cpan: 'otp', otp: 'cpan' } })],
    [kki({ members: { cpan: undefined }, channel: 'KKI_SNAP' })],
  ])('start with %j', async (channels) => {
    const moduleRef = await start(channels);

    expect(moduleRef.get(AlloDirectDebitService, { strict: false })).toBeDefined();
    expect(moduleRef.get(KkiService, { strict: false })).toBeDefined();
  });

  it.each([
    [allo('strict'), 'alloDirectDebit', /must be an object/],
    [allo(null), 'alloDirectDebit', /must be an object/],
    [allo({ refrences: 'strict' }), 'alloDirectDebit.refrences', /not known\. Use one of paths/],
    [allo({ paths: 'x' }), 'alloDirectDebit.paths', /must be an object/],
    [allo({ paths: null }), 'alloDirectDebit.paths', /must be an object/],
    [allo({ paths: { pay: '/x' } }), 'alloDirectDebit.paths.pay', /no operation.*createPayment/],
    [allo({ paths: { refund: 'refund' } }), 'alloDirectDebit.paths.refund', /begin with one "\/"/],
    [allo({ paths: { refund: 'https://x.example/a' } }), 'alloDirectDebit.paths.refund', /no host/],
    [allo({ channel: '' }), 'alloDirectDebit.channel', /not the code of a channel/],
    [allo({ channel: 7 }), 'alloDirectDebit.channel', /not the code of a channel/],
    [allo({ channel: false }), 'alloDirectDebit.channel', /not the code of a channel/],
    [allo({ channelId: 'DH' }), 'alloDirectDebit.channelId', /must be an object/],
    [allo({ channelId: { name: 'A' } }), 'alloDirectDebit.channelId.name', /header, value/],
    [allo({ channelId: { header: '' } }), 'alloDirectDebit.channelId.header', /name of a header/],
    [
      allo({ channelId: { header: 'A B' } }),
      'alloDirectDebit.channelId.header',
      /name of a header/,
    ],
    [allo({ channelId: { header: 'A:B\r\n' } }), 'alloDirectDebit.channelId.header', /of a header/],
    [
      allo({ channelId: { header: 'X-Signature' } }),
      'alloDirectDebit.channelId.header',
      /the library itself sends/,
    ],
    [allo({ channelId: { value: true } }), 'alloDirectDebit.channelId.value', /cannot be sent/],
    [allo({ channelId: { value: 'a\nb' } }), 'alloDirectDebit.channelId.value', /cannot be sent/],
    [allo({ references: 'loose' }), 'alloDirectDebit.references', /does not know "loose"/],
    [allo({ checkPayOptions: 'true' }), 'alloDirectDebit.checkPayOptions', /true or false/],
    [allo({ statusServiceCode: 55 }), 'alloDirectDebit.statusServiceCode', /two digits/],
    [allo({ statusServiceCode: '5' }), 'alloDirectDebit.statusServiceCode', /two digits/],

    [kki([]), 'kki', /must be an object/],
    [kki({ member: {} }), 'kki.member', /not known/],
    [kki({ channel: true }), 'kki.channel', /not the code of a channel/],
    [kki({ digitsAs: 'text' }), 'kki.digitsAs', /"string" or "number"/],
    [kki({ references: 'relaxed' }), 'kki.references', /"strict" or "lenient"/],
    [kki({ paths: { bindAccount: '/x' } }), 'kki.paths.bindAccount', /no operation/],
    [kki({ members: 'cpan' }), 'kki.members', /must be an object/],
    [kki({ members: { pan: 'x' } }), 'kki.members.pan', /cpan, otp, token/],
    [kki({ members: { cpan: '' } }), 'kki.members.cpan', /not the name of a member/],
    [kki({ members: { cpan: 7 } }), 'kki.members.cpan', /not the name of a member/],
    [kki({ members: { otp: 'a.b' } }), 'kki.members.otp', /not the name of a member/],
    [kki({ members: { otp: '__proto__' } }), 'kki.members.otp', /not the name of a member/],
    [kki({ members: { otp: 'constructor' } }), 'kki.members.otp', /not the name of a member/],
    [kki({ members: { otp: 'cpan' } }), 'kki.members.otp', /another member of the payment/],
    [kki({ members: { token: 'otp' } }), 'kki.members.token', /another member of the payment/],
    [kki({ members: { cpan: 'amount' } }), 'kki.members.cpan', /"amount"/],
    [kki({ members: { otp: 'additionalInfo' } }), 'kki.members.otp', /"additionalInfo"/],
    [
      kki({ members: { token: 'partnerReferenceNo' } }),
      'kki.members.token',
      /"partnerReferenceNo"/,
    ],
  ])('stop the start at %j, naming %s', async (channels, option, message) => {
    const failure = await start(channels).then(
      () => undefined,
      (error: unknown) => error,
    );

    expect(failure).toBeInstanceOf(DokuConfigurationError);
    expect(failure).toMatchObject({
      option: `channels.${option}`,
      message: expect.stringMatching(message),
    });
  });
});
