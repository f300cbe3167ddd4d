import { BadRequestException, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ChangeFeed } from '../engine/change-feed.js';
import { SimulatorClock } from '../engine/simulator-clock.js';
import { ApiInput, JsonBody } from './api-input.js';
import type { JsonObject } from '../engine/json.js';

const YEAR_MS = 366 * 24 * 3_600_000;

interface ClockReading {
  /** Virtual time, ISO 8601. */
  readonly now: string;
  readonly skewMs: number;
}

/** Moves virtual time, and sets how wrong the clock of the wire is. */
@Controller('_simulator/clock')
export class ClockController {
  constructor(
    private readonly clock: SimulatorClock,
    private readonly feed: ChangeFeed,
  ) {}

  @Get()
  read(): ClockReading {
    return { now: this.clock.now().toISOString(), skewMs: this.clock.skewMs };
  }

  @Post()
  @HttpCode(200)
  async set(@JsonBody() body: JsonObject): Promise<ClockReading> {
    const input = new ApiInput(body).allowOnly('advanceMs', 'skewMs');
    const skewMs = input.optionalWhole('skewMs', { min: -YEAR_MS, max: YEAR_MS });
    const advanceMs = input.optionalWhole('advanceMs', { min: 0, max: YEAR_MS });
    if (skewMs === undefined && advanceMs === undefined) {
      throw new BadRequestException('Give "advanceMs", "skewMs" or both.');
    }
    if (skewMs !== undefined) this.clock.skewMs = skewMs;
    if (advanceMs !== undefined) await this.clock.advance(advanceMs);
    this.feed.announce();
    return this.read();
  }
}
