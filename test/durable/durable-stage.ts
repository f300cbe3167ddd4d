import { afterEach, beforeEach } from '@jest/globals';
import type { DokuAlarmOf, DokuEvent } from 'nestjs-doku';

import { type EngineName, type EngineNamespace, openNamespace } from '../harness/engines.js';
import type { HostApp } from '../harness/host-app.js';
import { type DurableSetup, startDurableApp } from './durable-app.js';

interface Closable {
  close(): Promise<unknown>;
}

/**
 * Where the tests of a `describe` play: each has a namespace of the engine to itself, and what it opened is closed
 * after it.
 */
export class DurableStage {
  place: EngineNamespace;
  /** For what listeners of a test have heard; empty before each. */
  readonly heard: DokuEvent[] = [];
  /** For alarms of dead letters; empty before each. */
  readonly alarms: DokuAlarmOf<'dead-lettered'>[] = [];
  private readonly opened = new Set<Closable>();

  constructor(engine: EngineName) {
    this.place = openNamespace(engine);
    beforeEach(() => {
      this.place = openNamespace(engine);
      this.heard.length = 0;
      this.alarms.length = 0;
    });
    afterEach(async () => {
      await Promise.all([...this.opened].map((each) => this.close(each)));
      await this.place.remove();
    });
  }

  async start(setup: DurableSetup = {}): Promise<HostApp> {
    return this.closing(await startDurableApp(this.place, setup));
  }

  /** The same, closed after the test. */
  closing<Opened extends Closable>(opened: Opened): Opened {
    this.opened.add(opened);
    return opened;
  }

  /** Closes one of them in the midst of a test. */
  async close(opened: Closable): Promise<void> {
    this.opened.delete(opened);
    await opened.close();
  }
}
