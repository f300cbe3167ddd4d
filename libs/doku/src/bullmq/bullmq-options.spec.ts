import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { Pool } from 'pg';

import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import { resolveBullMqOptions } from './bullmq-options.js';

const HOUR = 3_600_000;
const connection = 'redis://:pass-word@127.0.0.1';
const resolve = (more: object) => resolveBullMqOptions({ connection, ...more });
const refusal = (more: object): DokuConfigurationError => {
  try {
    resolve(more);
  } catch (error) {
    if (error instanceof DokuConfigurationError) return error;
  }
  throw new Error('was not refused');
};

describe('options of bullMqDelivery', () => {
  it('have defaults for all but the connection', () => {
    expect(resolve({})).toEqual({
      connection: { engine: 'redis', options: { url: connection } },
      namespace: 'doku',
      worker: true,
      concurrency: 10,
      listenerTimeoutMs: 60_000,
      retryDelaysMs: [0, 2, 10, 60, 300, 1_800, 7_200, 21_600, 43_200, 86_400].map(
        (seconds) => seconds * 1_000,
      ),
      deduplicateForMs: 90 * 24 * HOUR,
      migrate: undefined,
      waitForFsync: false,
    });
  });

  it.each([
    ['rediss://host', 'redis'],
    ['postgres://host/db', 'postgresql'],
    ['postgresql://host/db', 'postgresql'],
    [{ redis: { host: 'host' } }, 'redis'],
    [{ postgres: { host: 'host' } }, 'postgresql'],
  ])('take the connection %j as one to %s', (given, engine) => {
    expect(resolve({ connection: given }).connection.engine).toBe(engine);
  });

  it.each([
    ['connection', undefined],
    ['connection', 'http://:pass-word@host'],
    ['connection', ':pass-word@host'],
    ['connection', { host: '127.0.0.1', password: 'pass-word' }],
    ['connection', { redis: 'redis://:pass-word@host' }],
    ['namespace', 'a:b'],
    ['namespace', ''],
    ['namespace', 'a'.repeat(64)],
    ['worker', 'yes'],
    ['concurrency', 0],
    ['concurrency', 1.5],
    ['listenerTimeoutMs', 0],
    ['retryDelaysMs', []],
    ['retryDelaysMs', [-1]],
    ['retryDelaysMs', [0.5]],
    ['deduplicateForMs', 48 * HOUR - 1],
    ['deduplicateForMs', Number.NaN],
    ['migrate', 1],
    ['waitForFsync', 'true'],
  ])('refuse %s: %j, and name it', (name, value) => {
    const error = refusal({ [name]: value });
    expect(error.option).toBe(`bullMqDelivery.${name}`);
    expect(error.fix).not.toBe('');
    expect(error.message + error.fix).not.toContain('pass-word');
  });

  it('refuse a client in place of options, which would lead to localhost unnoticed', async () => {
    const redis = new Redis({ host: 'elsewhere', lazyConnect: true });
    const pool = new Pool({ host: 'elsewhere' });
    for (const given of [{ redis }, { postgres: pool }]) {
      const error = refusal({ connection: given });
      expect(error.option).toBe('bullMqDelivery.connection');
      expect(error.message).toMatch(/is a client/);
    }
    redis.disconnect();
    await pool.end();
  });
});
