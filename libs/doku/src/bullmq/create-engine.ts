import type { DokuEnvironment } from '../options/doku-module-options.js';
import type { BullMqSettings } from './bullmq-options.js';
import type { Engine } from './engine.js';
import { PostgresEngine } from './postgres-engine.js';
import { RedisEngine } from './redis-engine.js';

/** The engine that the connection names. */
export function createEngine(settings: BullMqSettings, environment: DokuEnvironment): Engine {
  const { engine, options } = settings.connection;
  // In production who may create tables is decided by people, not by the first process that starts.
  return engine === 'redis'
    ? new RedisEngine(options, settings)
    : new PostgresEngine(options, settings, settings.migrate ?? environment !== 'production');
}
