import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../engine/simulator-clock.js';
import { toJakartaTime } from './snap-time.js';

/** The `X-EXTERNAL-ID`s of a day: each counts once per merchant (snap reference 14). */
@Injectable()
export class ExternalIds {
  private day = '';
  private readonly used = new Set<string>();

  constructor(private readonly clock: SimulatorClock) {}

  /** Whether the id is new today, on the virtual clock and in Jakarta; then it is spent. */
  spend(clientId: string, externalId: string): boolean {
    const today = toJakartaTime(this.clock.now()).slice(0, 10);
    if (today !== this.day) this.used.clear();
    this.day = today;
    const key = `${clientId} ${externalId}`;
    if (this.used.has(key)) return false;
    this.used.add(key);
    return true;
  }
}
