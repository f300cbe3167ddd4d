import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  DokuConfigurationError,
  DokuDeadLetterService,
  DokuModule,
  DokuValidationError,
} from 'nestjs-doku';
import { Test } from '@nestjs/testing';

import { deadLetterOf, FakeDurableDelivery } from '../harness/fake-durable-delivery.js';
import { CREDENTIALS, type StartedLibrary, startLibrary } from '../harness/library.js';

const EVENT = {
  id: 'event-1',
  type: 'payment.succeeded',
  reference: 'INV-1',
  payload: { originalReferenceNo: 'REF-1', customer: { phone: '6281394130621' } },
};

describe('DokuDeadLetterService', () => {
  let delivery: FakeDurableDelivery;
  let library: StartedLibrary;
  let service: DokuDeadLetterService;
  const add = (count: number) => {
    for (let at = 0; at < count; at++) delivery.deadLetters.add(deadLetterOf(`d-${at}`), EVENT);
  };
  const idsLeft = async () => (await service.list({ limit: 1_000 })).map(({ id }) => id);

  beforeEach(async () => {
    delivery = new FakeDurableDelivery();
    library = await startLibrary({ notifications: { delivery: delivery.option } });
    service = library.moduleRef.get(DokuDeadLetterService, { strict: false });
  });

  afterEach(() => library.close());

  it('lists by page, without those that were discarded', async () => {
    add(3);
    await service.discard('d-1', 'refunded by hand');

    expect(await idsLeft()).toEqual(['d-0', 'd-2']);
    expect(await service.list({ offset: 1, limit: 1, includeDiscarded: true })).toMatchObject([
      { id: 'd-1', discarded: { reason: 'refunded by hand' } },
    ]);
  });

  it('shows a letter with its event, without what tells of the customer', async () => {
    add(1);
    expect(await service.inspect('d-0')).toEqual({
      deadLetter: deadLetterOf('d-0'),
      event: {
        ...EVENT,
        payload: { originalReferenceNo: 'REF-1', customer: { phone: '[redacted]' } },
      },
    });
  });

  it('replays once, however often it is asked', async () => {
    add(1);
    expect(await service.replay('d-0')).toBe('replayed');
    expect(await service.replay('d-0')).toBe('not-dead');
    expect(await service.replay('never-was')).toBe('not-dead');
  });

  it('replays all, over as many pages as there are, but not what was discarded', async () => {
    add(250);
    await service.discard('d-7', 'a test payment');

    expect(await service.replayAll()).toBe(249);
    expect(await service.replayAll()).toBe(0);
    expect(await service.list({ includeDiscarded: true })).toMatchObject([{ id: 'd-7' }]);
  });

  it('replays those that the query chooses', async () => {
    add(5);
    expect(await service.replayAll({ offset: 1, limit: 2 })).toBe(2);
    expect(await idsLeft()).toEqual(['d-0', 'd-3', 'd-4']);
  });

  it('replays once what dies again at once', async () => {
    add(2);
    const { deadLetters } = delivery;
    const replay = deadLetters.replay.bind(deadLetters);
    let replays = 0;
    deadLetters.replay = async (id) => {
      replays += 1;
      const outcome = await replay(id);
      deadLetters.add(deadLetterOf(id), EVENT);
      return outcome;
    };

    expect(await service.replayAll()).toBe(2);
    expect(replays).toBe(2);
  });

  it.each([
    ['inspects', () => service.inspect('nope')],
    ['discards', () => service.discard('nope', 'why')],
  ])('says so when it %s an id that is none', async (_what, act) => {
    const error: unknown = await act().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DokuValidationError);
    expect(error).toMatchObject({
      message: expect.stringMatching(/there is no dead letter with this id/),
      fix: 'Take the id from list().',
    });
  });

  it.each([
    ['offset', { offset: -1 }],
    ['offset', { offset: 0.5 }],
    ['limit', { limit: 0 }],
    ['limit', { limit: 1_001 }],
    ['limit', { limit: Number.NaN }],
  ])('refuses a bad %s: %j', async (name, query) => {
    const problems = [expect.stringMatching(new RegExp(`^${name} must be a whole number`))];
    await expect(service.list(query)).rejects.toMatchObject({ code: 'validation', problems });
    await expect(service.replayAll(query)).rejects.toMatchObject({ code: 'validation', problems });
  });

  it('wants a reason for what is put aside', async () => {
    add(1);
    await expect(service.discard('d-0', ' ')).rejects.toMatchObject({
      code: 'validation',
      fix: 'Say why the event is not needed.',
    });
    expect(await idsLeft()).toEqual(['d-0']);
  });
});

describe('DokuDeadLetterService with inline delivery', () => {
  it('rejects, and says what it needs', async () => {
    const moduleRef = await Test.createTestingModule({
      imports: [DokuModule.forRoot(CREDENTIALS)],
    }).compile();
    const service = moduleRef.get(DokuDeadLetterService, { strict: false });
    const acts = [
      () => service.list(),
      () => service.inspect('a'),
      () => service.replay('a'),
      () => service.replayAll(),
      () => service.discard('a', 'why'),
    ];
    for (const act of acts) {
      const error: unknown = await act().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(DokuConfigurationError);
      expect(error).toMatchObject({
        option: 'notifications.delivery',
        fix: expect.stringMatching(/bullMqDelivery\(\{ connection \}\) of 'nestjs-doku\/bullmq'/),
      });
    }
    await moduleRef.close();
  });
});
