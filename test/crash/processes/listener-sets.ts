import type { Provider } from '@nestjs/common';

import { BrokenListeners } from './broken-listeners.js';
import { EffectReporter, EFFECTS_TARGET } from './effect-reporter.js';
import { HoldingListener } from './holding-listener.js';
import { MemoryListener } from './memory-listener.js';
import { PoisonListener } from './poison-listener.js';
import type { EffectsTarget, ListenerSet } from './setup.js';
import { WorkListener } from './work-listener.js';

const SETS: Readonly<Record<ListenerSet, readonly Provider[]>> = {
  work: [WorkListener],
  holding: [HoldingListener],
  broken: [BrokenListeners],
  poison: [WorkListener, PoisonListener],
  memory: [MemoryListener],
};

/** The listeners of a process, with what they need. */
export function listenersOf(setup: EffectsTarget & { readonly listeners: ListenerSet }): Provider[] {
  return [
    ...SETS[setup.listeners],
    EffectReporter,
    { provide: EFFECTS_TARGET, useValue: setup satisfies EffectsTarget },
  ];
}
